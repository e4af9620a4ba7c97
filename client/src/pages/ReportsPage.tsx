import { useNavigate, useSearch } from "@tanstack/react-router";
import { ModelName, ReportLevel } from "@touchline/server/contract";
import { FailurePanel } from "../app/FailurePanel.tsx";
import { PageHead } from "../app/PageHead.tsx";
import { usePageTitle } from "../app/page-title.ts";
import { useWorkspace } from "../app/workspace-context.ts";
import { chartStateOf } from "../charts/chart-state.ts";
import { prepareReportHead } from "../charts/prepare/report.ts";
import { useWords } from "../i18n/words-context.tsx";
import { Card } from "../ui/Card.tsx";
import type { FigureOrigin } from "../ui/origin-context.ts";
import { Segments } from "../ui/Segments.tsx";
import { ClosedMonthsCard } from "./reports/ClosedMonthsCard.tsx";
import { DownloadLinks } from "./reports/DownloadLinks.tsx";
import { FinanceCard } from "./reports/FinanceCard.tsx";
import { ModelsProgress } from "./reports/ModelsProgress.tsx";
import { PlanActualCard } from "./reports/PlanActualCard.tsx";
import { ReportPaper } from "./reports/ReportPaper.tsx";
import { reportInput, useReport } from "./reports/report-queries.ts";
import { REPORT_MODELS, USUAL_MODEL } from "./reports/reports-search.ts";
import { SchedulesCard } from "./reports/SchedulesCard.tsx";

/** What each channel returned, whether it adds up to the books, and what finance does with it. */
export function ReportsPage() {
  const words = useWords();
  const { t, format } = words;
  const view = useWorkspace();
  const { range } = view;
  const { level = "channel", by: model = USUAL_MODEL } = useSearch({ from: "/reports" });
  const navigate = useNavigate({ from: "/reports" });
  const input = reportInput(view, { level, model });
  const query = useReport(input);
  usePageTitle(t("reports.title"));
  const report = query.data;
  const state = chartStateOf(query);
  if (state.kind === "error") return <FailurePanel error={state.error} retry={state.retry} isPage />;
  const head = report === undefined ? null : prepareReportHead(report, words);
  const origin: FigureOrigin = {
    title: t("reports.title"),
    figures: ["spend", "creditedRevenue", "incrementalRevenue", "baseline", "roas", "iroas", "interval"],
    ...{ range, model, run: report?.runs.attributed ?? null },
  };
  const asked = { ...range, level, model, compare: input.compare };
  const choose = (next: { level?: ReportLevel; by?: ModelName }) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });
  return (
    <div className="page-grid">
      <PageHead title={t("reports.title")} headline={head?.headline ?? null} sub={head?.sub ?? null} />
      <div className="report-controls">
        <Segments
          legend={t("reports.level.label")}
          choices={ReportLevel.options}
          chosen={level}
          choose={(next) => choose({ level: next })}
          nameOf={(each) => t(`reports.level.${each}`)}
        />
        <label className="picker">
          <span className="picker-label">{t("reports.attributedBy")}</span>
          <select value={model} onChange={(event) => choose({ by: ModelName.parse(event.target.value) })}>
            {REPORT_MODELS.map((each) => (
              <option key={each} value={each}>
                {t(`models.${each}`)}
              </option>
            ))}
          </select>
        </label>
        <DownloadLinks path="roi" query={asked} what={format.range(range.from, range.to)} />
      </div>
      {(state.kind === "loading" || state.kind === "stale") && <ModelsProgress />}
      {report === undefined ? (
        <Card title={t("reports.paper")} isBusy>
          <div className="skeleton skeleton-table" />
        </Card>
      ) : (
        <ReportPaper report={report} origin={origin} isBusy={state.kind === "stale"} />
      )}
      <ClosedMonthsCard />
      <PlanActualCard />
      <SchedulesCard />
      <FinanceCard />
    </div>
  );
}
