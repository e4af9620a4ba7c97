import { useWords } from "../../i18n/words-context.tsx";
import { NumberField } from "../../ui/NumberField.tsx";
import { type Limits, withPart } from "./limits.ts";
import { useChoices } from "./planner-queries.ts";

/** What one unit of the goal is worth in each product group. Empty is 1: as it is. */
export function WeightsEditor({ limits, change }: { limits: Limits; change(limits: Limits): void }) {
  const { t } = useWords();
  const { data: choices } = useChoices(true);
  const weights = limits.productWeights ?? [];
  const names = [...new Set([...(choices?.productGroups ?? []), ...weights.map(({ productGroup }) => productGroup)])];
  const set = (productGroup: string, weight: number | null) => {
    const others = weights.filter((each) => each.productGroup !== productGroup);
    change(withPart(limits, "productWeights", weight === null ? others : [...others, { productGroup, weight }]));
  };
  return (
    <>
      <p className="hint">{t("planner.weightsHint")}</p>
      <div className="fold-fields">
        {names.map((name) => (
          <NumberField
            key={name}
            label={name}
            kind="ratio"
            value={weights.find(({ productGroup }) => productGroup === name)?.weight ?? null}
            placeholder="1"
            onChange={(weight) => set(name, weight)}
          />
        ))}
      </div>
      {choices === undefined && <div className="skeleton skeleton-field" />}
    </>
  );
}
