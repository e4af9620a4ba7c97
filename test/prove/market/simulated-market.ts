import type { MarketKind } from "./kinds.ts";
import type { WorthFacts } from "./worth.ts";

export interface SimulatedChannel {
  readonly name: string;
  readonly campaigns: readonly string[];
  readonly interaction: "impression" | "click" | "visit" | "open";
  /** Has rows in the spend file and a budget that a plan can move. */
  readonly isPaid: boolean;
  /** Direct visits: nobody's marketing. */
  readonly isOwned: boolean;
  /** The truth: its touches come because somebody is about to buy, and cause nothing. */
  readonly isDemandCapture: boolean;
  /** Share of its delivered touches that end up in the touchpoints file, in expectation. */
  readonly coverage: number;
}

/** Parallel columns, sorted by person and then by time. Seconds count from the first day's midnight, UTC. */
interface SimulatedTouches {
  readonly person: Uint32Array;
  readonly second: Float64Array;
  readonly channel: Uint8Array;
  /** Place in the channel's campaigns. */
  readonly campaign: Uint16Array;
  /** 1: ends up in the touchpoints file. */
  readonly seen: Uint8Array;
}

interface SimulatedConversions {
  readonly person: Uint32Array;
  readonly second: Float64Array;
  readonly revenueMinor: Int32Array;
  /** The channel without which it would not have happened; -1: it would have happened anyway, now or some days later. */
  readonly cause: Int16Array;
  /** With synergy: another channel without which it would not have happened either; -1: none. */
  readonly enabler: Int16Array;
  /** 0: the file has the conversion without a visitor id. */
  readonly seen: Uint8Array;
}

interface SimulatedSpend {
  readonly day: Int32Array;
  readonly channel: Uint8Array;
  readonly campaign: Uint16Array;
  readonly costMinor: Int32Array;
  readonly impressions: Float64Array;
  readonly clicks: Float64Array;
}

export interface SimulatedExperiment {
  readonly channel: number;
  readonly method: string;
  /** Both days belong to the test. */
  readonly startDay: number;
  readonly endDay: number;
  readonly spend: number;
  readonly incrementalConversions: number;
  readonly standardError: number;
}

interface MarketTruth {
  /** By channel: conversions inside the days that would be missing if the channel had been off on all of them. */
  readonly incremental: Float64Array;
  /** The same in revenue, main units of the currency. */
  readonly incrementalRevenue: Float64Array;
  /** Conversions that no channel caused. */
  readonly baseline: number;
  /** Spend a day by channel, mean of the last 28 days, main units of the currency. */
  readonly today: Float64Array;
}

/** A market whose truth is known: everything that its files would hold, and what no file holds. */
export interface SimulatedMarket {
  readonly kind: MarketKind;
  readonly seed: number;
  readonly people: number;
  readonly days: number;
  /** ISO, UTC. */
  readonly firstDay: string;
  readonly channels: readonly SimulatedChannel[];
  readonly touches: SimulatedTouches;
  readonly conversions: SimulatedConversions;
  readonly spend: SimulatedSpend;
  readonly experiments: readonly SimulatedExperiment[];
  readonly truth: MarketTruth;
  readonly worthFacts: WorthFacts;
  /**
   * Expected incremental revenue a day, in the long run, of a constant split of daily spend by channel. Channels without
   * spend are left out: no plan moves them.
   * Law: concave without synergy, and never falling in any channel's spend.
   */
  worth(spendPerDay: ArrayLike<number>): number;
}
