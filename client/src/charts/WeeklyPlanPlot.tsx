import { line as linePath, scaleBand, scaleLinear } from "d3";
import { useWords } from "../i18n/words-context.tsx";
import { hueColour } from "./channel-colours.ts";
import { ValueAxis } from "./marks/Axes.tsx";
import { Plot } from "./Plot.tsx";
import { valueTicks } from "./prepare/axis.ts";
import type { WeekColumn, WeeklyChart } from "./prepare/weekly-plan.ts";

export const WEEKLY_HEIGHT = 300;
const MARGINS = { top: 14, right: 12, bottom: 26, left: 60 };
const LABEL_WIDTH = 52;

/** Money by week, stacked by channel; over it, on a scale of its own from zero, the season. */
export function WeeklyPlanPlot({ chart }: { chart: WeeklyChart }) {
  const { format } = useWords();
  const bandsOf = (width: number) =>
    scaleBand(
      chart.columns.map(({ key }) => key),
      [0, width],
    ).padding(0.22);
  const middle = (index: number, width: number) => {
    const bands = bandsOf(width);
    return (bands(chart.columns[index]?.key ?? "") ?? 0) + bands.bandwidth() / 2;
  };
  return (
    <Plot
      label={chart.label}
      height={WEEKLY_HEIGHT}
      margins={MARGINS}
      cursor={{ count: chart.columns.length, xAt: middle, readout: chart.readout }}
    >
      {({ width, height, active }) => {
        const bands = bandsOf(width);
        const y = scaleLinear(chart.spendDomain, [height, 0]);
        const season = scaleLinear(chart.seasonDomain, [height, 0]);
        const path = linePath<WeekColumn>()
          .x((_, index) => middle(index, width))
          .y((column) => season(column.season));
        const every = Math.max(1, Math.ceil((chart.columns.length * LABEL_WIDTH) / Math.max(1, width)));
        return (
          <>
            <ValueAxis ticks={valueTicks(chart.spendDomain, 4, format.moneyShort)} scale={y} width={width} />
            {chart.columns.map((column, index) => (
              <g key={column.key} className={active === null || active === index ? undefined : "week-faint"}>
                {column.parts.map(({ channel, hue, from, to }) => (
                  <rect
                    key={channel}
                    className="week-part"
                    x={bands(column.key)}
                    width={bands.bandwidth()}
                    y={y(to)}
                    height={Math.max(0, y(from) - y(to))}
                    fill={hueColour(hue)}
                  />
                ))}
                {index % every === 0 && (
                  <text className="axis-note" x={middle(index, width)} y={height + 18} textAnchor="middle">
                    {column.label}
                  </text>
                )}
              </g>
            ))}
            <path className="season-line" d={path(chart.columns) ?? undefined} />
            {chart.columns.map((column, index) => (
              <circle
                key={column.key}
                className="season-dot"
                cx={middle(index, width)}
                cy={season(column.season)}
                r={2.5}
              />
            ))}
          </>
        );
      }}
    </Plot>
  );
}
