import { Link, useSearch } from "@tanstack/react-router";
import type { PacingMonth } from "@touchline/server/contract";
import { addDays } from "../app/date-range.ts";
import { FailurePanel } from "../app/FailurePanel.tsx";
import { PageHead } from "../app/PageHead.tsx";
import { usePageTitle } from "../app/page-title.ts";
import { useWorkspace } from "../app/workspace-context.ts";
import { AnnotateButton } from "../charts/AnnotateButton.tsx";
import { ChartFrame } from "../charts/ChartFrame.tsx";
import { chartStateOf } from "../charts/chart-state.ts";
import { PACING_HEIGHT, PacingPlot } from "../charts/PacingPlot.tsx";
import { preparePacingChart } from "../charts/prepare/pacing-chart.ts";
import { wordPacing, wordPacingSub, wordRevenue } from "../charts/prepare/pacing-words.ts";
import { useWords } from "../i18n/words-context.tsx";
import { Card } from "../ui/Card.tsx";
import type { FigureOrigin } from "../ui/origin-context.ts";
import { Sentence } from "../ui/Sentence.tsx";
import { BudgetsCard } from "./pacing/BudgetsCard.tsx";
import { MonthPicker } from "./pacing/MonthPicker.tsx";
import { PacingMultiples } from "./pacing/PacingMultiples.tsx";
import { PacingTable } from "./pacing/PacingTable.tsx";
import { usePacing } from "./pacing/pacing-queries.ts";
import { lastDayOf } from "./pacing/pacing-search.ts";

/** The simulated shop's days end with a month: so many days before, there still is something to foretell. */
const DEMO_DAYS_BACK = 11;

function Notes({ pacing, isDemoDay }: { pacing: PacingMonth; isDemoDay: boolean }) {
  const { t, format } = useWords();
  const { days } = useWorkspace();
  const { isLookedBack, asOf, incompleteDay, month } = pacing;
  const day = asOf === null ? "" : format.date(asOf);
  return (
    <div className="pacing-notes">
      {isLookedBack && (
        <p>
          {isDemoDay
            ? t("pacing.lookedBackDemo", { day, last: format.date(days.to) })
            : t("pacing.lookedBack", { day })}{" "}
          <Link to="/pacing" search={({ on: _, ...before }) => ({ ...before, month })}>
            {t("pacing.seeAll")}
          </Link>
        </p>
      )}
      {incompleteDay !== null && <p>{t("pacing.incomplete", { day: format.weekday(incompleteDay) })}</p>}
    </div>
  );
}

function RevenueCard({ pacing, origin }: { pacing: PacingMonth; origin: FigureOrigin }) {
  const words = useWords();
  const { t } = words;
  return (
    <Card title={t("pacing.revenueTitle")} origin={{ ...origin, figures: ["revenue", "roas", "forecast"] }}>
      <p className="pacing-revenue">
        <Sentence text={wordRevenue(pacing, words)} />
      </p>
    </Card>
  );
}

export function PacingPage() {
  const words = useWords();
  const { t } = words;
  const { status, days } = useWorkspace();
  const { month, on } = useSearch({ from: "/pacing" });
  const isDemoDay = status.simulated && month === undefined && on === undefined;
  const query = usePacing(month ?? null, on ?? (isDemoDay ? addDays(days.to, -DEMO_DAYS_BACK) : null));
  usePageTitle(t("pacing.title"));
  const pacing = query.data;
  const state = chartStateOf(query);
  if (state.kind === "error") return <FailurePanel error={state.error} retry={state.retry} isPage />;
  const headline = pacing === undefined ? null : wordPacing(pacing, words);
  const chart =
    pacing === undefined || headline === null ? null : preparePacingChart(pacing.total, pacing, headline, words);
  const origin: FigureOrigin = {
    title: t("pacing.title"),
    figures: ["spend", "forecast", "interval"],
    ...(pacing !== undefined && { range: { from: `${pacing.month}-01`, to: lastDayOf(pacing.month) } }),
  };
  return (
    <div className="page-grid">
      <div className="page-head-row pacing-head">
        <PageHead
          title={t("pacing.title")}
          headline={headline}
          sub={pacing === undefined ? null : wordPacingSub(pacing, words)}
        />
        {pacing !== undefined && <MonthPicker month={pacing.month} months={pacing.months} />}
      </div>
      {pacing !== undefined && <Notes pacing={pacing} isDemoDay={isDemoDay} />}
      <ChartFrame
        title={t("pacing.chartTitle")}
        state={state}
        model={chart}
        height={PACING_HEIGHT}
        origin={origin}
        actions={chart !== null && <AnnotateButton days={chart.days} />}
      >
        {(model) => <PacingPlot chart={model} colour="var(--accent)" />}
      </ChartFrame>
      {pacing === undefined ? (
        <Card title={t("pacing.tableTitle")} isBusy>
          <div className="skeleton skeleton-table" />
        </Card>
      ) : (
        <>
          <PacingTable pacing={pacing} origin={origin} />
          <RevenueCard pacing={pacing} origin={origin} />
          <PacingMultiples pacing={pacing} />
          <BudgetsCard key={pacing.month} pacing={pacing} />
        </>
      )}
    </div>
  );
}
