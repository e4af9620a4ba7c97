import { sum } from "./draws.ts";
import type { SimulatedChannel, SimulatedMarket } from "./simulated-market.ts";
import type { WorthFacts } from "./worth.ts";

/** What is known of a market once its events are written down: little, plain, and enough to judge whoever saw the events. */
export interface KnownMarket extends Pick<SimulatedMarket, "kind" | "seed" | "days" | "firstDay"> {
  readonly size: number;
  readonly conversions: number;
  readonly touches: number;
  readonly channels: readonly (SimulatedChannel & {
    /** A lift test speaks of it. */
    readonly isTested: boolean;
    readonly incremental: number;
    readonly incrementalRevenue: number;
    /** Spend a day. */
    readonly today: number;
  })[];
  readonly baseline: number;
  readonly worthFacts: WorthFacts;
}

export function knowMarket(market: SimulatedMarket, size: number): KnownMarket {
  const { kind, seed, days, firstDay, truth, conversions, touches, experiments, worthFacts } = market;
  return {
    ...{ kind, seed, size, days, firstDay, baseline: truth.baseline, worthFacts },
    ...{ conversions: conversions.person.length, touches: sum(touches.seen) },
    channels: market.channels.map((channel, i) => ({
      ...channel,
      isTested: experiments.some((test) => test.channel === i),
      ...{ incremental: truth.incremental[i]!, incrementalRevenue: truth.incrementalRevenue[i]! },
      today: truth.today[i]!,
    })),
  };
}
