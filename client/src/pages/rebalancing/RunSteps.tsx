import type { RebalancingRun, RebalancingStepRecord } from "@touchline/server/contract";
import { useWords } from "../../i18n/words-context.tsx";
import { Icon, type IconName } from "../../ui/Icon.tsx";
import { wordFacts } from "./word-facts.ts";

const ICONS = {
  ...{ waiting: "more", underway: "reset", done: "check", failed: "warning" },
} as const satisfies Record<RebalancingStepRecord["state"], IconName>;

/** What a step found. Ids and versions are in the record of the run, not here. */
function Facts({ facts }: { facts: RebalancingStepRecord["facts"] }) {
  const texts = wordFacts(facts, useWords());
  return texts.length === 0 ? null : <span className="step-facts">{texts.join(" · ")}</span>;
}

/** The steps of a run in their order, each with its state, how long it took and what it found. */
export function RunSteps({ steps, isOver = false }: Pick<RebalancingRun, "steps"> & { isOver?: boolean }) {
  const { t, format } = useWords();
  return (
    <ol className="run-steps">
      {steps.map(({ step, state, startedAt, endedAt, facts }) => (
        <li key={step} className={`run-step run-step-${state}`}>
          <Icon name={ICONS[state]} />
          <span className="step-name">{t(`rebalancing.step.${step}`)}</span>
          <span className="step-state">
            {startedAt !== null && endedAt !== null
              ? t("rebalancing.seconds", {
                  seconds: format.count((Date.parse(endedAt) - Date.parse(startedAt)) / 1_000, 1),
                })
              : t(`rebalancing.stepState.${isOver && state === "waiting" ? "never" : state}`)}
          </span>
          <Facts facts={facts} />
        </li>
      ))}
    </ol>
  );
}
