import type { ProposalSummary, RebalancingRunSummary } from "@touchline/server/contract";
import { useTimeZone } from "../../app/workspace-context.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { StateBadge } from "../proposals/StateBadge.tsx";
import { OpenLink } from "./OpenLink.tsx";
import { prepareTimeline, type TimelineWeek } from "./prepare-timeline.ts";
import { RunState } from "./RunState.tsx";
import type { useOutcomes } from "./rebalancing-queries.ts";

function Week({ week }: { week: TimelineWeek }) {
  const { t } = useWords();
  return (
    <li className={`timeline-week timeline-${week.look}`}>
      <span className="timeline-when">{week.when}</span>
      <span className="timeline-state">
        {week.proposalState !== null ? (
          <StateBadge state={week.proposalState} />
        ) : (
          week.runState !== null && <RunState state={week.runState} />
        )}
        {week.proposal !== null ? (
          <OpenLink open={{ id: week.proposal.id }}>{week.proposal.name}</OpenLink>
        ) : (
          week.run !== null && <OpenLink open={{ run: week.run }}>{t("rebalancing.see")}</OpenLink>
        )}
      </span>
      <dl className="timeline-figures">
        {week.figures.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {week.note !== null && <span className="timeline-note">{week.note}</span>}
    </li>
  );
}

interface Props {
  outcomes: ReturnType<typeof useOutcomes>;
  runs: readonly RebalancingRunSummary[] | null;
  proposals: readonly ProposalSummary[];
}

/** Weeks one after the other, the newest first: what was proposed, what was decided, and what came of it. */
export function TimelineCard({ outcomes, runs, proposals }: Props) {
  const words = useWords();
  const { t } = words;
  const timeZone = useTimeZone();
  const weeks = prepareTimeline(outcomes.data?.weeks ?? [], runs ?? [], proposals, timeZone, words);
  return (
    <Card
      title={t("rebalancing.timeline.title")}
      sentence={t("rebalancing.timeline.sentence")}
      className="timeline-card"
      isBusy={outcomes.isPending}
    >
      {outcomes.isPending ? (
        <div className="skeleton skeleton-table" />
      ) : weeks.length === 0 ? (
        <p className="card-empty">{t("rebalancing.timeline.none")}</p>
      ) : (
        <ol className="timeline">
          {weeks.map((week) => (
            <Week key={week.id} week={week} />
          ))}
        </ol>
      )}
    </Card>
  );
}
