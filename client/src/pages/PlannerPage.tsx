import { DAYS_PER_PERIOD, type Period, type Plan } from "@touchline/server/contract";
import { useRef } from "react";
import { Card } from "../app/Card.tsx";
import { FailurePanel } from "../app/FailurePanel.tsx";
import { Icon } from "../app/Icon.tsx";
import { PageHead } from "../app/PageHead.tsx";
import { usePageTitle } from "../app/page-title.ts";
import { useCurves, usePlan } from "../app/queries.ts";
import { useWords } from "../app/words-context.tsx";
import { chartStateOf } from "../charts/chart-state.ts";
import { preparePlanResult } from "../charts/prepare/plan-result.ts";
import { wordWarning } from "../charts/prepare/plan-warning.ts";
import { InfeasibleCard } from "./planner/InfeasibleCard.tsx";
import { LimitsCard, type PlannedChannel } from "./planner/LimitsCard.tsx";
import { MovesCard } from "./planner/MovesCard.tsx";
import { ResultCard } from "./planner/ResultCard.tsx";
import { useLimits } from "./planner/use-limits.ts";

/**
 * The channels to set limits on. An impossible plan names none, so the last plan that did is remembered; a page that opens on
 * an impossible one asks the curves instead.
 */
function usePlannedChannels(plan: Plan | undefined, period: Period): PlannedChannel[] {
  const lastWithRows = useRef<Plan>(undefined);
  if (plan !== undefined && plan.allocation.length > 0) lastWithRows.current = plan;
  const known = lastWithRows.current;
  const curves = useCurves(plan !== undefined && known === undefined);
  const days = DAYS_PER_PERIOD[period];
  if (known !== undefined) {
    const factor = days / DAYS_PER_PERIOD[known.period];
    return known.allocation
      .map((row) => ({ channel: row.channel, current: Number(row.current) * factor }))
      .sort((a, b) => b.current - a.current);
  }
  const fitted = [...(curves.data?.channels ?? [])].sort((a, b) => b.current.spend - a.current.spend);
  return [
    ...fitted.map((curve) => ({ channel: curve.channel, current: curve.current.spend * days })),
    ...(curves.data?.withoutCurve ?? []).map(({ channel }) => ({ channel, current: null })),
  ];
}

/** Why today's split stays: the plan's own notes, or the plain fact where it has none. */
function LeaveNote({ plan }: { plan: Plan }) {
  const words = useWords();
  const reasons = plan.warnings.map((warning) => wordWarning(warning, words));
  return (
    <div className="callout">
      <Icon name="info" />
      <span>{reasons.length === 0 ? words.t("planner.leaveWhy") : reasons.join(" ")}</span>
    </div>
  );
}

function PlanSkeleton() {
  const { t } = useWords();
  return (
    <>
      <Card title={t("planner.moves")} className="moves-card" isBusy>
        <div className="skeleton skeleton-plan" />
      </Card>
      <Card title={t("planner.result")} className="result-card" isBusy>
        <div className="skeleton skeleton-plan" />
      </Card>
    </>
  );
}

export function PlannerPage() {
  const words = useWords();
  const { t } = words;
  const { draft, asked, isTyping, change } = useLimits();
  const query = usePlan(asked);
  const channels = usePlannedChannels(query.data, draft.period);
  usePageTitle(t("planner.title"));
  const state = chartStateOf(query);
  const plan = query.data;
  const isPending = isTyping || state.kind === "stale";
  return (
    <div className="page-grid">
      <PageHead
        title={t("planner.title")}
        headline={plan === undefined ? (state.kind === "error" ? "" : null) : preparePlanResult(plan, words).headline}
      />
      {plan?.status === "leave" && <LeaveNote plan={plan} />}
      <div className="planner">
        <LimitsCard limits={draft} channels={channels} isLoading={state.kind === "loading"} change={change} />
        {(state.kind === "error" || state.kind === "kept") && (
          <div className="planner-failure">
            <FailurePanel error={query.error} retry={state.retry} />
          </div>
        )}
        {plan === undefined && state.kind === "loading" && <PlanSkeleton />}
        {plan !== undefined && state.kind !== "kept" && plan.status === "infeasible" && (
          <InfeasibleCard plan={plan} isPending={isPending} />
        )}
        {plan !== undefined && state.kind !== "kept" && plan.status !== "infeasible" && (
          <>
            <MovesCard plan={plan} isPending={isPending} />
            <ResultCard plan={plan} isPending={isPending} />
          </>
        )}
      </div>
    </div>
  );
}
