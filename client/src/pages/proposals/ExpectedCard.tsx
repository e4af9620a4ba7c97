import type { Proposal } from "@touchline/server/contract";
import { useTimeZone } from "../../app/workspace-context.ts";
import { PlanGain, PlanWarnings } from "../../charts/PlanGain.tsx";
import { preparePlanResult } from "../../charts/prepare/plan-result.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { planOrigin } from "../planner/plan-origin.ts";
import { wordAskedFor } from "./describe-proposals.ts";

/** What the plan is expected to bring, as it was when it was proposed; who asked for it, and within which limits. */
export function ExpectedCard({ proposal }: { proposal: Proposal }) {
  const words = useWords();
  const { t, format } = words;
  const timeZone = useTimeZone();
  const { proposedBy } = proposal;
  const plan = proposal.decidedPlan ?? proposal.plan;
  const result = preparePlanResult(plan, words);
  return (
    <Card title={t("proposals.expected")} className="expected-card" origin={planOrigin(plan, t("proposals.expected"))}>
      {plan.status === "leave" && proposal.decidedPlan === null ? (
        <p>{t("proposals.noGain")}</p>
      ) : (
        <>
          <PlanGain result={result} />
          {result.probability !== null && (
            <p className="hint">{t("words.titled", { title: t("planner.probability"), text: result.probability })}</p>
          )}
        </>
      )}
      <PlanWarnings warnings={plan.warnings} />
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
