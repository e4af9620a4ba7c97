import { lazy, type ReactNode, Suspense, useState } from "react";
import { chunk } from "../../app/chunk.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { NumberField } from "../../ui/NumberField.tsx";
import { type Limits, withPart } from "./limits.ts";

const editors = chunk(() => import("./limit-editors.ts"));
const ContactsEditor = lazy(async () => ({ default: (await editors()).ContactsEditor }));
const GroupsEditor = lazy(async () => ({ default: (await editors()).GroupsEditor }));
const StockEditor = lazy(async () => ({ default: (await editors()).StockEditor }));
const WeightsEditor = lazy(async () => ({ default: (await editors()).WeightsEditor }));

interface Props {
  limits: Limits;
  channels: readonly string[];
  change(limits: Limits): void;
}

/** Folded away until it is wanted; how much of it is set is said on the fold. */
function Fold({ title, set, children }: { title: string; set: number; children: ReactNode }) {
  const { t, format } = useWords();
  const [wasOpened, setOpened] = useState(false);
  return (
    <details className="fold" onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary>
        <span>{title}</span>
        {set > 0 && <span className="fold-count">{t("planner.setCount", { figure: format.count(set) })}</span>}
      </summary>
      <div className="fold-body">
        <Suspense fallback={null}>{wasOpened && children}</Suspense>
      </div>
    </details>
  );
}

function countSet(...values: (number | null | undefined)[]): number {
  return values.filter((value) => typeof value === "number").length;
}

function Returns({ limits, change }: Omit<Props, "channels">) {
  const { t } = useWords();
  return (
    <div className="fold-fields">
      <NumberField
        label={t("planner.minRoas")}
        kind="ratio"
        value={limits.minRoas ?? null}
        placeholder={t("planner.noLimit")}
        onChange={(value) => change(withPart(limits, "minRoas", value))}
      />
      <NumberField
        label={t("planner.maxCpa")}
        kind="amount"
        value={limits.maxCpa ?? null}
        placeholder={t("planner.noLimit")}
        onChange={(value) => change(withPart(limits, "maxCpa", value))}
      />
    </div>
  );
}

function Target({ limits, change }: Omit<Props, "channels">) {
  const { t } = useWords();
  const goal = limits.goal ?? "revenue";
  return (
    <NumberField
      label={t("planner.targetOf", { what: t(`planner.whatOf.${goal}`), per: t(`planner.per.${limits.period}`) })}
      kind={goal === "conversions" ? "ratio" : "amount"}
      value={limits.target ?? null}
      placeholder="–"
      hint={t("planner.targetHint")}
      // A target is one of the mean: caution has no meaning beside it.
      onChange={(value) => change(withPart(withPart(limits, "caution", null), "target", value))}
    />
  );
}

/** The rarer limits of the whole plan. */
export function FoldedLimits({ limits, channels, change }: Props) {
  const { t } = useWords();
  const { groups = [], capacities = [], contacts = [], productWeights = [] } = limits;
  return (
    <div className="folds">
      <Fold title={t("planner.returns")} set={countSet(limits.minRoas, limits.maxCpa)}>
        <Returns limits={limits} change={change} />
      </Fold>
      {limits.goal !== "profit" && (
        <Fold title={t("planner.target")} set={countSet(limits.target)}>
          <Target limits={limits} change={change} />
        </Fold>
      )}
      <Fold title={t("planner.groups")} set={groups.length}>
        <GroupsEditor limits={limits} channels={channels} change={change} />
      </Fold>
      <Fold title={t("planner.stock")} set={capacities.length}>
        <StockEditor limits={limits} change={change} />
      </Fold>
      <Fold title={t("planner.contacts")} set={contacts.length}>
        <ContactsEditor limits={limits} channels={channels} change={change} />
      </Fold>
      <Fold title={t("planner.weights")} set={productWeights.length}>
        <WeightsEditor limits={limits} change={change} />
      </Fold>
    </div>
  );
}
