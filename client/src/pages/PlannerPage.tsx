import { lazy, Suspense, useId } from "react";
import { chunk } from "../app/chunk.ts";
import { FailurePanel } from "../app/FailurePanel.tsx";
import { PageHead } from "../app/PageHead.tsx";
import { usePageTitle } from "../app/page-title.ts";
import { usePlan } from "../app/queries.ts";
import { chartStateOf } from "../charts/chart-state.ts";
import { preparePlanResult } from "../charts/prepare/plan-result.ts";
import { useWords } from "../i18n/words-context.tsx";
import { WhenSeen } from "../ui/WhenSeen.tsx";
import { LeaveNote } from "./planner/LeaveNote.tsx";
import { LimitsCard } from "./planner/LimitsCard.tsx";
import { PlanParts, PlanSkeleton } from "./planner/PlanParts.tsx";
import { useLimits } from "./planner/use-limits.ts";
import { usePlannedChannels } from "./planner/use-planned-channels.ts";
import { ViewTabs } from "./planner/ViewTabs.tsx";

const budgets = chunk(() => import("./planner/BudgetsView.tsx"), "studies");
const scenarios = chunk(() => import("./planner/ScenariosView.tsx"), "scenarios");
const weeks = chunk(() => import("./planner/WeeksView.tsx"), "studies");
const BudgetsView = lazy(async () => ({ default: (await budgets()).BudgetsView }));
const ScenariosView = lazy(async () => ({ default: (await scenarios()).ScenariosView }));
const WeeksView = lazy(async () => ({ default: (await weeks()).WeeksView }));

export function PlannerPage() {
  const words = useWords();
  const { t } = words;
  const panelId = useId();
  const { draft, asked, isTyping, view, change, show } = useLimits();
  const query = usePlan(asked);
  const channels = usePlannedChannels(query.data, draft.period);
  usePageTitle(t("planner.title"));
  const state = chartStateOf(query);
  const plan = query.data;
  const isPending = isTyping || state.kind === "stale";
  // Studies stand on the plan that is shown: they wait until it is the one that was asked for.
  const settled = isPending || query.isError ? undefined : plan;
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
        {plan !== undefined && state.kind !== "kept" && (
          <PlanParts plan={plan} limits={asked} isPending={isPending} change={change} />
        )}
        <div className="planner-studies">
          <ViewTabs view={view} show={show} panelId={panelId} />
          <div id={panelId} role="tabpanel" aria-labelledby={`${panelId}-${view}`} className="planner-view">
            <Suspense fallback={<div className="skeleton skeleton-plan" />}>
              {view === "budgets" && (
                <WhenSeen>
                  <BudgetsView limits={asked} plan={settled} change={change} />
                </WhenSeen>
              )}
              {view === "weeks" && <WeeksView limits={asked} />}
              {view === "scenarios" && <ScenariosView plan={settled} limits={asked} change={change} />}
            </Suspense>
          </div>
        </div>
      </div>
    </div>
  );
}
