import { line as linePath, scaleLinear } from "d3";
import { useWords } from "../i18n/words-context.tsx";
import { hueColour } from "./channel-colours.ts";
import { ValueAxis } from "./marks/Axes.tsx";
import { valueTicks } from "./prepare/axis.ts";
import type { FrontierPoint } from "./prepare/frontier.ts";
import { goalShort } from "./prepare/goal-figure.ts";
import type { WhatIfChart } from "./prepare/what-if.ts";
import { SpendPlot } from "./SpendPlot.tsx";

export const WHAT_IF_HEIGHT = 200;
const MARGINS = { top: 16, right: 16, bottom: 24, left: 60 };

/** The result of the whole plan against the spend of one channel. */
export function WhatIfPlot({ chart }: { chart: WhatIfChart }) {
  const words = useWords();
  const colour = hueColour(chart.hue);
  return (
    <SpendPlot
      chart={chart}
      height={WHAT_IF_HEIGHT}
      margins={MARGINS}
      domain={chart.domains.budget}
      spends={chart.points.map(({ budget }) => budget)}
    >
      {(area, x) => {
        const y = scaleLinear(chart.domains.value, [area.height, 0]);
        const path = linePath<FrontierPoint>()
          .x((point) => x(point.budget))
          .y((point) => y(point.value));
        const active = area.active === null ? undefined : chart.points[area.active];
        return (
          <>
            <ValueAxis
              ticks={valueTicks(chart.domains.value, 4, (value) => goalShort(value, chart.goal, words))}
              scale={y}
              width={area.width}
            />
            <path className="frontier-line" style={{ stroke: colour }} d={path(chart.points) ?? undefined} />
            {chart.marks.map((mark) => (
              <g key={mark.key}>
                <circle
                  className={`frontier-mark frontier-${mark.key}`}
                  cx={x(mark.budget)}
                  cy={y(mark.value)}
                  r={5.5}
                />
                <text className="mark-label" x={x(mark.budget)} y={y(mark.value) + 20} textAnchor="middle">
                  {mark.label}
                </text>
              </g>
            ))}
            {active !== undefined && (
              <circle className="cursor-dot" cx={x(active.budget)} cy={y(active.value)} r={4} fill={colour} />
            )}
          </>
        );
      }}
    </SpendPlot>
  );
}
