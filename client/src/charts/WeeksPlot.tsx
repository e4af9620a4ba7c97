import { area, line, scaleLinear } from "d3";
import { useWords } from "../i18n/words-context.tsx";
import { PositionAxis, ValueAxis } from "./marks/Axes.tsx";
import { Plot } from "./Plot.tsx";
import { positionTicks, valueTicks } from "./prepare/axis.ts";
import type { WeekPoint, WeeksChart } from "./prepare/today-weeks.ts";

export const WEEKS_HEIGHT = 180;
const MARGINS = { top: 8, right: 12, bottom: 24, left: 52 };

type Placed = WeekPoint & { readonly index: number };

/** Weeks as a line in the band of what was expected. A week that runs is a hollow dot, joined to nothing. */
export function WeeksPlot({ chart, colour }: { chart: WeeksChart; colour: string }) {
  const { format } = useWords();
  const { weeks } = chart;
  const last = Math.max(1, weeks.length - 1);
  const xAt = (index: number, width: number) => (index / last) * width;
  const placed = weeks.map((week, index): Placed => ({ ...week, index }));
  const complete = placed.filter(({ isComplete }) => isComplete);
  const dayAt = (index: number) => format.day(weeks[Math.round(index)]?.from ?? weeks[0]?.from ?? "");
  return (
    <Plot
      label={chart.label}
      height={WEEKS_HEIGHT}
      margins={MARGINS}
      cursor={{ count: weeks.length, xAt, readout: chart.readout }}
    >
      {({ width, height, active }) => {
        const y = scaleLinear(chart.domain, [height, 0]);
        const x = (week: Placed) => xAt(week.index, width);
        const band = area<Placed>()
          .defined(({ low, high }) => low !== null && high !== null)
          .x(x)
          .y0(({ low }) => y(Math.max(chart.domain[0], low ?? 0)))
          .y1(({ high }) => y(Math.min(chart.domain[1], high ?? 0)));
        const path = line<Placed>()
          .defined(({ value }) => value !== null)
          .x(x)
          .y(({ value }) => y(value ?? 0));
        return (
          <>
            <ValueAxis ticks={valueTicks(chart.domain, 3, chart.print)} scale={y} width={width} />
            <path className="weeks-band" d={band(complete) ?? undefined} fill={colour} />
            <path className="day-line" d={path(complete) ?? undefined} stroke={colour} />
            {active !== null && (
              <line className="cursor-rule" x1={xAt(active, width)} x2={xAt(active, width)} y2={height} />
            )}
            {placed.map((week) =>
              week.value === null ? null : (
                <circle
                  key={week.from}
                  className={week.isComplete ? "weeks-dot" : "weeks-dot-running"}
                  cx={x(week)}
                  cy={y(week.value)}
                  r={week.index === active ? 5 : 3}
                  fill={week.isComplete ? colour : "var(--surface)"}
                  stroke={colour}
                />
              ),
            )}
            <PositionAxis
              ticks={positionTicks([0, last], width, dayAt).filter(({ value }) => Number.isInteger(value))}
              scale={(index) => xAt(index, width)}
              y={height}
              width={width}
            />
          </>
        );
      }}
    </Plot>
  );
}
