import { ModelError } from "../model-error.ts";
import type { MarkovOptions } from "./markov.ts";
import { type AggregatedPaths, renumberChannels, withoutRepeats } from "./paths.ts";
import { CONVERTED, countSteps, ENDED, fillStepChances, type StepCounts } from "./step-chances.ts";

export interface ChosenOrder {
  readonly order: number;
  /** For orders 1, 2, ...: the log-likelihood of a held-out journey, on average over them. */
  readonly logLikelihood: Float64Array;
  /** For each order, the standard error of its distance from the best one, journey by journey. */
  readonly gapError: Float64Array;
  /** How many journeys were held out. */
  readonly journeys: number;
  readonly warnings: readonly string[];
}

/** Fewer journeys than this say little about an order. */
const FEW_JOURNEYS = 1_000;

/**
 * Chooses the order of a Markov model on journeys that it was not fitted on: every next step (touches, and how the journey
 * ends) is foretold from the last 1, 2, ... touches, with chances smoothed as in `fillStepChances`. In sample the highest
 * order always wins. Chosen is the lowest order that is at most one standard error of their difference behind the best:
 * an order more multiplies the states, and has to earn it.
 * @param heldOutPaths journeys of other visitors; channels that training did not see are possible, and unlikely
 * @throws ModelError when the highest order is no whole number from 1, or either part has no journeys
 */
export function chooseMarkovOrder(
  trainPaths: AggregatedPaths,
  heldOutPaths: AggregatedPaths,
  maxOrder: number,
  { collapse = "windows" }: Pick<MarkovOptions, "collapse"> = {},
): ChosenOrder {
  if (!Number.isInteger(maxOrder) || maxOrder < 1) {
    throw new ModelError(`Orders up to ${maxOrder} cannot be compared; choose a whole number from 1.`);
  }
  const prepare = (paths: AggregatedPaths): AggregatedPaths => (collapse === "touches" ? withoutRepeats(paths) : paths);
  const counts = countSteps(prepare(trainPaths), maxOrder);
  if (counts.totals[0] === 0) throw new ModelError("There are no journeys to fit orders on; widen the dates.");
  const heldOut = prepare(renumberChannels(heldOutPaths, trainPaths.channels));
  const moments = likelihoodMoments(counts, heldOut);
  if (moments.journeys === 0) throw new ModelError("No journeys are held out to choose an order on; widen the dates.");

  const logLikelihood = moments.sum.map((sum) => sum / moments.journeys);
  const best = logLikelihood.indexOf(Math.max(...logLikelihood));
  const gapError = logLikelihood.map((mean, k) => {
    const gap = mean - logLikelihood[best]!;
    const square = gapSquares(moments, k, best) / moments.journeys;
    return Math.sqrt(Math.max(0, square - gap ** 2) / moments.journeys);
  });
  const chosen = logLikelihood.findIndex((mean, k) => logLikelihood[best]! - mean <= gapError[k]!);
  return {
    order: chosen + 1,
    logLikelihood,
    gapError,
    journeys: moments.journeys,
    warnings:
      moments.journeys < FEW_JOURNEYS
        ? [`Only ${moments.journeys} journeys are held out: the order is chosen on thin evidence.`]
        : [],
  };
}

/** Sums over held-out journeys of the log-likelihood by order and of its products, which give the spread of any difference. */
interface LikelihoodMoments {
  readonly journeys: number;
  readonly sum: Float64Array;
  /** orders x orders */
  readonly products: Float64Array;
}

/** Sum of (a - b)^2 from the sums of a^2, a b and b^2. */
function gapSquares({ sum, products }: LikelihoodMoments, a: number, b: number): number {
  const n = sum.length;
  return products[a * n + a]! - 2 * products[a * n + b]! + products[b * n + b]!;
}

function likelihoodMoments(counts: StepCounts, paths: AggregatedPaths): LikelihoodMoments {
  const orders = counts.order;
  const sum = new Float64Array(orders);
  const products = new Float64Array(orders * orders);
  const chances = new Float64Array(orders + 1);
  const touches = new Float64Array(orders);
  const total = new Float64Array(orders);
  let journeys = 0;
  const addJourneys = (count: number): void => {
    journeys += count;
    for (let a = 0; a < orders; a++) {
      sum[a]! += count * total[a]!;
      for (let b = 0; b < orders; b++) products[a * orders + b]! += count * total[a]! * total[b]!;
    }
  };
  for (let row = 0; row < paths.conversions.length; row++) {
    const [conversions, nulls] = [paths.conversions[row]!, paths.nulls[row]!];
    if (conversions + nulls === 0) continue;
    const [from, end] = [paths.offsets[row]!, paths.offsets[row + 1]!];
    touches.fill(0);
    const foretell = (at: number, step: number, sums: Float64Array): void => {
      fillStepChances(counts, paths.states, { from, at }, step, chances);
      for (let k = 0; k < orders; k++) sums[k]! += Math.log(chances[k + 1]!);
    };
    for (let at = from; at < end; at++) foretell(at, paths.states[at]!, touches);
    if (conversions > 0) {
      total.set(touches);
      foretell(end, CONVERTED, total);
      addJourneys(conversions);
    }
    if (nulls > 0) {
      total.set(touches);
      foretell(end, ENDED, total);
      addJourneys(nulls);
    }
  }
  return { journeys, sum, products };
}
