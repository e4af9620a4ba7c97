import type { KnownReturn } from "@touchline/solver";

/** Daily figures of the fitted days that channels without joinable touches are fitted on. Plain: they can be frozen and sent. */
export interface SeriesFigures {
  /** Booked conversions that count, by day. */
  readonly conversions: Float64Array;
  readonly channels: readonly UnseenChannel[];
  /** Weekday, trend and context. */
  readonly controls: readonly Float64Array[];
  /** Spend of the fitted days by channel of the statistics; 0 where none is known. */
  readonly spendOfSeen: readonly number[];
  /** First and last day that is credited, counted from the first fitted one. */
  readonly creditFrom: number;
  readonly creditTo: number;
}

/** A channel of which hardly any touch is seen. */
export interface UnseenChannel {
  readonly channel: string;
  readonly spend: Float64Array;
  /** Impressions and clicks where the spend files carry them for nearly all of the spend, else the spend. */
  readonly pressure: Float64Array;
  readonly isByDelivery: boolean;
  /** Touches that are seen over impressions and clicks delivered; 0 where there are none. */
  readonly coverage: number;
  readonly tested: KnownReturn | null;
  /** Its lift tests. */
  readonly tests: readonly string[];
}
