import { area, curveMonotoneX, scaleLinear } from "d3";
import { useWords } from "../i18n/words-context.tsx";
import { hueColour } from "./channel-colours.ts";
import { PositionAxis, ValueAxis } from "./marks/Axes.tsx";
import { DayArea, DayCursor, DayLine } from "./marks/DayMarks.tsx";
import { Plot } from "./Plot.tsx";
import { dateTicks, valueTicks } from "./prepare/axis.ts";
import type { DaySeries, PerformanceDays } from "./prepare/performance-days.ts";

export const DAYS_HEIGHT = 280;
const MARGINS = { top: 12, right: 12, bottom: 24, left: 60 };

interface Scales {
  x(index: number): number;
  y(value: number): number;
}

/** A stack has no line over days that are missing: there it lies on what is below. */
function StackedDays({ series, x, y }: Scales & { series: DaySeries }) {
  const path = area<DaySeries["stack"][number]>()
    .x((_, index) => x(index))
    .y0(({ low }) => y(low))
    .y1(({ high }) => y(high))
    .curve(curveMonotoneX);
  return <path className="day-stack" d={path([...series.stack]) ?? undefined} fill={hueColour(series.hue)} />;
}

/** One metric by day: as a whole, by channel on top of each other, or as lines; the days compared as a dashed line. */
export function PerformanceDaysChart({ chart }: { chart: PerformanceDays }) {
  const { format } = useWords();
  const last = Math.max(1, chart.days.length - 1);
  const xAt = (index: number, width: number) => (chart.days.length === 1 ? width / 2 : (index / last) * width);
  const colourOf = (series: DaySeries) => (chart.shape === "total" ? "var(--accent)" : hueColour(series.hue));
  return (
    <Plot
      label={chart.label}
      height={DAYS_HEIGHT}
      margins={MARGINS}
      cursor={{ count: chart.days.length, xAt, readout: chart.readout }}
      notes={{ days: chart.days }}
    >
      {(area) => {
        const x = (index: number) => xAt(index, area.width);
        const y = scaleLinear(chart.domain, [area.height, 0]);
        const first = chart.series[0];
        return (
          <>
            <ValueAxis ticks={valueTicks(chart.domain, 4, chart.printShort)} scale={y} width={area.width} />
            {chart.compared !== null && (
              <g className="day-compared">
                <DayLine series={chart.compared} x={x} y={y} colour="var(--ink-faint)" />
              </g>
            )}
            {chart.shape === "total" && first !== undefined && (
              <DayArea series={first.days} x={x} y={y} colour="var(--accent)" />
            )}
            {chart.series.map((series) =>
              chart.shape === "stacked" ? (
                <StackedDays key={series.id} series={series} x={x} y={y} />
              ) : (
                <DayLine key={series.id} series={series.days} x={x} y={y} colour={colourOf(series)} />
              ),
            )}
            {first !== undefined && (
              <DayCursor
                series={chart.shape === "total" ? first.days : []}
                x={x}
                y={y}
                colour="var(--accent)"
                active={area.active}
                height={area.height}
              />
            )}
            <PositionAxis
              ticks={dateTicks(chart.days, area.width, format)}
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
