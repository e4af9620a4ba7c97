import { Link } from "@tanstack/react-router";
import type { Proposal } from "@touchline/server/contract";
import { FailurePanel } from "../../app/FailurePanel.tsx";
import { PageHead } from "../../app/PageHead.tsx";
import { usePageTitle } from "../../app/page-title.ts";
import { useTimeZone } from "../../app/workspace-context.ts";
import { wordPlanName } from "../../charts/prepare/plan-name.ts";
import type { Words } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { ProposalChecks } from "../rebalancing/ProposalChecks.tsx";
import { ActivationCard } from "./ActivationCard.tsx";
import { CommentsCard } from "./CommentsCard.tsx";
import { DecisionCard } from "./DecisionCard.tsx";
import { DifferenceCard } from "./DifferenceCard.tsx";
import { wordPolicy, wordProposal } from "./describe-proposals.ts";
import { ExpectedCard } from "./ExpectedCard.tsx";
import { usePolicies, useProposal } from "./proposal-queries.ts";

/** Reasons of amounts that somebody changed: the plan's own are those of its recommendation. */
function insteadOf({ decidedSplit, decision, plan }: Proposal, { t, format }: Words): ReadonlyMap<string, string> {
  const recommended = new Map(plan.allocation.map((row) => [row.channel, row.recommended]));
  return new Map(
    decidedSplit?.map(({ channel }) => {
      const amount = format.money(recommended.get(channel) ?? "0", 2);
      return [channel, t("review.amounts.instead", { who: decision?.by.name ?? "", amount })];
    }),
  );
}

function Loaded({ proposal }: { proposal: Proposal }) {
  const words = useWords();
  return (
    <div className="proposal">
      <div className="proposal-main">
        <DifferenceCard plan={proposal.decidedPlan ?? proposal.plan} instead={insteadOf(proposal, words)} />
        {proposal.state === "approved" && <ActivationCard proposalId={proposal.id} />}
        {proposal.origin === "rebalancing" && proposal.originId !== null && <ProposalChecks run={proposal.originId} />}
      </div>
      <div className="proposal-side">
        <DecisionCard proposal={proposal} />
        <ExpectedCard proposal={proposal} />
        <CommentsCard id={proposal.id} />
      </div>
    </div>
  );
}

/** One proposal, opened: what it changes, what that brings, and what is to be decided. */
export function ProposalView({ id }: { id: string }) {
  const words = useWords();
  const { t } = words;
  const timeZone = useTimeZone();
  const query = useProposal(id);
  const policies = usePolicies();
  const proposal = query.data;
  const title = proposal === undefined ? t("proposals.title") : wordPlanName(proposal, words);
  usePageTitle(title);
  return (
    <div className="page-grid">
      <nav className="proposal-back">
        <Link to="/rebalancing" search={({ id: _, ...before }) => before}>
          {t("proposals.back")}
        </Link>
      </nav>
      {query.isError && proposal === undefined ? (
        <FailurePanel error={query.error} retry={() => query.refetch()} isPage />
      ) : (
        <PageHead
          title={title}
          headline={proposal === undefined ? null : wordProposal(proposal, timeZone, words)}
          sub={policies.data === undefined ? null : wordPolicy(policies.data, words)}
        />
      )}
      {query.isPending && <div className="skeleton skeleton-plan" />}
      {proposal !== undefined && <Loaded proposal={proposal} />}
    </div>
  );
}
