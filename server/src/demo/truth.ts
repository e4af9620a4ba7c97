import type { ChannelName } from "./shop.ts";

/** Purchases and their revenue (EUR, exact to the cent), counted on the day of the purchase. */
export interface Caused {
  conversions: number;
  revenue: number;
}

export interface ChannelTruth {
  channel: ChannelName;
  /** False where spend cannot buy volume: own visits, and owned channels with a running cost. */
  plannable: boolean;
  /** Mean daily spend of the last 28 days, EUR; today's budget. */
  spendToday: number;
  spendYear: number;
  /** Would have been lost without the channel's marketing. */
  incrementalYear: Caused;
  incrementalLast28Days: Caused;
  /** Expected delivered touches a day = cap x spend / (half + spend); spend in EUR a day. */
  delivery: { cap: number; half: number; inMarketShare: number };
  effect: { conversionsPerTouch: number; halfLifeDays: number };
}

/** What the simulator knows and the three import files never say. */
export interface ShopTruth {
  explanation: string[];
  seed: number;
  people: number;
  firstDay: string;
  lastDay: string;
  days: number;
  timeZone: string;
  currency: string;
  /** Expected order value on an ordinary day, EUR. */
  meanOrderValue: number;
  /** All rows of the conversions file: baseline + every channel's incremental. */
  booked: Caused;
  baselineYear: Caused;
  baselineLast28Days: Caused;
  /** The baseline, split: purchases out of a lasting propensity, and those that end an interest episode. */
  baselineYearByOrigin: { propensity: Caused; interest: Caused };
  channels: ChannelTruth[];
}

export const EXPLANATION: readonly string[] = [
  "Every row of conversions.csv was either baseline (nobody's marketing) or caused by exactly one channel.",
  "incrementalYear and incrementalLast28Days count what each channel really caused, by day of purchase; touches in the weeks before the first day count too. Baseline plus all channels is every row of conversions.csv, to the cent.",
  "Expected incremental revenue of a channel that spends s EUR a day, in a season of index 1: delivery.cap * s / (delivery.half + s) * delivery.inMarketShare * effect.conversionsPerTouch * meanOrderValue.",
  "The best split of a daily budget B maximises the sum of that expression over the plannable channels with spends s >= 0 that add up to B. It is concave: at the best split all channels with s > 0 have the same derivative, cap * half / (half + s)^2 * inMarketShare * conversionsPerTouch * meanOrderValue, and no channel with s = 0 has a larger one.",
  "delivery counts touches of any person: impressions of Paid Social, Display, Retargeting and Video, clicks of Paid Search and Brand Search, opens of Email. Only the inMarketShare of them reaches people who may buy; the others are paid for and cause nothing. Impressions of Video cause purchases but are never in touchpoints.csv: only their clicks are.",
  "A touch causes purchases as a Poisson process with mean conversionsPerTouch times the day's season index, the delay falling exponentially with effect.halfLifeDays. Brand Search is the exception: its searches follow the season, its effect does not, which gives the same expression at index 1. Its cap is the mean number of searches for the shop's name a day.",
];

/**
 * Expected incremental revenue, EUR, of one day's spend of a channel, in a season of index 1, over all time.
 * Law: 0 at 0, rising and concave in spend; channels add up.
 * @param spendPerDay EUR
 * @throws RangeError for a channel that the shop does not have, or a negative or non-finite spend
 */
export function trueDailyIncrementalRevenue(truth: ShopTruth, channel: string, spendPerDay: number): number {
  const found = truth.channels.find((candidate) => candidate.channel === channel);
  if (!found) throw new RangeError(`the simulated shop has no channel "${channel}"`);
  if (!(spendPerDay >= 0) || spendPerDay === Number.POSITIVE_INFINITY) {
    throw new RangeError(`spend must be a number from 0, not ${spendPerDay}`);
  }
  if (spendPerDay === 0) return 0;
  const { delivery, effect } = found;
  const touches = (delivery.cap * spendPerDay) / (delivery.half + spendPerDay);
  return touches * delivery.inMarketShare * effect.conversionsPerTouch * truth.meanOrderValue;
}
