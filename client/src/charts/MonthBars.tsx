import { scaleBand, scaleLinear } from "d3";
import { useWords } from "../i18n/words-context.tsx";
import { PositionAxis, ValueAxis } from "./marks/Axes.tsx";
import { Plot } from "./Plot.tsx";
import { valueTicks } from "./prepare/axis.ts";
import { MONTH_SERIES, type MonthsChart } from "./prepare/report-months.ts";

export const MONTH_BARS_HEIGHT = 220;
const MARGINS = { top: 8, right: 8, bottom: 24, left: 56 };
/** About as wide as the name of a month, in pixels. */
const LABEL_WIDTH = 104;
const WIDEST_BAR = 34;

/** Three bars a month beside each other. */
export function MonthBars({ chart }: { chart: MonthsChart }) {
  const { format } = useWords();
  const { months, names, domain } = chart;
  const centre = (index: number, width: number) => ((index + 0.5) / months.length) * width;
  return (
    <>
      <p className="legend">
        {MONTH_SERIES.map((key, at) => (
          <span key={key} className="legend-item">
            <svg className="legend-mark" viewBox="0 0 16 8" aria-hidden="true">
              <rect width="16" height="8" rx="2" className={`month-bar month-bar-${key}`} />
            </svg>
            {names[at]}
          </span>
        ))}
      </p>
      <Plot
        label={chart.label}
        height={MONTH_BARS_HEIGHT}
        margins={MARGINS}
        cursor={{ count: months.length, xAt: centre, readout: chart.readout }}
      >
        {({ width, height, active }) => {
          const y = scaleLinear(domain, [height, 0]);
          const room = Math.min((width / Math.max(1, months.length)) * 0.8, WIDEST_BAR * MONTH_SERIES.length);
          const bars = scaleBand([...MONTH_SERIES], [-room / 2, room / 2]).paddingInner(0.08);
          const every = Math.max(1, Math.ceil(LABEL_WIDTH / (width / Math.max(1, months.length))));
          const ticks = months.flatMap(({ label }, value) => (value % every === 0 ? [{ value, label }] : []));
          return (
            <>
              <ValueAxis ticks={valueTicks(domain, 4, format.moneyShort)} scale={y} width={width} />
              {months.map(({ month, values }, index) => (
                <g
                  key={month}
                  transform={`translate(${centre(index, width)} 0)`}
                  className={active === index ? "month-active" : undefined}
                >
                  {MONTH_SERIES.map((key, at) => (
                    <rect
                      key={key}
                      className={`month-bar month-bar-${key}`}
                      x={bars(key) ?? 0}
                      width={bars.bandwidth()}
                      y={Math.min(y(values[at] ?? 0), y(0))}
                      height={Math.abs(y(values[at] ?? 0) - y(0))}
                    />
                  ))}
                </g>
              ))}
              <PositionAxis ticks={ticks} scale={(index) => centre(index, width)} y={height} width={width} />
            </>
          );
        }}
      </Plot>
    </>
  );
}
