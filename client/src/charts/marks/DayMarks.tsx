import { area, curveMonotoneX, line } from "d3";
import { type DayValue, isolatedIndexes } from "../prepare/dense-series.ts";

interface Props {
  series: readonly DayValue[];
  x: (index: number) => number;
  y: (value: number) => number;
  colour: string;
}

interface Present {
  readonly index: number;
  readonly value: number | null;
}

function indexed(series: readonly DayValue[]): Present[] {
  return series.map((day, index) => ({ index, value: day.value }));
}

/** A line that breaks where days are missing. A day alone between gaps is a dot, or it would not be seen at all. */
export function DayLine({ series, x, y, colour }: Props) {
  const path = line<Present>()
    .defined((day) => day.value !== null)
    .x((day) => x(day.index))
    .y((day) => y(day.value ?? 0))
    .curve(curveMonotoneX);
  return (
    <g>
      <path d={path(indexed(series)) ?? undefined} className="day-line" stroke={colour} />
      {isolatedIndexes(series).map((index) => (
        <circle key={index} cx={x(index)} cy={y(series[index]?.value ?? 0)} r={2} fill={colour} />
      ))}
    </g>
  );
}

/** The same, filled down to zero. */
export function DayArea({ series, x, y, colour }: Props) {
  const path = area<Present>()
    .defined((day) => day.value !== null)
    .x((day) => x(day.index))
    .y0(y(0))
    .y1((day) => y(day.value ?? 0))
    .curve(curveMonotoneX);
  return <path d={path(indexed(series)) ?? undefined} className="day-area" fill={colour} />;
}

/** Where the cursor stands: a rule through the panel and a dot on the value. */
export function DayCursor({ series, x, y, colour, active, height }: Props & { active: number | null; height: number }) {
  if (active === null) return null;
  const value = series[active]?.value ?? null;
  return (
    <g>
      <line className="cursor-rule" x1={x(active)} x2={x(active)} y2={height} />
      {value !== null && <circle className="cursor-dot" cx={x(active)} cy={y(value)} r={4} fill={colour} />}
    </g>
  );
}
