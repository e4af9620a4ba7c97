import type { Curve } from "../curve-families.ts";
import type { Kernel } from "./adstock.ts";

export type SeriesFamily = Exclude<Curve["type"], "mixture">;
export const SERIES_FAMILIES: readonly SeriesFamily[] = ["hill", "log", "power", "exp", "logistic"];

/** A channel whose effect is to be found in the series. All of its series are as long as the outcome. */
export interface SeriesChannel {
  readonly channel: string;
  /** What reaches people: delivered impressions or clicks where they are known, else money. */
  readonly pressure: Float64Array;
  /** Money, where the pressure is something else. */
  readonly spend?: Float64Array;
  /** What a given pressure brings in each period, relative to the usual: a demand index. 1 where not given. */
  readonly receptiveness?: Float64Array;
  /** What lift tests found of its return. */
  readonly tested?: KnownReturn;
}

/** A part of the outcome that is known from elsewhere, up to a factor near 1. */
export interface KnownPart {
  readonly expected: Float64Array;
  /** Of the factor: its standard deviation. */
  readonly deviation: number;
}

/** What other channels return per unit of money, in logarithms: unknown channels are thought to be of their kind. */
export interface KnownReturn {
  readonly logReturn: number;
  readonly deviation: number;
}

export interface SeriesTask {
  /** By period; with regions one region after another. */
  readonly outcome: Float64Array;
  /** Days in a period: 1 or 7. */
  readonly periodDays: number;
  /** Regions in a panel, 1 where not given. */
  readonly regions?: number;
  /** People by region, in any unit: a curve is over pressure per head. */
  readonly sizes?: readonly number[];
  readonly channels: readonly SeriesChannel[];
  /** Season, weekday, trend, events, prices: whatever moves the outcome by itself. Intercepts are added. */
  readonly controls: readonly Float64Array[];
  readonly known?: readonly KnownPart[];
  readonly knownReturns?: readonly KnownReturn[];
  /** How far the outcome scatters by itself in each period, up to a factor; counts scatter by the root of what is expected. */
  readonly scatter?: Float64Array;
  /** Saturation families that are averaged over; all where not given. */
  readonly families?: readonly SeriesFamily[];
  /** Of the intervals: 0.9 where not given. */
  readonly level?: number;
  /** Kept draws: 800 where not given. */
  readonly draws?: number;
  readonly random: () => number;
}

export interface SeriesChannelFit {
  readonly channel: string;
  /** Of all periods. Where little is known the draws lean far to one side: the median is nearer to the truth than the mean. */
  readonly contribution: {
    readonly mean: number;
    readonly median: number;
    readonly low: number;
    readonly high: number;
  };
  /** Mean contribution by period. */
  readonly byPeriod: Float64Array;
  /** Of all periods, by draw. */
  readonly totals: Float64Array;
  /** By draw: response per period to a steady pressure in money, all that it ever brings. */
  readonly curves: readonly Curve[];
  /** By draw: how a period's effect is spread over the periods after it; adds up to 1. */
  readonly kernels: readonly Kernel[];
  /** Weight of each family, by how well it tells stretches of the series that it was not fitted on. */
  readonly families: Readonly<Partial<Record<SeriesFamily, number>>>;
  /** Width of what is known of the logarithm of its return, over what was known before the series: 1 is nothing learnt. */
  readonly ignorance: number;
  readonly isIdentified: boolean;
  /** Between chains that agree on noise and drift. */
  readonly rHat: number;
}

export interface SeriesFit {
  readonly channels: readonly SeriesChannelFit[];
  readonly level: number;
  readonly draws: number;
  /** draws x channels x periods: contributions. */
  readonly drawn: Float32Array;
  /** Mean of what is not the channels'. */
  readonly base: Float64Array;
  /** Standard deviation of a period's noise, at a scatter of 1. */
  readonly noise: number;
}
