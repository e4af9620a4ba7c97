import { factorCholesky, solveCholesky } from "../cholesky.ts";
import type { ChannelSets } from "./channel-sets.ts";

/** Coefficients of a logistic regression on which channels a journey touched: the intercept first, then one a channel. */
export type LogisticCoefficients = Float64Array;

const MOST_STEPS = 50;
const SETTLED = 1e-13;

/**
 * Fits P(convert | set) = 1 / (1 + exp(-(b0 + sum of b over the set))) to counted sets by Newton's method, with `ridge` / 2
 * times the sum of squares of all b but b0 taken off the log-likelihood: separated data have a finite answer then.
 * A step that would lower the target is halved.
 * @param featureOf the place of each channel among the features, -1 where it is none
 * @returns the coefficients, features in their places after the intercept
 */
export function fitLogistic(
  sets: ChannelSets,
  features: { readonly count: number; readonly featureOf: Int32Array },
  ridge: number,
): LogisticCoefficients {
  const size = features.count + 1;
  let coefficients: LogisticCoefficients = new Float64Array(size);
  const conversions = sets.conversions.reduce((sum, each) => sum + each, 0);
  const nulls = sets.nulls.reduce((sum, each) => sum + each, 0);
  coefficients[0] = Math.log(conversions / nulls);
  let height = penalisedLikelihood(sets, features.featureOf, coefficients, ridge);
  for (let step = 0; step < MOST_STEPS; step++) {
    const move = newtonMove(sets, features.featureOf, coefficients, ridge);
    let scale = 1;
    let reached: LogisticCoefficients;
    let reachedHeight: number;
    do {
      reached = coefficients.map((each, at) => each + scale * move[at]!);
      reachedHeight = penalisedLikelihood(sets, features.featureOf, reached, ridge);
      scale /= 2;
    } while (reachedHeight < height && scale > SETTLED);
    const rise = reachedHeight - height;
    if (rise < 0) return coefficients;
    coefficients = reached;
    height = reachedHeight;
    if (rise <= SETTLED * Math.abs(height)) return coefficients;
  }
  return coefficients;
}

function logOdds(sets: ChannelSets, featureOf: Int32Array, coefficients: Float64Array, set: number): number {
  let sum = coefficients[0]!;
  for (let entry = sets.offsets[set]!; entry < sets.offsets[set + 1]!; entry++) {
    const feature = featureOf[sets.members[entry]!]!;
    if (feature !== -1) sum += coefficients[feature + 1]!;
  }
  return sum;
}

function penalisedLikelihood(
  sets: ChannelSets,
  featureOf: Int32Array,
  coefficients: Float64Array,
  ridge: number,
): number {
  let sum = 0;
  for (let set = 0; set < sets.conversions.length; set++) {
    const odds = logOdds(sets, featureOf, coefficients, set);
    // log P(convert) = -log(1 + exp(-odds)), written so that neither end overflows.
    const logEither = Math.max(0, -odds) + Math.log1p(Math.exp(-Math.abs(odds)));
    sum -= sets.conversions[set]! * logEither + sets.nulls[set]! * (logEither + odds);
  }
  for (let at = 1; at < coefficients.length; at++) sum -= (ridge / 2) * coefficients[at]! ** 2;
  return sum;
}

function newtonMove(sets: ChannelSets, featureOf: Int32Array, coefficients: Float64Array, ridge: number): Float64Array {
  const size = coefficients.length;
  const slope = coefficients.map((each, at) => (at === 0 ? 0 : -ridge * each));
  const curvature = new Float64Array(size * size);
  for (let at = 1; at < size; at++) curvature[at * size + at] = ridge;
  const present: number[] = [];
  for (let set = 0; set < sets.conversions.length; set++) {
    const journeys = sets.conversions[set]! + sets.nulls[set]!;
    if (journeys === 0) continue;
    present.length = 0;
    present.push(0);
    for (let entry = sets.offsets[set]!; entry < sets.offsets[set + 1]!; entry++) {
      const feature = featureOf[sets.members[entry]!]!;
      if (feature !== -1) present.push(feature + 1);
    }
    const chance = 1 / (1 + Math.exp(-logOdds(sets, featureOf, coefficients, set)));
    const residual = sets.conversions[set]! - journeys * chance;
    const weight = journeys * chance * (1 - chance);
    for (const i of present) {
      slope[i]! += residual;
      for (const j of present) if (j <= i) curvature[i * size + j]! += weight;
    }
  }
  return solvePositive(curvature, slope);
}

/** Solves A x = y by Cholesky's factor; only the lower half of A is read. A direction without curvature is not moved in. */
function solvePositive(matrix: Float64Array, right: Float64Array): Float64Array {
  const factor = Float64Array.from(matrix);
  factorCholesky(factor, right.length, (pivot) => (pivot > 0 ? Math.sqrt(pivot) : Number.POSITIVE_INFINITY));
  const x = Float64Array.from(right);
  solveCholesky(factor, right.length, x);
  return x;
}
