import { type Curve, curveValue, meanOf } from "@touchline/solver";

/** Where a response is known this well (as a standard deviation of its logarithm), a plan may still move the spend by a factor of e. */
const FACTOR_OF_E = 1;
/** A span this wide (20 times today's spend) limits nobody: it takes a response that is known within 33 %. */
const FREE = Math.exp(3);

/** Spend between which a plan may move a channel, by how well its response is known. */
export interface TrustedSpan {
  readonly lower: number;
  readonly upper: number;
}

/**
 * How far from today's spend a plan may go: by a factor of e^(1 / deviation), up or down. One that is known within a factor of 2 to 3
 * either way may at most be multiplied or divided by about 3. A plan that goes by steps learns on the way, and one wrong figure
 * cannot empty the others' budgets.
 * @param current spend of a day, above 0
 * @returns null where the response is known so well that nothing limits the channel
 * Law: the more uncertain a response is, the closer the span is to today's spend, which always lies in it.
 */
export function trustedSpan(draws: readonly Curve[], current: number): TrustedSpan | null {
  const deviation = logDeviation(draws, current);
  const factor = Math.exp(FACTOR_OF_E / deviation);
  return factor >= FREE ? null : { lower: current / factor, upper: current * factor };
}

/** Standard deviation of the logarithm of what a spend brings, over the draws; 0 where there is none. */
export function logDeviation(draws: readonly Curve[], spend: number): number {
  const logs = draws.flatMap((draw) => {
    const revenue = curveValue(draw, spend);
    return revenue > 0 ? [Math.log(revenue)] : [];
  });
  if (logs.length < 2) return 0;
  const mean = meanOf(logs);
  return Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (logs.length - 1));
}
