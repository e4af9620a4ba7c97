import { drawNormal } from "../draw-normal.ts";
import { ModelError } from "../model-error.ts";
import { quantile } from "../quantile.ts";

/** One channel, one entry a day in the order of the days; amounts in one currency. */
export interface SaturationObservations {
  readonly spend: Float64Array;
  /** Revenue by touch date; refunds may make a day negative. */
  readonly revenue: Float64Array;
  /** How receptive the market was, 1 in an ordinary time; positive. */
  readonly season: Float64Array;
}

export interface SaturationOptions {
  /** How many draws of the curve are made. */
  readonly draws: number;
  /** Uniform in [0, 1): the same sequence gives the same draws. */
  readonly random: () => number;
}

/** revenue(spend) = ceiling x spend / (halfSpend + spend), by day, in a season of 1. */
export interface SaturatingCurve {
  readonly ceiling: number;
  /** Spend a day that brings half of the ceiling. */
  readonly halfSpend: number;
}

export interface SaturatingCurveFit extends SaturatingCurve {
  readonly kind: "fitted";
  /** Share of the variance of daily revenue that the curve explains; negative where the mean would do better, 0 where nothing varies. */
  readonly r2: number;
  readonly draws: readonly SaturatingCurve[];
  /** Standard deviation of spend over its mean, on days with spend. Where it is small the prior decides how it saturates. */
  readonly spendVariation: number;
  readonly positiveDays: number;
}

export interface RefusedCurve {
  readonly kind: "refused";
  /** "falling": revenue fell where spend rose, so that no rising curve fits. */
  readonly code: "few-days" | "no-revenue" | "falling";
  /** Days with spend. */
  readonly days: number;
  /** The same as an English sentence. */
  readonly reason: string;
}

/** A curve needs at least so many days with spend. */
export const FEWEST_CURVE_DAYS = 14;
const BLOCK_DAYS = 7;
/** Two parameters are fitted. */
const PARAMETERS = 2;
/** Standard deviation of log halfSpend in the prior: 68 % within a factor of e, 95 % within a factor of 7. */
const PRIOR_LOG_SD = 1;
/** Least noise, as a part of squared revenue: above rounding, so that the prior still decides where even noise is silent. */
const LEAST_NOISE = 1e-10;
const GRID_STEP = 0.5;
/** The grid goes this far, in log, beyond the spend seen and the centre of the prior: over 400 times. */
const GRID_MARGIN = 6;
const GOLDEN_STEPS = 24;

/**
 * Fits revenue_t = season_t x ceiling x spend_t / (halfSpend + spend_t) + noise, ceiling >= 0, by least squares.
 *
 * For a given halfSpend the ceiling is a regression through zero, so that only log halfSpend is searched: a grid, then
 * golden section around its best point, of
 *
 *     squared error + noise variance x (log halfSpend - log centre)^2 / PRIOR_LOG_SD^2
 *
 * which is the log-posterior, times -2 and the noise variance, under a log-normal prior centred on twice the median
 * spend. The noise variance is that of the best fit without the prior. Where spend varied, the data outweigh the prior by
 * far; where it hardly did, squared error is flat in halfSpend and the prior speaks.
 *
 * A draw is the same fit to blocks of 7 consecutive days, taken at random and with repeats, so that noise and its
 * persistence from day to day are carried along, with the prior's centre drawn from the prior. Moving the centre is what
 * makes draws as wide as the prior where data are silent; otherwise all would agree there, on the prior's guess.
 * Days without spend say nothing about the curve (it is 0 there) and are left out of the fit; they do count in r2.
 *
 * @throws ModelError when the arrays differ in length or hold numbers that no day can have
 * Law: revenue in another unit scales the ceiling, spend in another unit scales halfSpend, each exactly, draws included.
 * Source: Künsch 1989 for the moving blocks; Bardsley et al. 2014 for moving the prior (randomise, then optimise).
 */
export function fitSaturatingCurve(
  observations: SaturationObservations,
  { draws, random }: SaturationOptions,
): SaturatingCurveFit | RefusedCurve {
  refuseFaultyObservations(observations);
  const days = daysWithSpend(observations);
  const positiveDays = days.spend.length;
  if (positiveDays < FEWEST_CURVE_DAYS) return refused("few-days", positiveDays);
  if (!(sum(days.revenue) > 0)) return refused("no-revenue", positiveDays);

  const priorLog = Math.log(2 * quantile(days.spend, 0.5));
  const grid = logGrid(days.spend, priorLog);
  const best = fitDays(days, grid, priorLog);
  if (!(best.ceiling > 0)) return refused("falling", positiveDays);
  const widened = { ...days, revenue: widenNoise(days, best) };
  return {
    kind: "fitted",
    ...best,
    r2: explainedShare(observations, best),
    draws: Array.from({ length: draws }, () =>
      fitDays(drawBlocks(widened, random), grid, priorLog + PRIOR_LOG_SD * drawNormal(random)),
    ),
    spendVariation: variation(days.spend),
    positiveDays,
  };
}

function fitDays(days: SaturationObservations, grid: Float64Array, priorLog: number): SaturatingCurve {
  const errors = grid.map((logHalf) => regress(days, Math.exp(logHalf)).squaredError);
  const squaredError = (logHalf: number): number => regress(days, Math.exp(logHalf)).squaredError;
  const leastError = squaredError(lowestNear(grid, errors, squaredError));
  const leastNoise = LEAST_NOISE * sum(days.revenue.map((each) => each ** 2));
  const noiseVariance = Math.max(leastError, leastNoise) / (days.spend.length - PARAMETERS);

  const penalty = (logHalf: number): number => noiseVariance * ((logHalf - priorLog) / PRIOR_LOG_SD) ** 2;
  const scores = errors.map((error, at) => error + penalty(grid[at]!));
  const halfSpend = Math.exp(lowestNear(grid, scores, (logHalf) => squaredError(logHalf) + penalty(logHalf)));
  return { ceiling: regress(days, halfSpend).ceiling, halfSpend };
}

/** Where the score is lowest, searched on both sides of the grid's best point. */
function lowestNear(grid: Float64Array, scores: Float64Array, score: (logHalf: number) => number): number {
  const best = grid[scores.indexOf(Math.min(...scores))]!;
  return goldenSection(best - GRID_STEP, best + GRID_STEP, score);
}

/** Least squares for the ceiling alone: revenue on season x spend / (halfSpend + spend), through zero, not negative. */
function regress(
  { spend, revenue, season }: SaturationObservations,
  halfSpend: number,
): { ceiling: number; squaredError: number } {
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let day = 0; day < spend.length; day++) {
    const x = (season[day]! * spend[day]!) / (halfSpend + spend[day]!);
    const y = revenue[day]!;
    xx += x * x;
    xy += x * y;
    yy += y * y;
  }
  const ceiling = Math.max(0, xy / xx);
  // What is left of a perfect fit is rounding, and may be negative.
  return { ceiling, squaredError: Math.max(0, yy - ceiling * xy) };
}

function logGrid(spend: Float64Array, priorLog: number): Float64Array {
  const from = Math.min(priorLog, Math.log(Math.min(...spend))) - GRID_MARGIN;
  const to = Math.max(priorLog, Math.log(Math.max(...spend))) + GRID_MARGIN;
  const points = Math.ceil((to - from) / GRID_STEP) + 1;
  return Float64Array.from({ length: points }, (_, at) => from + at * GRID_STEP);
}

/** The place of the least value between two ends, for a function with one valley there. */
function goldenSection(from: number, to: number, score: (at: number) => number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let low = from;
  let high = to;
  let left = high - ratio * (high - low);
  let right = low + ratio * (high - low);
  let atLeft = score(left);
  let atRight = score(right);
  for (let step = 0; step < GOLDEN_STEPS; step++) {
    if (atLeft <= atRight) {
      high = right;
      right = left;
      atRight = atLeft;
      left = high - ratio * (high - low);
      atLeft = score(left);
    } else {
      low = left;
      left = right;
      atLeft = atRight;
      right = low + ratio * (high - low);
      atRight = score(right);
    }
  }
  return (low + high) / 2;
}

function daysWithSpend({ spend, revenue, season }: SaturationObservations): SaturationObservations {
  const kept = (numbers: Float64Array): Float64Array => numbers.filter((_, day) => spend[day]! > 0);
  return { spend: kept(spend), revenue: kept(revenue), season: kept(season) };
}

/**
 * Revenue with its distance from the curve stretched. A bootstrap of few blocks understates noise, because the curve was
 * fitted to the very same blocks; stretched by sqrt((b + 1) / (b - 1)) for b blocks, bands of 60 days hold the truth
 * about as often as those of a year.
 */
function widenNoise({ spend, revenue, season }: SaturationObservations, curve: SaturatingCurve): Float64Array {
  const blocks = spend.length / BLOCK_DAYS;
  const stretch = Math.sqrt((blocks + 1) / (blocks - 1));
  return revenue.map((each, day) => {
    const expected = expectedRevenue(curve, spend[day]!, season[day]!);
    return expected + stretch * (each - expected);
  });
}

function expectedRevenue({ ceiling, halfSpend }: SaturatingCurve, spend: number, season: number): number {
  return (season * ceiling * spend) / (halfSpend + spend);
}

/** As many days as there are, in blocks that start anywhere; the last one is cut. */
function drawBlocks({ spend, revenue, season }: SaturationObservations, random: () => number): SaturationObservations {
  const days = spend.length;
  const drawn = { spend: new Float64Array(days), revenue: new Float64Array(days), season: new Float64Array(days) };
  for (let at = 0; at < days; at += BLOCK_DAYS) {
    const from = Math.floor(random() * (days - BLOCK_DAYS + 1));
    const to = from + Math.min(BLOCK_DAYS, days - at);
    drawn.spend.set(spend.subarray(from, to), at);
    drawn.revenue.set(revenue.subarray(from, to), at);
    drawn.season.set(season.subarray(from, to), at);
  }
  return drawn;
}

function explainedShare({ spend, revenue, season }: SaturationObservations, curve: SaturatingCurve): number {
  const mean = sum(revenue) / revenue.length;
  let unexplained = 0;
  let variance = 0;
  for (let day = 0; day < spend.length; day++) {
    unexplained += (revenue[day]! - expectedRevenue(curve, spend[day]!, season[day]!)) ** 2;
    variance += (revenue[day]! - mean) ** 2;
  }
  return variance > 0 ? 1 - unexplained / variance : 0;
}

function variation(spend: Float64Array): number {
  const mean = sum(spend) / spend.length;
  const variance = spend.reduce((total, each) => total + (each - mean) ** 2, 0) / spend.length;
  return Math.sqrt(variance) / mean;
}

function sum(numbers: Float64Array): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function refused(code: RefusedCurve["code"], days: number): RefusedCurve {
  return { kind: "refused", code, days, reason: refusalInWords(code, days) };
}

function refusalInWords(code: RefusedCurve["code"], days: number): string {
  switch (code) {
    case "few-days": {
      const counted = days === 0 ? "No day has" : days === 1 ? "Only one day has" : `Only ${days} days have`;
      return `${counted} spend; a curve needs at least ${FEWEST_CURVE_DAYS}.`;
    }
    case "no-revenue":
      return "The days with spend brought no revenue.";
    case "falling":
      return "Revenue fell where spend rose; no rising curve fits.";
  }
}

function refuseFaultyObservations({ spend, revenue, season }: SaturationObservations): void {
  if (revenue.length !== spend.length || season.length !== spend.length) {
    throw new ModelError(
      `Spend has ${spend.length} days, revenue ${revenue.length} and season ${season.length}; give one number a day for each.`,
    );
  }
  const refuse = (name: string, numbers: Float64Array, isFine: (each: number) => boolean, demand: string): void => {
    const faulty = numbers.findIndex((each) => !Number.isFinite(each) || !isFine(each));
    if (faulty >= 0) throw new ModelError(`Day ${faulty + 1}: ${name} is ${numbers[faulty]}; it must be ${demand}.`);
  };
  refuse("spend", spend, (each) => each >= 0, "finite and not negative");
  refuse("revenue", revenue, () => true, "finite");
  refuse("season", season, (each) => each > 0, "finite and positive");
}
