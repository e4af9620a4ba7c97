import { line } from "d3";

const [WIDTH, HEIGHT] = [96, 22];

/** A line without axes beside a figure: its course, not its values, which stand in the chart below. */
export function Sparkline({ values }: { values: readonly (number | null)[] }) {
  const present = values.filter((value) => value !== null);
  if (present.length < 2) return <svg className="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" />;
  const [low, high] = [Math.min(0, ...present), Math.max(...present)];
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, index) => 1 + (index / Math.max(1, values.length - 1)) * (WIDTH - 2))
    .y((value) => HEIGHT - 2 - (((value ?? 0) - low) / (high - low || 1)) * (HEIGHT - 4));
  return (
    <svg className="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <path d={path([...values]) ?? undefined} />
    </svg>
  );
}
