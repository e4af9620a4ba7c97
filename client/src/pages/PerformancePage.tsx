import { FailurePanel } from "../app/FailurePanel.tsx";
import { PageHead } from "../app/PageHead.tsx";
import { usePageTitle } from "../app/page-title.ts";
import { useWorkspace } from "../app/workspace-context.ts";
import { chartStateOf } from "../charts/chart-state.ts";
import { preparePerformanceSummary } from "../charts/prepare/performance-summary.ts";
import { useWords } from "../i18n/words-context.tsx";
import { BreakdownCard } from "./performance/BreakdownCard.tsx";
import { ClaimsCard } from "./performance/ClaimsCard.tsx";
import { DaysCard } from "./performance/DaysCard.tsx";
import { KpiTiles } from "./performance/KpiTiles.tsx";
import { usePerformance } from "./performance/performance-queries.ts";
import { WhyDrawer } from "./performance/WhyDrawer.tsx";

/** What the money did: by day, by channel and below, against other days, and why it moved. */
export function PerformancePage() {
  const words = useWords();
  const { t } = words;
  const { range, model, scope, channels } = useWorkspace();
  const query = usePerformance(scope, channels);
  usePageTitle(t("performance.title"));
  const state = chartStateOf(query);
  // Without an answer there is one notice, not one a card.
  if (state.kind === "error") return <FailurePanel error={state.error} retry={state.retry} isPage />;
  const summary = query.data === undefined ? null : preparePerformanceSummary(query.data, range, model, words);
  return (
    <div className="page-grid">
      <PageHead
        title={t("performance.title")}
        headline={summary?.headline ?? null}
        sub={summary?.sub ?? null}
        isLarge
      />
      <KpiTiles summary={summary} />
      <DaysCard overview={query.data} model={model} state={state} />
      <BreakdownCard />
      <ClaimsCard />
      <WhyDrawer />
    </div>
  );
}
