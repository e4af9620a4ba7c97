import type { Capacity, PlanChoices } from "@touchline/server/contract";
import { useState } from "react";
import { useWords } from "../../i18n/words-context.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { NumberField } from "../../ui/NumberField.tsx";
import { EntryCard } from "./EntryCard.tsx";
import { freeName } from "./free-name.ts";
import { type Limits, withPart } from "./limits.ts";
import { useChoices } from "./planner-queries.ts";

type Of = Capacity["of"];

/** A thing that is counted, as the value of an option: what follows the first colon may hold anything. */
function keyOf(of: Of): string {
  if (of.type === "conversions") return "conversions:";
  return of.type === "product-group" ? `group:${of.productGroup}` : `type:${of.conversionType}`;
}

function ofKey(key: string): Of {
  const name = key.slice(key.indexOf(":") + 1);
  if (key.startsWith("group:")) return { type: "product-group", productGroup: name };
  return key.startsWith("type:") ? { type: "conversion-type", conversionType: name } : { type: "conversions" };
}

function CountedIn({ of, choices, onChange }: { of: Of; choices: PlanChoices | undefined; onChange(of: Of): void }) {
  const { t } = useWords();
  const groups = choices?.productGroups ?? (of.type === "product-group" ? [of.productGroup] : []);
  const types = choices?.conversionTypes ?? (of.type === "conversion-type" ? [of.conversionType] : []);
  return (
    <label className="field">
      <span className="field-label">{t("planner.stockOf")}</span>
      <select value={keyOf(of)} onChange={(event) => onChange(ofKey(event.target.value))}>
        <option value="conversions:">{t("planner.stockAll")}</option>
        {groups.map((name) => (
          <option key={name} value={`group:${name}`}>
            {t("planner.stockGroup", { name })}
          </option>
        ))}
        {types.map((name) => (
          <option key={name} value={`type:${name}`}>
            {t("planner.stockType", { name })}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What can be sold or served in one period. A new one counts only once its figure is written. */
export function StockEditor({ limits, change }: { limits: Limits; change(limits: Limits): void }) {
  const { t, format } = useWords();
  const { data: choices } = useChoices(true);
  const [isAdding, setAdding] = useState(false);
  const capacities = limits.capacities ?? [];
  const put = (next: Capacity[]) => change(withPart(limits, "capacities", next));
  const replace = (index: number, part: Partial<Capacity>) =>
    put(capacities.map((capacity, place) => (place === index ? { ...capacity, ...part } : capacity)));
  const valueLabel = t("planner.stockValue", { per: t(`planner.per.${limits.period}`) });
  const add = (value: number | null) => {
    if (value === null) return;
    const name = freeName(capacities, (number) => t("planner.stockNew", { number: format.count(number) }));
    setAdding(false);
    put([...capacities, { name, value, of: { type: "conversions" }, unitsPerConversion: 1 }]);
  };
  return (
    <>
      <p className="hint">{t("planner.stockHint")}</p>
      {capacities.map((capacity, index) => (
        <EntryCard
          // biome-ignore lint/suspicious/noArrayIndexKey: capacities have no identity but their place, and names are edited
          key={index}
          name={capacity.name}
          onRename={(name) => replace(index, { name })}
          onRemove={() => put(capacities.filter((_, place) => place !== index))}
        >
          <CountedIn of={capacity.of} choices={choices} onChange={(of) => replace(index, { of })} />
          <div className="fold-fields">
            <NumberField
              label={valueLabel}
              kind="ratio"
              value={capacity.value}
              onChange={(value) => value !== null && replace(index, { value })}
            />
            <NumberField
              label={t("planner.stockUnits")}
              kind="ratio"
              value={capacity.unitsPerConversion}
              onChange={(units) => units !== null && replace(index, { unitsPerConversion: units })}
            />
          </div>
        </EntryCard>
      ))}
      {isAdding ? (
        <AddFigure label={valueLabel} onAdd={add} />
      ) : (
        <button type="button" className="button button-quiet" onClick={() => setAdding(true)}>
          <Icon name="plus" />
          {t("planner.stockAdd")}
        </button>
      )}
    </>
  );
}

function AddFigure({ label, onAdd }: { label: string; onAdd(value: number | null): void }) {
  const { t } = useWords();
  const [value, setValue] = useState<number | null>(null);
  return (
    <form
      className="entry add-figure"
      onSubmit={(event) => {
        event.preventDefault();
        onAdd(value);
      }}
    >
      <NumberField label={label} kind="ratio" value={value} onChange={setValue} />
      <button type="submit" className="button" disabled={value === null}>
        {t("planner.apply")}
      </button>
    </form>
  );
}
