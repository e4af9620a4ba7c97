import type { PlanGoal } from "@touchline/server/contract";
import { scaleLinear } from "d3";
import { useWords } from "../i18n/words-context.tsx";
import { PositionAxis } from "./marks/Axes.tsx";
import { Plot } from "./Plot.tsx";
import { positionTicks } from "./prepare/axis.ts";
import { goalShort } from "./prepare/goal-figure.ts";
import type { PlanResult } from "./prepare/plan-result.ts";

const HEIGHT = 58;
const MARGINS = { top: 10, right: 8, bottom: 22, left: 8 };

/** The gain on a line with its interval; a gain that may be a loss crosses the zero mark. */
export function IntervalChart({ interval, goal }: { interval: NonNullable<PlanResult["interval"]>; goal: PlanGoal }) {
  const words = useWords();
  return (
    <Plot label={interval.label} height={HEIGHT} margins={MARGINS}>
      {({ width, height }) => {
        const x = scaleLinear(interval.domain, [0, width]);
        const middle = height / 2;
        return (
          <>
            <line className="axis-line" x2={width} y1={height} y2={height} />
            <line className="interval-zero" x1={x(0)} x2={x(0)} y1={-6} y2={height} />
            <line className="interval-range" x1={x(interval.low)} x2={x(interval.high)} y1={middle} y2={middle} />
            <circle className="interval-gain" cx={x(interval.gain)} cy={middle} r={6} />
            <PositionAxis
              ticks={positionTicks(interval.domain, width, (value) => goalShort(value, goal, words))}
              scale={x}
              y={height}
              width={width}
            />
          </>
        );
      }}
    </Plot>
  );
}
