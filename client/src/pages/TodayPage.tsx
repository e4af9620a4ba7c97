import type { TodayBrief } from "@touchline/server/contract";
import { FailurePanel } from "../app/FailurePanel.tsx";
import { FirstSteps } from "../app/guide/FirstSteps.tsx";
import { PageHead } from "../app/PageHead.tsx";
import { usePageTitle } from "../app/page-title.ts";
import { useWorkspace } from "../app/workspace-context.ts";
import { ChartFrame } from "../charts/ChartFrame.tsx";
import { type ChartState, chartStateOf } from "../charts/chart-state.ts";
import { prepareChanges } from "../charts/prepare/today-changes.ts";
import { prepareTodayHead } from "../charts/prepare/today-head.ts";
import { prepareTodayHealth } from "../charts/prepare/today-health.ts";
import { prepareNeeds } from "../charts/prepare/today-needs.ts";
import { prepareAmountWeeks, prepareRoasWeeks } from "../charts/prepare/today-weeks.ts";
import { WEEKS_HEIGHT, WeeksPlot } from "../charts/WeeksPlot.tsx";
import { useWords } from "../i18n/words-context.tsx";
import type { FigureOrigin } from "../ui/origin-context.ts";
import { ChangesCard } from "./today/ChangesCard.tsx";
import { HealthCard } from "./today/HealthCard.tsx";
import { NeedsCard } from "./today/NeedsCard.tsx";
import { useBrief } from "./today/today-queries.ts";

const SMALL_CHARTS = [
  { id: "revenue", title: "today.revenueTitle", colour: "var(--accent)", figures: ["revenue", "change"] },
  { id: "spend", title: "today.spendTitle", colour: "var(--spend)", figures: ["spend", "change"] },
  { id: "roas", title: "today.roasTitle", colour: "var(--accent)", figures: ["iroas", "interval"] },
] as const;

function SmallCharts({ brief, state }: { brief: TodayBrief | undefined; state: ChartState }) {
  const words = useWords();
  const { t } = words;
  const [first, last] = [brief?.weeks[0], brief?.weeks.at(-1)];
  const range = first === undefined || last === undefined ? {} : { range: { from: first.from, to: last.to } };
  return (
    <div className="today-charts">
      {SMALL_CHARTS.map(({ id, title, colour, figures }) => {
        const model =
          brief === undefined
            ? null
            : id === "roas"
              ? prepareRoasWeeks(brief, words)
              : prepareAmountWeeks(brief, id, words);
        const isRun = id === "roas";
        const origin = { title: t(title), figures, ...range, ...(isRun && { result: brief?.run ?? null }) };
        return (
          <ChartFrame
            key={id}
            title={t(title)}
            sentence={model?.sentence}
            state={state}
            model={model}
            isEmpty={model?.isEmpty ?? false}
            height={WEEKS_HEIGHT}
            origin={origin}
          >
            {(chart) => <WeeksPlot chart={chart} colour={colour} />}
          </ChartFrame>
        );
      })}
    </div>
  );
}

function Notes({ notes }: { notes: readonly (string | null)[] }) {
  return <div role="status">{notes.map((note) => note !== null && <p key={note}>{note}</p>)}</div>;
}

export function TodayPage() {
  const words = useWords();
  const { t } = words;
  const { hues } = useWorkspace();
  const query = useBrief();
  usePageTitle(t("today.title"));
  const brief = query.data;
  const state = chartStateOf(query);
  if (state.kind === "error") return <FailurePanel error={state.error} retry={state.retry} isPage />;
  const head = brief === undefined ? null : prepareTodayHead(brief, words);
  const week = brief?.week?.range ?? null;
  const origin: FigureOrigin = {
    title: t("today.changedTitle"),
    figures: ["spend", "incrementalRevenue", "change"],
    ...(week !== null && { range: week }),
    result: brief?.run ?? null,
  };
  return (
    <div className="page-grid">
      <PageHead title={t("today.title")} headline={head?.headline ?? null} sub={head?.sub ?? null} isLarge />
      <div className="today-notes">
        <Notes notes={[head?.underway ?? null, head?.failed ?? null]} />
      </div>
      <FirstSteps />
      <NeedsCard
        lines={brief === undefined ? null : prepareNeeds(brief, words)}
        isWhole={head !== null && head.underway === null && head.failed === null}
      />
      <ChangesCard
        changes={brief === undefined ? null : prepareChanges(brief, hues, words)}
        week={week}
        origin={origin}
      />
      <SmallCharts brief={brief} state={state} />
      <HealthCard lines={brief === undefined ? null : prepareTodayHealth(brief, new Date(), words)} />
    </div>
  );
}
