import type { Tick } from "../prepare/chart-model.ts";

interface ValueAxisProps {
  ticks: readonly Tick[];
  scale: (value: number) => number;
  width: number;
}

/** Hairlines with their value at the left; the line of zero is a little stronger. */
export function ValueAxis({ ticks, scale, width }: ValueAxisProps) {
  return (
    <g className="axis">
      {ticks.map((tick) => (
        <g key={tick.value} transform={`translate(0 ${scale(tick.value)})`}>
          <line x2={width} className={tick.value === 0 ? "axis-zero" : "axis-line"} />
          <text x={-8} dy="0.32em" textAnchor="end">
            {tick.label}
          </text>
        </g>
      ))}
    </g>
  );
}

interface PositionAxisProps {
  ticks: readonly Tick[];
  scale: (value: number) => number;
  y: number;
  width: number;
}

/** Labels along the bottom; those at the ends lean inwards instead of being cut. */
export function PositionAxis({ ticks, scale, y, width }: PositionAxisProps) {
  return (
    <g className="axis" transform={`translate(0 ${y})`}>
      {ticks.map((tick) => {
        const x = scale(tick.value);
        const anchor = x < 16 ? "start" : x > width - 16 ? "end" : "middle";
        return (
          <g key={tick.value} transform={`translate(${x} 0)`}>
            <line y2={4} className="axis-tick" />
            <text y={17} textAnchor={anchor}>
              {tick.label}
            </text>
          </g>
        );
      })}
    </g>
  );
}
