import { area, curveStep, line, scaleLinear } from "d3";
import { useWords } from "../i18n/words-context.tsx";
import { PositionAxis, ValueAxis } from "./marks/Axes.tsx";
import { type Margins, Plot } from "./Plot.tsx";
import { positionTicks, valueTicks } from "./prepare/axis.ts";
import type { PromisedChart, PromisedWeek } from "./prepare/promised-weeks.ts";

export const PROMISED_HEIGHT = 260;
const MARGINS: Margins = { top: 10, right: 16, bottom: 24, left: 60 };

type Placed = PromisedWeek & { readonly index: number };

/** The band of what was promised, week after week, and a dot with its interval for what came. A week that nobody can tell yet has none. */
export function PromisedPlot({ chart }: { chart: PromisedChart }) {
  const { format } = useWords();
  const { weeks } = chart;
  const xAt = (index: number, width: number) => ((index + 0.5) / weeks.length) * width;
  const placed = weeks.map((week, index): Placed => ({ ...week, index }));
  // Steps need their two ends: the first and the last week are as wide as the others.
  const [first, last] = [placed[0], placed.at(-1)];
  const ends =
    first === undefined || last === undefined
      ? []
      : [{ ...first, index: -0.5 }, ...placed, { ...last, index: weeks.length - 0.5 }];
  return (
    <Plot
      label={chart.label}
      height={PROMISED_HEIGHT}
      margins={MARGINS}
      cursor={{ count: weeks.length, xAt, readout: chart.readout }}
    >
      {({ width, height, active }) => {
        const y = scaleLinear([...chart.domain], [height, 0]);
        const x = ({ index }: Placed) => xAt(index, width);
        const band = area<Placed>()
          .curve(curveStep)
          .x(x)
          .y0(({ promised }) => y(promised.low))
          .y1(({ promised }) => y(promised.high));
        const middle = line<Placed>()
          .curve(curveStep)
          .x(x)
          .y(({ promised }) => y(promised.gain));
        return (
          <>
            <ValueAxis ticks={valueTicks(chart.domain, 4, format.moneyShort)} scale={y} width={width} />
            <path className="promised-band" d={band(ends) ?? undefined} />
            <path className="promised-middle" d={middle(ends) ?? undefined} />
            <line className="promised-zero" x1={0} x2={width} y1={y(0)} y2={y(0)} />
            {active !== null && (
              <line className="cursor-rule" x1={xAt(active, width)} x2={xAt(active, width)} y2={height} />
            )}
            {placed.map((week) =>
              week.realised === null ? null : (
                <g key={week.from} className="realised-mark">
                  <line x1={x(week)} x2={x(week)} y1={y(week.realised.low)} y2={y(week.realised.high)} />
                  <circle cx={x(week)} cy={y(week.realised.gain)} r={week.index === active ? 6 : 4} />
                </g>
              ),
            )}
            <PositionAxis
              ticks={positionTicks([0, Math.max(1, weeks.length - 1)], width, (index) =>
                format.day(weeks[Math.round(index)]?.from ?? weeks[0]?.from ?? ""),
              ).filter(({ value }) => Number.isInteger(value) && value < weeks.length)}
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
