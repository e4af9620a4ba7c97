import { scaleLinear } from "d3";
import { useWords } from "../i18n/words-context.tsx";
import { PositionAxis, ValueAxis } from "./marks/Axes.tsx";
import { DayCursor, DayLine } from "./marks/DayMarks.tsx";
import { Plot, type PlotArea } from "./Plot.tsx";
import { dateTicks, valueTicks } from "./prepare/axis.ts";
import type { DayValue } from "./prepare/dense-series.ts";
import type { GeoTestChartModel } from "./prepare/experiments-analysis.ts";

export const GEO_TEST_HEIGHT = 372;
const MARGINS = { top: 30, right: 12, bottom: 24, left: 56 };
/** The upper panel, the gap with the lower one's heading, the lower panel. */
const PARTS = [0.58, 0.15, 0.27] as const;

interface PanelProps {
  chart: GeoTestChartModel;
  area: PlotArea;
  x: (index: number) => number;
}

function seriesOf({ dates }: GeoTestChartModel, values: readonly number[]): DayValue[] {
  return dates.map((date, day) => ({ date, value: values[day]! }));
}

/** What was sold and what would have been, on one scale. */
function Levels({ chart, area, x }: PanelProps) {
  const { t } = useWords();
  const height = area.height * PARTS[0];
  const y = scaleLinear(chart.levels, [height, 0]);
  const observed = seriesOf(chart, chart.observed);
  const shared = { x, y };
  return (
    <g>
      <text className="panel-title" x={-MARGINS.left} y={-14}>
        <tspan className="panel-observed">●</tspan> {t("experiments.observed")}
        <tspan className="panel-counterfactual" dx="14">
          - -
        </tspan>{" "}
        {t("experiments.counterfactual")}
      </text>
      <ValueAxis ticks={valueTicks(chart.levels, 4, chart.print)} scale={y} width={area.width} />
      <g className="counterfactual-line">
        <DayLine {...shared} series={seriesOf(chart, chart.counterfactual)} colour="var(--spend)" />
      </g>
      <DayLine {...shared} series={observed} colour="var(--accent)" />
      <DayCursor {...shared} series={observed} colour="var(--accent)" active={area.active} height={height} />
    </g>
  );
}

/** The difference of each day, up or down from zero. */
function Differences({ chart, area, x }: PanelProps) {
  const { t } = useWords();
  const height = area.height * PARTS[2];
  const y = scaleLinear(chart.differences, [height, 0]);
  const width = Math.max(1, Math.min(12, (0.7 * area.width) / chart.dates.length));
  return (
    <g transform={`translate(0 ${area.height * (PARTS[0] + PARTS[1])})`}>
      <text className="panel-title" x={-MARGINS.left} y={-12}>
        {t("experiments.difference")}
      </text>
      <ValueAxis ticks={valueTicks(chart.differences, 3, chart.print)} scale={y} width={area.width} />
      {chart.difference.map((value, day) => (
        <rect
          key={chart.dates[day]}
          className={day >= chart.firstDay ? "difference-during" : "difference-before"}
          x={x(day) - width / 2}
          width={width}
          y={Math.min(y(0), y(value))}
          height={Math.abs(y(value) - y(0))}
        />
      ))}
    </g>
  );
}

/** Test regions against their counterfactual, before the test and during it. */
export function GeoTestChart({ chart }: { chart: GeoTestChartModel }) {
  const { t, format } = useWords();
  const last = Math.max(1, chart.dates.length - 1);
  const xAt = (index: number, width: number) => (index / last) * width;
  return (
    <Plot
      label={chart.label}
      height={GEO_TEST_HEIGHT}
      margins={MARGINS}
      cursor={{ count: chart.dates.length, xAt, readout: chart.readout }}
    >
      {(area) => {
        const x = (index: number) => xAt(index, area.width);
        const start = x(chart.firstDay - 0.5);
        return (
          <>
            <rect className="test-days" x={start} width={Math.max(0, area.width - start)} height={area.height} />
            <text className="test-days-label" x={area.width - 6} y={14} textAnchor="end">
              {t("experiments.during")}
            </text>
            <Levels chart={chart} area={area} x={x} />
            <Differences chart={chart} area={area} x={x} />
            <PositionAxis
              ticks={dateTicks(chart.dates, area.width, format)}
              scale={x}
              y={area.height}
              width={area.width}
            />
          </>
        );
      }}
    </Plot>
  );
}
