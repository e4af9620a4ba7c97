import { factorCholesky, solveCholesky } from "../../cholesky.ts";

/** Days of one channel as a regression of counts sees them; one number a day. */
export interface CountDays {
  readonly counts: Float64Array;
  /** What explains the logarithm of the count beside the offset; the first is 1 on every day. */
  readonly causes: readonly Float64Array[];
  /** Precision of what is assumed of each cause's coefficient: that it is near 0. 0 assumes nothing. */
  readonly precision: Float64Array;
}

/** How counts scatter: variance = mean + excess x mean^2, and days tell only 1 / `clumping` of what independent ones would. */
export interface Scatter {
  readonly excess: number;
  readonly clumping: number;
}

export interface CountFit {
  readonly coefficients: Float64Array;
  /** Cholesky factor of the information, row-major, lower. */
  readonly factor: Float64Array;
  /** Log-likelihood of the days that were weighed, with what is assumed of the coefficients. */
  readonly logPosterior: number;
}

const MOST_STEPS = 30;
/** A Newton step squares what is left to go: after one of this size it is in the sixth digit, and in the twelfth of the likelihood. */
const SETTLED = 1e-3;
const LONGEST_STEP = 2;

/**
 * log E[count] = offset + sum of coefficient x cause, by Newton steps on the likelihood of a negative binomial count (Poisson
 * where there is no excess). Constants that depend on counts alone are left out of the likelihood.
 * @param weights 1 for days that count, 0 for days that are held out
 * @param steps one is enough from a start that is nearly there
 */
export function fitCounts(
  { counts, causes, precision }: CountDays,
  offset: Float64Array,
  weights: Float64Array,
  { excess, clumping }: Scatter,
  start: Float64Array,
  steps = MOST_STEPS,
): CountFit {
  const size = causes.length;
  const coefficients = Float64Array.from(start);
  const gradient = new Float64Array(size);
  const information = new Float64Array(size * size);
  const factor = new Float64Array(size * size);
  for (let step = 0; step < steps; step++) {
    for (let i = 0; i < size; i++) {
      gradient[i] = -precision[i]! * coefficients[i]!;
      for (let j = 0; j <= i; j++) information[i * size + j] = i === j ? precision[i]! : 0;
    }
    for (let day = 0; day < counts.length; day++) {
      const weight = weights[day]! / clumping;
      if (weight === 0) continue;
      const mean = Math.exp(linear(offset, causes, coefficients, day));
      const each = weight / (1 + excess * mean);
      const residual = each * (counts[day]! - mean);
      const certainty = each * mean;
      for (let i = 0; i < size; i++) {
        const cause = causes[i]![day]!;
        gradient[i]! += residual * cause;
        for (let j = 0; j <= i; j++) information[i * size + j]! += certainty * cause * causes[j]![day]!;
      }
    }
    factor.set(information);
    factorCholesky(factor, size, (pivot) => Math.sqrt(Math.max(pivot, Number.MIN_VALUE)));
    const move = Float64Array.from(gradient);
    solveCholesky(factor, size, move);
    let longest = 0;
    for (const each of move) longest = Math.max(longest, Math.abs(each));
    const shorten = Math.min(1, LONGEST_STEP / longest);
    for (let i = 0; i < size; i++) coefficients[i]! += shorten * move[i]!;
    if (longest < SETTLED) break;
  }
  const pull = coefficients.reduce((sum, each, i) => sum + precision[i]! * each * each, 0);
  const told = likelihood({ counts, causes }, offset, { excess, clumping }, coefficients, (day) => weights[day] !== 0);
  return { coefficients, factor, logPosterior: told - pull / 2 };
}

/** Log-likelihood of the days that are held out, those of weight 0. */
export function heldOutLikelihood(
  days: CountDays,
  offset: Float64Array,
  weights: Float64Array,
  scatter: Scatter,
  { coefficients }: CountFit,
): number {
  return likelihood(days, offset, scatter, coefficients, (day) => weights[day] === 0);
}

function likelihood(
  { counts, causes }: Pick<CountDays, "counts" | "causes">,
  offset: Float64Array,
  { excess, clumping }: Scatter,
  coefficients: Float64Array,
  isCounted: (day: number) => boolean,
): number {
  let total = 0;
  for (let day = 0; day < counts.length; day++) {
    if (!isCounted(day)) continue;
    const eta = linear(offset, causes, coefficients, day);
    total += logLikelihood(counts[day]!, eta, Math.exp(eta), excess);
  }
  return total / clumping;
}

export function expectedCounts({ counts, causes }: CountDays, offset: Float64Array, fit: CountFit): Float64Array {
  return counts.map((_, day) => Math.exp(linear(offset, causes, fit.coefficients, day)));
}

/** Log of the determinant of the information. */
export function logDeterminant(factor: Float64Array, size: number): number {
  let total = 0;
  for (let i = 0; i < size; i++) total += 2 * Math.log(factor[i * size + i]!);
  return total;
}

/** Coefficients as the likelihood leaves them open: normal around the fit. */
export function drawCoefficients({ coefficients, factor }: CountFit, normal: () => number): Float64Array {
  const size = coefficients.length;
  const drawn = Float64Array.from(coefficients, normal);
  // The transpose of the factor undoes it: the covariance of what comes out is the inverse of the information.
  for (let i = size - 1; i >= 0; i--) {
    for (let j = i + 1; j < size; j++) drawn[i]! -= factor[j * size + i]! * drawn[j]!;
    drawn[i]! /= factor[i * size + i]!;
  }
  return drawn.map((each, i) => each + coefficients[i]!);
}

function linear(
  offset: Float64Array,
  causes: readonly Float64Array[],
  coefficients: Float64Array,
  day: number,
): number {
  let eta = offset[day]!;
  for (let i = 0; i < causes.length; i++) eta += coefficients[i]! * causes[i]![day]!;
  return eta;
}

function logLikelihood(count: number, eta: number, mean: number, excess: number): number {
  if (excess === 0) return count * eta - mean;
  return count * eta - (count + 1 / excess) * Math.log1p(excess * mean);
}
