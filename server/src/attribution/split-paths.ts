import type { AggregatedPaths } from "@touchline/solver";

const HELD_OUT = 0.3;

/**
 * Splits journeys that are only known as counts: of each path so many are held out, and what is left of a part by chance. Law: the two
 * parts add up to the whole.
 */
export function splitPaths(
  paths: AggregatedPaths,
  random: () => number,
): { train: AggregatedPaths; heldOut: AggregatedPaths } {
  const part = (counts: Float64Array) =>
    counts.map((count) => {
      const expected = count * HELD_OUT;
      const whole = Math.floor(expected);
      return Math.min(count, whole + (random() < expected - whole ? 1 : 0));
    });
  const conversions = part(paths.conversions);
  const nulls = part(paths.nulls);
  const value = paths.value.map((worth, i) =>
    paths.conversions[i]! === 0 ? 0 : (worth * conversions[i]!) / paths.conversions[i]!,
  );
  const rest = (all: Float64Array, taken: Float64Array) => all.map((count, i) => count - taken[i]!);
  return {
    heldOut: { ...paths, conversions, nulls, value },
    train: {
      ...paths,
      conversions: rest(paths.conversions, conversions),
      nulls: rest(paths.nulls, nulls),
      value: rest(paths.value, value),
    },
  };
}
