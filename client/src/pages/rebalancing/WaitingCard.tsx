import type { ProposalSummary } from "@touchline/server/contract";
import { useTimeZone } from "../../app/workspace-context.ts";
import { wordPlanName } from "../../charts/prepare/plan-name.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { DifferenceCard } from "../proposals/DifferenceCard.tsx";
import { wordProposal } from "../proposals/describe-proposals.ts";
import { useProposal } from "../proposals/proposal-queries.ts";
import { OpenLink } from "./OpenLink.tsx";

/** The plan that waits, like the difference of a text under review; deciding is one click away. */
export function WaitingCard({ summary }: { summary: ProposalSummary }) {
  const words = useWords();
  const { t, format } = words;
  const timeZone = useTimeZone();
  const { data: proposal } = useProposal(summary.id);
  if (proposal === undefined) return <div className="skeleton skeleton-plan" />;
  const { expiresAt } = proposal;
  return (
    <DifferenceCard
      plan={proposal.plan}
      title={t("rebalancing.waiting.title", { name: wordPlanName(proposal, words) })}
      sentence={wordProposal(proposal, timeZone, words)}
      actions={
        <OpenLink open={{ id: proposal.id }} className="button button-primary">
          {t("rebalancing.open")}
        </OpenLink>
      }
      footer={
        expiresAt === null ? undefined : (
          <p className="hint">
            {t("rebalancing.waiting.expires", { when: format.moment(new Date(expiresAt), timeZone) })}
          </p>
        )
      }
    />
  );
}
