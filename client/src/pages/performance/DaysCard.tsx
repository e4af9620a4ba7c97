import type { ModelName, Overview } from "@touchline/server/contract";
import { useWorkspace } from "../../app/workspace-context.ts";
import { AnnotateButton } from "../../charts/AnnotateButton.tsx";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import type { ChartState } from "../../charts/chart-state.ts";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import { DAYS_HEIGHT, PerformanceDaysChart } from "../../charts/PerformanceDaysChart.tsx";
import { DAY_SHAPES, dayMetrics, hasChannels } from "../../charts/prepare/day-metric.ts";
import { preparePerformanceDays } from "../../charts/prepare/performance-days.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { SegmentedChoice } from "../../ui/SegmentedChoice.tsx";
import { usePerformanceSearch } from "./use-performance-search.ts";

interface Props {
  overview: Overview | undefined;
  model: ModelName;
  state: ChartState;
}

/** One figure by day, over the days compared. */
export function DaysCard({ overview, model, state }: Props) {
  const words = useWords();
  const { t } = words;
  const { hues, range } = useWorkspace();
  const { search, change } = usePerformanceSearch();
  const metrics = dayMetrics(model);
  const metric = metrics.find((each) => each === search.metric) ?? "credited";
  const nameOf = (each: typeof metric) =>
    t(`performance.metric.${each === "credited" && model === "incremental" ? "incremental" : each}`);
  const shape = hasChannels(metric) ? (search.shape ?? "total") : "total";
  const chart = overview === undefined ? null : preparePerformanceDays(overview, { metric, shape }, hues, words);
  return (
    <ChartFrame
      title={t("performance.daysTitle")}
      sentence={chart?.sentence}
      state={state}
      model={chart}
      isEmpty={chart?.series.length === 0}
      height={DAYS_HEIGHT}
      origin={{
        title: t("performance.daysTitle"),
        figures: ["spend", "revenue", "creditedRevenue", "incrementalRevenue", "roas"],
        range,
        model,
        result: overview?.origin ?? null,
      }}
      actions={chart === null ? undefined : <AnnotateButton days={chart.days} />}
      controls={
        <div className="card-controls">
          <label className="field field-inline">
            <span className="field-label">{t("performance.metricLabel")}</span>
            <select
              value={metric}
              onChange={(event) => change({ metric: metrics.find((each) => each === event.target.value) })}
            >
              {metrics.map((each) => (
                <option key={each} value={each}>
                  {nameOf(each)}
                </option>
              ))}
            </select>
          </label>
          {hasChannels(metric) && (
            <SegmentedChoice
              label={t("performance.shapeLabel")}
              value={shape}
              choices={DAY_SHAPES.map((value) => ({ value, text: t(`performance.shape.${value}`) }))}
              onChange={(value) => change({ shape: value === "total" ? undefined : value })}
            />
          )}
        </div>
      }
      legend={
        chart !== null && chart.shape !== "total" ? (
          <p className="legend">
            {chart.series.map((series) => (
              <span key={series.id} className="legend-item">
                <Swatch hue={series.hue} />
                {series.label}
              </span>
            ))}
          </p>
        ) : undefined
      }
    >
      {(model) => <PerformanceDaysChart chart={model} />}
    </ChartFrame>
  );
}
