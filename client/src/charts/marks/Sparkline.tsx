import { line } from "d3";

const [WIDTH, HEIGHT] = [96, 22];

interface Props {
  values: readonly (number | null)[];
  /** What is read aloud; without it the line is decoration beside a figure that says more. */
  label?: string;
}

/** A line without axes beside a figure: its course, not its values. It breaks where days are missing. */
export function Sparkline({ values, label }: Props) {
  const present = values.filter((value) => value !== null);
  const [low, high] = [Math.min(0, ...present), Math.max(0, ...present)];
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, index) => 1 + (index / Math.max(1, values.length - 1)) * (WIDTH - 2))
    .y((value) => HEIGHT - 2 - (((value ?? 0) - low) / (high - low || 1)) * (HEIGHT - 4));
  const drawing = present.length < 2 ? undefined : (path([...values]) ?? undefined);
  const frame = { className: "spark", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none" } as const;
  if (label === undefined) {
    return (
      <svg {...frame} aria-hidden="true">
        <path d={drawing} />
      </svg>
    );
  }
  return (
    <svg {...frame} role="img" aria-label={label}>
      <path d={drawing} />
    </svg>
  );
}
