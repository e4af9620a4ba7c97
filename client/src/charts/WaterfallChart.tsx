import { scaleLinear } from "d3";
import { Plot } from "./Plot.tsx";
import type { Movement, MovementStep } from "./prepare/movement.ts";

const ROW = 40;
const MARGINS = { top: 4, right: 8, bottom: 4, left: 8 };
const BAR = 12;

export function waterfallHeight({ steps }: Movement): number {
  return steps.length * ROW + MARGINS.top + MARGINS.bottom;
}

/** The name above its bar, and the amount at the right: labels never stand in the way of the bars. */
function Step({
  step,
  next,
  y,
  width,
  x,
}: {
  step: MovementStep;
  next: boolean;
  y: number;
  width: number;
  x(value: number): number;
}) {
  const [from, to] = [x(step.kind === "whole" ? Number.NEGATIVE_INFINITY : step.from), x(step.to)];
  const left = Math.min(from, to);
  return (
    <g transform={`translate(0 ${y})`}>
      <text className="waterfall-name" y={12}>
        {step.label}
        {step.detail !== null && <tspan className="waterfall-detail">{`  ${step.detail}`}</tspan>}
      </text>
      <text className="waterfall-amount" x={width} y={12} textAnchor="end">
        {step.text}
      </text>
      <rect
        className={`waterfall-${step.kind}`}
        x={left}
        y={18}
        width={Math.max(1.5, Math.abs(to - from))}
        height={BAR}
        rx={2}
      />
      {next && <line className="waterfall-link" x1={to} x2={to} y1={18 + BAR} y2={ROW + 18} />}
    </g>
  );
}

/** From one figure to the other, a step a part. */
export function WaterfallChart({ chart }: { chart: Movement }) {
  return (
    <Plot label={chart.label} height={waterfallHeight(chart)} margins={MARGINS}>
      {({ width }) => {
        const scale = scaleLinear(chart.domain, [0, width]);
        const x = (value: number) => (Number.isFinite(value) ? scale(value) : scale(chart.domain[0]));
        return chart.steps.map((step, place) => (
          <Step key={step.id} step={step} y={place * ROW} width={width} x={x} next={place < chart.steps.length - 1} />
        ));
      }}
    </Plot>
  );
}
