import { Link } from "@tanstack/react-router";
import { FailurePanel } from "../../app/FailurePanel.tsx";
import { PageHead } from "../../app/PageHead.tsx";
import { usePageTitle } from "../../app/page-title.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { wordPolicy } from "../proposals/describe-proposals.ts";
import { ProposalList } from "../proposals/ProposalList.tsx";
import { usePolicies, useProposals } from "../proposals/proposal-queries.ts";
import { ChangesSince } from "./ChangesSince.tsx";
import { wordState } from "./describe-run.ts";
import { OverridesCard } from "./OverridesCard.tsx";
import { PromisedCard } from "./PromisedCard.tsx";
import { RunButtons } from "./RunButtons.tsx";
import { RunningCard } from "./RunningCard.tsx";
import { RunsCard } from "./RunsCard.tsx";
import { useOutcomes, useRuns, useSchedule } from "./rebalancing-queries.ts";
import { TimelineCard } from "./TimelineCard.tsx";
import { WaitingCard } from "./WaitingCard.tsx";

/** The state in one sentence, what waits as a difference under review, then what became of earlier plans. */
export function Overview() {
  const words = useWords();
  const { t } = words;
  const [schedule, runs, proposals] = [useSchedule(), useRuns(), useProposals()];
  const [outcomes, policies] = [useOutcomes(), usePolicies()];
  usePageTitle(t("rebalancing.title"));
  const failed = [schedule, runs, proposals].find(({ isError, data }) => isError && data === undefined);
  if (failed !== undefined) return <FailurePanel error={failed.error} retry={() => failed.refetch()} isPage />;
  const waiting = proposals.data?.filter(({ state }) => state === "proposed") ?? [];
  // What somebody can decide comes before what waits for somebody else; of those, the newest.
  const first = waiting.find(({ whyNotApprove }) => whyNotApprove === null) ?? waiting[0];
  const isKnown = schedule.data !== undefined && runs.data !== undefined && proposals.data !== undefined;
  const underway = runs.data?.find(({ state }) => state === "underway");
  return (
    <div className="page-grid">
      <PageHead
        title={t("rebalancing.title")}
        headline={isKnown ? wordState(schedule.data, runs.data, waiting, words) : null}
        sub={policies.data === undefined ? null : wordPolicy(policies.data, words)}
      />
      <div className="run-actions">
        {schedule.data !== undefined && runs.data !== undefined && (
          <RunButtons schedule={schedule.data} runs={runs.data} />
        )}
        <Link to="/settings/rebalancing" search={true} className="button button-quiet">
          {t("rebalancing.settings")}
        </Link>
      </div>
      {underway !== undefined && <RunningCard id={underway.id} />}
      {first !== undefined && <WaitingCard key={first.id} summary={first} />}
      <PromisedCard outcomes={outcomes} />
      <TimelineCard outcomes={outcomes} runs={runs.data ?? null} proposals={proposals.data ?? []} />
      {outcomes.data !== undefined && <OverridesCard outcomes={outcomes.data} />}
      {outcomes.data !== undefined && outcomes.data.changes !== null && (
        <ChangesSince changes={outcomes.data.changes} />
      )}
      <ProposalList />
      <RunsCard runs={runs.data ?? null} />
    </div>
  );
}
