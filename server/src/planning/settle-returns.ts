import { shrinkReturns } from "@touchline/solver";
import type { SpendHistory } from "./curve-history.ts";
import type { ChannelFacts } from "./fit-channel-curve.ts";

/** Of the logarithm: a quarter more or less is worth saying. */
const FAR = Math.log(1.25);

/**
 * What a touch of each channel brings, pulled towards what money returns in the other channels as far as it is not known. Only for
 * channels that are judged by their touches.
 */
export function settleReturns(spending: readonly SpendHistory[], facts: readonly ChannelFacts[]): ChannelFacts[] {
  const judged = facts.flatMap(({ flags, creditDeviation }, place) => {
    const value = returnOf(spending[place]!);
    return value > 0 && !flags.includes("low-coverage") ? [{ place, value, deviation: creditDeviation }] : [];
  });
  const settled = [...facts];
  for (const [i, { factor, deviation }] of shrinkReturns(judged).entries()) {
    const { place } = judged[i]!;
    const { effect } = settled[place]!;
    settled[place] = {
      ...settled[place]!,
      effect: { ...effect, revenuePerTouch: effect.revenuePerTouch * factor },
      creditDeviation: deviation,
      isPulled: Math.abs(Math.log(factor)) > FAR,
    };
  }
  return settled;
}

function returnOf({ spend, revenue }: SpendHistory): number {
  const sum = (days: Float64Array) => days.reduce((total, day) => total + day, 0);
  return sum(revenue) / sum(spend);
}
