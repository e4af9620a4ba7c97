import type { Plan } from "@touchline/server/contract";
import type { ReactNode } from "react";
import { useWords } from "../i18n/words-context.tsx";
import { Sentence } from "../ui/Sentence.tsx";
import { IntervalChart } from "./IntervalChart.tsx";
import type { PlanResult } from "./prepare/plan-result.ts";
import { wordWarning } from "./prepare/plan-warning.ts";

interface GainProps {
  result: PlanResult;
  /** The gain itself: a page may tell where it comes from. */
  figure?: ReactNode;
}

/** What a plan is expected to bring beyond today's split, and between which figures that lies. */
export function PlanGain({ result, figure = result.gain }: GainProps) {
  const { t } = useWords();
  return (
    <div className="result-gain">
      <p className="result-label">{result.gainLabel}</p>
      <p className={`result-figure result-${result.direction}`}>
        {figure}
        {result.gainShare !== null && <span className="result-share">{result.gainShare}</span>}
      </p>
      {result.interval === null ? (
        <p className="hint">{t("planner.resultNoInterval")}</p>
      ) : (
        <>
          <IntervalChart interval={result.interval} goal={result.goal} />
          <p className="hint">
            <Sentence text={result.interval.text} />
          </p>
        </>
      )}
    </div>
  );
}

/** What somebody should know before they believe a plan; nothing where there is nothing. */
export function PlanWarnings({ warnings }: Pick<Plan, "warnings">) {
  const words = useWords();
  if (warnings.length === 0) return null;
  return (
    <div className="result-part">
      <h3>{words.t("planner.warnings")}</h3>
      <ul className="plain-list">
        {warnings.map((warning) => (
          <li key={warning.code}>{wordWarning(warning, words)}</li>
        ))}
      </ul>
    </div>
  );
}
