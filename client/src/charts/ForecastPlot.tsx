import { area, line, scaleLinear } from "d3";
import { useWords } from "../i18n/words-context.tsx";
import { PositionAxis, ValueAxis } from "./marks/Axes.tsx";
import { Plot } from "./Plot.tsx";
import { dateTicks, valueTicks } from "./prepare/axis.ts";
import type { ForecastChart } from "./prepare/quality-forecast.ts";

export const FORECAST_HEIGHT = 280;
const MARGINS = { top: 10, right: 12, bottom: 24, left: 48 };

type Day = ForecastChart["days"][number];

/** Each week's forecast as a line in its band, what came as dots. Weeks are foretold apart, so that their lines do not meet. */
export function ForecastPlot({ chart }: { chart: ForecastChart }) {
  const { format } = useWords();
  const { days } = chart;
  const last = Math.max(1, days.length - 1);
  const xAt = (index: number, width: number) => (index / last) * width;
  const weeks = days.flatMap((day, start) =>
    day.isFirstOfWeek ? [{ start, days: days.slice(start, start + 7) }] : [],
  );
  return (
    <Plot
      label={chart.label}
      height={FORECAST_HEIGHT}
      margins={MARGINS}
      cursor={{ count: days.length, xAt, readout: chart.readout }}
    >
      {({ width, height, active }) => {
        const y = scaleLinear(chart.domain, [height, 0]);
        return (
          <>
            <ValueAxis ticks={valueTicks(chart.domain, 4, (value) => format.count(value))} scale={y} width={width} />
            {weeks.map(({ start, days: week }) => {
              const x = (_: Day, i: number) => xAt(start + i, width);
              const band = area<Day>(
                x,
                (day) => y(day.low),
                (day) => y(day.high),
              )(week);
              const expected = line<Day>(x, (day) => y(day.expected))(week);
              const without = line<Day>(x, (day) => y(day.withoutTouches))(week);
              return (
                <g key={start}>
                  <path className="forecast-band" d={band ?? undefined} />
                  <path className="forecast-without" d={without ?? undefined} />
                  <path className="forecast-line" d={expected ?? undefined} />
                </g>
              );
            })}
            {active !== null && (
              <line className="cursor-rule" x1={xAt(active, width)} x2={xAt(active, width)} y2={height} />
            )}
            {days.map((day, i) => (
              <circle
                key={day.date}
                className="forecast-seen"
                cx={xAt(i, width)}
                cy={y(day.seen)}
                r={i === active ? 5 : 3}
              />
            ))}
            <PositionAxis
              ticks={dateTicks(
                days.map(({ date }) => date),
                width,
                format,
              )}
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
