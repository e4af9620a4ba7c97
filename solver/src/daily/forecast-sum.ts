import { DAMPING, filterLevel, LEVEL_MODELS, type LevelState } from "./level-models.ts";
import { type IntervalLevel, studentQuantile } from "./student-quantile.ts";
import { weekdayShares } from "./weekday-shares.ts";

/** What comes in by the end of a day, from the first foretold day on. */
export interface ForecastDay {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Older days say little about the next weeks. */
const DAYS_OF_HISTORY = 84;
/** With fewer known days there is nothing to foretell from. */
const FEWEST_DAYS = 7;
const WEEK = 7;

interface Sums {
  readonly weight: number;
  readonly mean: readonly number[];
  readonly variance: readonly number[];
}

/** Means and variances of the sums of the coming days under one model, each day weighing by its weekday. */
function sumAhead(state: LevelState, weights: readonly number[]): Omit<Sums, "weight"> {
  const { model, noise } = state;
  let { level, slope } = state;
  let [vll, vls, vss] = state.variance;
  // The sum's own variance, and its covariances with level and slope.
  let [sum, vcc, vcl, vcs] = [0, 0, 0, 0];
  const [mean, variance]: [number[], number[]] = [[], []];
  for (const weight of weights) {
    level += slope;
    slope *= DAMPING;
    vcl += vcs;
    vcs *= DAMPING;
    vll += 2 * vls + vss + model.levelVariance;
    vls = DAMPING * (vls + vss);
    vss = DAMPING ** 2 * vss + model.slopeVariance;
    sum += weight * Math.max(0, level);
    vcc += 2 * weight * vcl + weight ** 2 * (vll + 1);
    vcl += weight * vll;
    vcs += weight * vls;
    mean.push(sum);
    variance.push(noise * vcc);
  }
  return { mean, variance };
}

/** Models weigh by how well each foretold every day from the days before it. */
function weigh(states: readonly LevelState[]): number[] {
  const best = Math.max(...states.map(({ logLikelihood }) => logLikelihood));
  const weights = states.map(({ logLikelihood }) => Math.exp(logLikelihood - best));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / all);
}

/**
 * The sums of the coming days: level and trend of the recent weeks through the pattern of the week, averaged over models of how fast both
 * change, because a few weeks cannot tell which is right.
 * @param values one a day, the newest last, none negative; null where nothing is known
 * @returns one a coming day, cumulative; null where too little is known
 * Law: a series that repeats one week exactly is continued exactly, with no width; scale goes through.
 * Source: Harvey 1989, structural time series; measured against simulated series in the test beside it.
 */
export function forecastSum(
  values: readonly (number | null)[],
  days: number,
  level: IntervalLevel,
): readonly ForecastDay[] | null {
  const recent = values.slice(-DAYS_OF_HISTORY);
  const known = recent.filter((value) => value !== null);
  if (known.length < FEWEST_DAYS) return null;
  const largest = Math.max(...known);
  if (largest === 0) return Array.from({ length: days }, () => ({ mean: 0, low: 0, high: 0 }));
  const shares = weekdayShares(recent);
  const even = recent.map((value, day) => {
    const share = shares[day % WEEK]!;
    return value === null || share === 0 ? null : value / largest / share;
  });
  const coming = Array.from({ length: days }, (_, ahead) => largest * shares[(recent.length + ahead) % WEEK]!);
  const states = LEVEL_MODELS.map((model) => filterLevel(even, model));
  const weights = weigh(states);
  const sums = states.map((state, i): Sums => ({ weight: weights[i]!, ...sumAhead(state, coming) }));
  const reach = studentQuantile(level, known.length - 2);
  let lowest = 0;
  return coming.map((_, day) => {
    const mean = sums.reduce((sum, each) => sum + each.weight * each.mean[day]!, 0);
    const variance = sums.reduce(
      (sum, each) => sum + each.weight * (each.variance[day]! + (each.mean[day]! - mean) ** 2),
      0,
    );
    const width = reach * Math.sqrt(variance);
    // What has come in does not go out again.
    lowest = Math.max(lowest, mean - width, 0);
    return { mean, low: Math.min(lowest, mean), high: mean + width };
  });
}
