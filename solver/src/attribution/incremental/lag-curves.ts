/** Edges of the lag bins, in days between touch and conversion: fine where effects start, up to the longest lag. */
export const LAG_EDGES_DAYS: readonly number[] = [
  0,
  1 / 48,
  1 / 24,
  2 / 24,
  4 / 24,
  8 / 24,
  16 / 24,
  1,
  1.5,
  2,
  3,
  4,
  6,
  8,
  11,
  14,
  18,
  23,
  30,
  38,
  48,
  60,
];
export const LAG_BINS = LAG_EDGES_DAYS.length - 1;
export const LONGEST_LAG_DAYS = LAG_EDGES_DAYS[LAG_BINS]!;

/** How the effect of a touch may be spread over the time after it. */
export interface LagCurve {
  /** Time by which half of the effect has come. */
  readonly halfLifeDays: number;
  /** Share of the effect that comes in one day of each lag bin. */
  readonly density: Float64Array;
}

const HALF_LIVES = [1 / 24, 2 / 24, 4 / 24, 8 / 24, 16 / 24, 1.2, 2, 3.5, 6, 10, 16, 24];
const DELAYED_MEANS = [0.3, 1, 3, 8, 16];
const HEAVY_TAILED_HALF_LIVES = [0.1, 0.5, 2, 6];
const HEAVY_TAIL = 0.6;

function curveOf(halfLifeDays: number, arrivedBy: (days: number) => number): LagCurve {
  const density = new Float64Array(LAG_BINS);
  for (let bin = 0; bin < LAG_BINS; bin++) {
    const from = LAG_EDGES_DAYS[bin]!;
    const to = LAG_EDGES_DAYS[bin + 1]!;
    density[bin] = (arrivedBy(to) - arrivedBy(from)) / (to - from);
  }
  return { halfLifeDays, density };
}

/**
 * The curves that a channel is thought to follow, before any data: falling from the first minute (exponential), slower after
 * a fast start (Weibull of shape 0.6), and rising first (gamma of shape 2), each from hours to weeks.
 */
export const LAG_CURVES: readonly LagCurve[] = [
  ...HALF_LIVES.map((half) => curveOf(half, (days) => 1 - 2 ** (-days / half))),
  ...DELAYED_MEANS.map((mean) =>
    curveOf(0.839 * mean, (days) => 1 - Math.exp((-2 * days) / mean) * (1 + (2 * days) / mean)),
  ),
  ...HEAVY_TAILED_HALF_LIVES.map((half) => curveOf(half, (days) => 1 - 2 ** -((days / half) ** HEAVY_TAIL))),
];
