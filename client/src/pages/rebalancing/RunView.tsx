import { Link } from "@tanstack/react-router";
import type { RebalancingRun } from "@touchline/server/contract";
import { FailurePanel } from "../../app/FailurePanel.tsx";
import { PageHead } from "../../app/PageHead.tsx";
import { usePageTitle } from "../../app/page-title.ts";
import { useTimeZone } from "../../app/workspace-context.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { DifferenceCard } from "../proposals/DifferenceCard.tsx";
import { ChecksCard } from "./ChecksCard.tsx";
import { wordHeadline } from "./describe-ending.ts";
import { wordPeriod, wordStarter } from "./describe-run.ts";
import { OpenLink } from "./OpenLink.tsx";
import { CancelRun } from "./RunButtons.tsx";
import { RunSteps } from "./RunSteps.tsx";
import { useRun } from "./rebalancing-queries.ts";

function Loaded({ run }: { run: RebalancingRun }) {
  const { t } = useWords();
  return (
    <>
      <Card
        title={t("rebalancing.steps")}
        sentence={t("rebalancing.stepsSentence")}
        isBusy={run.state === "underway"}
        actions={run.state === "underway" ? <CancelRun id={run.id} /> : undefined}
      >
        <RunSteps steps={run.steps} isOver={run.state !== "underway"} />
      </Card>
      <ChecksCard checks={run.checks} />
      {run.plan !== null && <DifferenceCard plan={run.plan} />}
    </>
  );
}

/** One run, opened: how it ended, its steps, every guard-rail, and the plan that it came to. */
export function RunView({ id }: { id: string }) {
  const words = useWords();
  const { t, format } = words;
  const timeZone = useTimeZone();
  const query = useRun(id);
  const run = query.data;
  const title =
    run === undefined
      ? t("rebalancing.title")
      : run.isDry
        ? t("rebalancing.dryRunOf", { when: format.moment(new Date(run.startedAt), timeZone) })
        : t("rebalancing.runOf", { period: wordPeriod(run, words) });
  usePageTitle(title);
  return (
    <div className="page-grid">
      <nav className="proposal-back">
        <Link to="/rebalancing" search={({ run: _, ...before }) => before}>
          {t("rebalancing.back")}
        </Link>
      </nav>
      {query.isError && run === undefined ? (
        <FailurePanel error={query.error} retry={() => query.refetch()} isPage />
      ) : (
        <PageHead
          title={title}
          headline={
            run === undefined
              ? null
              : run.state === "underway"
                ? t("rebalancing.underway")
                : wordHeadline(run, timeZone, words)
          }
          sub={
            run === undefined
              ? null
              : t("rebalancing.startedAt", {
                  when: format.moment(new Date(run.startedAt), timeZone),
                  by: wordStarter(run, words),
                })
          }
        />
      )}
      {run?.state === "failed" && format.language !== "en" && (
        <p className="hint" lang="en">
          {run.outcome}
        </p>
      )}
      {query.isPending && <div className="skeleton skeleton-plan" />}
      {run !== undefined && run.proposalId !== null && (
        <p>
          <OpenLink open={{ id: run.proposalId }} className="button">
            {t("rebalancing.seeProposal")}
          </OpenLink>
        </p>
      )}
      {run !== undefined && <Loaded run={run} />}
    </div>
  );
}
