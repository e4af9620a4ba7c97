import { line, scaleLinear } from "d3";

const WIDTH = 96;
const HEIGHT = 24;
const AIR = 2;

interface Present {
  readonly index: number;
  readonly value: number | null;
}

/** The shape of some days beside their figure; it breaks where days are missing. */
export function Sparkline({ values, label }: { values: readonly (number | null)[]; label: string }) {
  const largest = Math.max(0, ...values.map((value) => value ?? 0));
  const x = scaleLinear([0, Math.max(1, values.length - 1)], [AIR, WIDTH - AIR]);
  const y = scaleLinear([0, largest > 0 ? largest : 1], [HEIGHT - AIR, AIR]);
  const path = line<Present>()
    .defined(({ value }) => value !== null)
    .x(({ index }) => x(index))
    .y(({ value }) => y(value ?? 0));
  return (
    <svg className="sparkline" role="img" aria-label={label} viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
      <path d={path(values.map((value, index) => ({ index, value }))) ?? undefined} />
    </svg>
  );
}
