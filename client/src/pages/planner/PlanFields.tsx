import { Period, PlanGoal } from "@touchline/server/contract";
import { useState } from "react";
import { useWords } from "../../i18n/words-context.tsx";
import { NumberField } from "../../ui/NumberField.tsx";
import { SegmentedChoice } from "../../ui/SegmentedChoice.tsx";
import { type Limits, withPart, withPeriod } from "./limits.ts";
import { useChoices } from "./planner-queries.ts";

interface Props {
  limits: Limits;
  /** What is spent today, per period; null while it is not known. */
  today: number | null;
  change(limits: Limits): void;
}

const NEEDS_MARGIN = new Set<PlanGoal>(["margin", "profit"]);

/** What the plan is for. A goal that the data cannot tell is shown, with what is missing, and cannot be chosen. */
function GoalField({ limits, change }: Omit<Props, "today">) {
  const { t } = useWords();
  // Asked when somebody comes near: it counts over all conversions, and a plan must not wait for that.
  const [isWanted, setWanted] = useState(limits.goal !== undefined);
  const { data: choices } = useChoices(isWanted);
  const missing = (goal: PlanGoal) => {
    if (choices === undefined) return null;
    if (NEEDS_MARGIN.has(goal) && !choices.hasMargin) return t("planner.goalNeedsMargin");
    return goal === "value" && !choices.hasValue ? t("planner.goalNeedsValue") : null;
  };
  const choose = (goal: PlanGoal) => {
    // A target is in units of the goal: another goal's figure would mean something else.
    const free = withPart(limits, "target", null);
    change(withPart(free, "goal", goal === "revenue" ? null : goal));
  };
  return (
    <label className="field" onPointerEnter={() => setWanted(true)} onFocus={() => setWanted(true)}>
      <span className="field-label">{t("planner.goal")}</span>
      <select value={limits.goal ?? "revenue"} onChange={(event) => choose(PlanGoal.parse(event.target.value))}>
        {PlanGoal.options.map((goal) => (
          <option key={goal} value={goal} disabled={missing(goal) !== null} title={missing(goal) ?? undefined}>
            {t(`planner.goals.${goal}`)}
          </option>
        ))}
      </select>
    </label>
  );
}

const CAUTION_STEPS = 10;

function CautionField({ limits, change }: Omit<Props, "today">) {
  const { t, format } = useWords();
  const caution = limits.caution ?? 0;
  const ends = caution === 0 ? t("planner.cautionMean") : caution === 1 ? t("planner.cautionWorst") : null;
  return (
    <label className="field" title={t("planner.cautionHint")}>
      <span className="field-label">{t("planner.caution")}</span>
      <input
        type="range"
        className="slider"
        min={0}
        max={CAUTION_STEPS}
        step={1}
        value={Math.round(caution * CAUTION_STEPS)}
        disabled={typeof limits.target === "number"}
        aria-valuetext={ends ?? format.percent(caution, 0)}
        onChange={(event) => {
          const share = Number(event.target.value) / CAUTION_STEPS;
          change(withPart(limits, "caution", share === 0 ? null : share));
        }}
      />
      <span className="hint">{ends ?? t("planner.cautionIs", { share: format.percent(caution, 0) })}</span>
    </label>
  );
}

function BudgetField({ limits, today, change }: Props) {
  const { t, format } = useWords();
  const isTarget = typeof limits.target === "number";
  const known = today === null ? null : format.amount(today);
  const hint = today === null ? t("planner.budgetHintBare") : t("planner.budgetHint", { today: format.money(today) });
  return (
    <NumberField
      label={t("planner.budget", { period: t(`planner.periods.${limits.period}`) })}
      kind="amount"
      value={limits.budget}
      placeholder={isTarget ? t("planner.noLimit") : (known ?? t("planner.budgetToday"))}
      hint={isTarget ? t("planner.budgetAsCap") : hint}
      onChange={(budget) => change({ ...limits, budget })}
    />
  );
}

/** What every plan is asked with: period, budget, how far channels may move, what for, and how carefully. */
export function PlanFields(props: Props) {
  const { limits, change } = props;
  const { t } = useWords();
  return (
    <div className="limits-fields">
      <SegmentedChoice
        label={t("planner.period")}
        value={limits.period}
        choices={Period.options.map((value) => ({ value, text: t(`planner.periods.${value}`) }))}
        onChange={(period) => change(withPeriod(limits, period))}
      />
      <SegmentedChoice
        label={t("planner.sense")}
        value={limits.exact ? "exactly" : "atMost"}
        choices={(["atMost", "exactly"] as const).map((value) => ({ value, text: t(`planner.${value}`) }))}
        onChange={(sense) => change({ ...limits, exact: sense === "exactly" })}
      />
      <BudgetField {...props} />
      <NumberField
        label={t("planner.maxChange")}
        kind="percent"
        value={limits.maxChange}
        placeholder={t("planner.noLimit")}
        hint={t("planner.maxChangeHint")}
        onChange={(maxChange) => change({ ...limits, maxChange })}
      />
      <GoalField limits={limits} change={change} />
      <CautionField limits={limits} change={change} />
    </div>
  );
}
