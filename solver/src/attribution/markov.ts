import { ModelError } from "../model-error.ts";
import { sumOf } from "./compensated-sum.ts";
import { collectAtFirstVisits } from "./first-visits.ts";
import { concludeFit, type MarkovFit } from "./markov-fit.ts";
import { countTransitions, solveMarkovOrder1 } from "./markov-order-1.ts";
import { describeEvidence, type PathCredit } from "./path-credit.ts";
import { type AggregatedPaths, refuseUncreditable } from "./paths.ts";
import { successorsFirst, sweepRewards } from "./sweep-chain.ts";
import { buildWindowChain, type WindowChain } from "./window-chain.ts";

export interface MarkovOptions {
  /** How many touches in a row make a state. 1 where not given. */
  readonly order?: number;
  /**
   * What counts as a repeat that collapses. "windows" (where not given): equal states in a row, so that "a a" is a window
   * of its own at order 2. "touches": touches in a row on one channel become one before windows are cut. At order 1 both
   * give the same answer.
   */
  readonly collapse?: "windows" | "touches";
}

/**
 * Fits a Markov chain of order k to aggregated paths and solves it: no walks are simulated. Transitions are weighted with
 * conversions plus unconverted journeys; removing a channel removes every state that contains it.
 * @throws ModelError when the order is no whole number from 1, nothing converts, or a value comes without a conversion
 * Law: shares add up to 1; renaming or reordering channels, or doubling every journey, changes nothing.
 * Source: Anderl et al. 2016, "Mapping the customer journey".
 */
export function fitMarkov(paths: AggregatedPaths, { order = 1, collapse = "windows" }: MarkovOptions = {}): MarkovFit {
  if (!Number.isInteger(order) || order < 1) {
    throw new ModelError(`A Markov model of order ${order} does not exist; choose a whole number from 1.`);
  }
  refuseUncreditable(paths, "a Markov model");
  return order === 1
    ? solveMarkovOrder1(countTransitions(paths))
    : solveWindowChain(paths.channels, buildWindowChain(paths, order, collapse === "touches"));
}

/** Credit by channel from a Markov fit: share x total. Law: it adds up to the conversions and the value of the paths. */
export function creditPathsByMarkov(
  paths: AggregatedPaths,
  options: MarkovOptions = {},
): PathCredit & { fit: MarkovFit } {
  const fit = fitMarkov(paths, options);
  const conversions = sumOf(paths.conversions);
  const value = sumOf(paths.value);
  return {
    conversions: fit.share.map((share) => share * conversions),
    value: fit.valueShare.map((share) => share * value),
    warnings: [...fit.warnings, ...describeEvidence(paths), ...describeMissingNulls(paths)],
    fit,
  };
}

function describeMissingNulls({ hasNulls }: AggregatedPaths): string[] {
  if (hasNulls) return [];
  return [
    "Unconverted journeys are not counted: the chain knows only how buyers walked, not which channels set them apart; count them for a fair comparison.",
  ];
}

/**
 * Removal effects by sweeps. What is lost without a channel is what walks collect that pass through one of its states:
 * the walk is followed to the first such state, and what is expected from there is taken as its reward. This is the same
 * as the difference between the chain with and without the channel, and nothing is subtracted.
 * Agrees with `solveMarkovOrder1` where the order is 1: that is its test.
 */
export function solveWindowChain(channels: readonly string[], chain: WindowChain): MarkovFit {
  const order = successorsFirst(chain);
  const journeys = sumOf(chain.starts);
  const prospects = {
    conversions: sweepRewards(chain, order, chain.conversions),
    value: sweepRewards(chain, order, chain.value),
  };
  const fromStart = (x: Float64Array): number => sumOf(x.map((each, state) => each * chain.starts[state]!)) / journeys;
  const lost = collectAtFirstVisits(chain, chain.statesWith, prospects);
  return concludeFit({
    channels,
    conversionProbability: fromStart(prospects.conversions),
    conversionLost: lost.conversions.map((conversions) => conversions / journeys),
    valuePerJourney: fromStart(prospects.value),
    valueLost: lost.value.map((value) => value / journeys),
    warnings: [],
  });
}
