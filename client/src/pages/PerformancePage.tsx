import { FailurePanel } from "../app/FailurePanel.tsx";
import { PageHead } from "../app/PageHead.tsx";
import { usePageTitle } from "../app/page-title.ts";
import { useOverview } from "../app/queries.ts";
import { useWorkspace } from "../app/workspace-context.ts";
import { ChannelsByDayChart } from "../charts/ChannelsByDayChart.tsx";
import { ChartFrame } from "../charts/ChartFrame.tsx";
import { chartStateOf } from "../charts/chart-state.ts";
import { prepareChannelsByDay } from "../charts/prepare/channels-by-day.ts";
import { prepareSummary } from "../charts/prepare/summary.ts";
import { prepareTotalsByDay } from "../charts/prepare/totals-by-day.ts";
import { TOTALS_HEIGHT, TotalsByDayChart } from "../charts/TotalsByDayChart.tsx";
import { useWords } from "../i18n/words-context.tsx";
import { ChannelResultsCard } from "./performance/ChannelResultsCard.tsx";
import { SummaryTiles } from "./performance/SummaryTiles.tsx";

const MULTIPLES_HEIGHT = 420;

export function PerformancePage() {
  const words = useWords();
  const { t } = words;
  const { range, model, hues } = useWorkspace();
  const query = useOverview(range, model);
  usePageTitle(t("overview.title"));
  const overview = query.data;
  const state = chartStateOf(query);
  // Without an answer there is one notice, not one a card.
  if (state.kind === "error") return <FailurePanel error={state.error} retry={state.retry} isPage />;
  const summary = overview === undefined ? null : prepareSummary(overview, range, words);
  const totals = overview === undefined ? null : prepareTotalsByDay(overview.daily, range, words);
  const channels = overview === undefined ? null : prepareChannelsByDay(overview, range, hues, words);
  return (
    <div className="page-grid">
      <PageHead title={t("overview.title")} headline={summary?.headline ?? null} sub={summary?.sub ?? null} isLarge />
      <SummaryTiles summary={summary} />
      <ChartFrame
        title={t("overview.dailyTitle")}
        sentence={totals?.sentence}
        state={state}
        model={totals}
        isEmpty={overview?.daily.length === 0}
        height={TOTALS_HEIGHT}
      >
        {(chart) => <TotalsByDayChart chart={chart} />}
      </ChartFrame>
      <ChannelResultsCard overview={overview} model={model} isStale={state.kind === "stale"} />
      <ChartFrame
        title={t("overview.smallTitle")}
        sentence={channels?.sentence}
        state={state.kind === "kept" ? { kind: "ready" } : state}
        model={channels}
        isEmpty={channels?.panels.length === 0}
        height={MULTIPLES_HEIGHT}
      >
        {(chart) => <ChannelsByDayChart chart={chart} />}
      </ChartFrame>
    </div>
  );
}
