import type { Proposal } from "@touchline/server/contract";
import { Card } from "../../app/Card.tsx";
import { Sentence } from "../../app/Sentence.tsx";
import { useWords } from "../../app/words-context.tsx";
import { useTimeZone } from "../../app/workspace-context.ts";
import { IntervalChart } from "../../charts/IntervalChart.tsx";
import { type PlanResult, preparePlanResult } from "../../charts/prepare/plan-result.ts";
import { wordWarning } from "../../charts/prepare/plan-warning.ts";
import { wordAskedFor } from "./describe-proposals.ts";

function Gain({ result }: { result: PlanResult }) {
  const { t } = useWords();
  return (
    <div className="result-gain">
      <p className="result-label">{result.gainLabel}</p>
      <p className={`result-figure result-${result.direction}`}>
        {result.gain}
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
      {result.probability !== null && (
        <p className="hint">{t("words.titled", { title: t("planner.probability"), text: result.probability })}</p>
      )}
    </div>
  );
}

/** What the plan is expected to bring, as it was when it was proposed; who asked for it, and within which limits. */
export function ExpectedCard({ proposal }: { proposal: Proposal }) {
  const words = useWords();
  const { t, format } = words;
  const timeZone = useTimeZone();
  const { plan, proposedBy } = proposal;
  return (
    <Card title={t("proposals.expected")} className="expected-card">
      {plan.status === "leave" ? <p>{t("proposals.noGain")}</p> : <Gain result={preparePlanResult(plan, words)} />}
      {plan.warnings.length > 0 && (
        <div className="result-part">
          <h3>{t("planner.warnings")}</h3>
          <ul className="plain-list">
            {plan.warnings.map((warning) => (
              <li key={warning.code}>{wordWarning(warning, words)}</li>
            ))}
          </ul>
        </div>
      )}
      <div className="result-part">
        <h3>{t("proposals.limits")}</h3>
        <ul className="plain-list">
          {wordAskedFor(proposal, words).map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </div>
      <div className="result-part">
        <p className="hint">
          {t("proposals.askedFor", {
            who: proposedBy.name,
            when: format.moment(new Date(proposal.proposedAt), timeZone),
          })}
        </p>
      </div>
    </Card>
  );
}
