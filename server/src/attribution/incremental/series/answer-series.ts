import {
  type Curve,
  fitSeries,
  type IncrementalFit,
  type IncrementalStatistics,
  ModelError,
  quantile,
  raiseCurve,
  type SeriesChannelFit,
} from "@touchline/solver";
import { Random } from "../../../random.ts";
import { curvesInMoney } from "./curves-in-money.ts";
import { judgeClicks, knownParts, knownReturns } from "./known-parts.ts";
import type { SeriesFigures } from "./series-figures.ts";

/** What daily figures say of the channels that are not seen, as plain as it is kept with a run. */
export interface SeriesAnswer {
  /** Conversions of each fitted day that neither a seen nor an unseen channel brings. */
  readonly base: readonly number[];
  readonly channels: readonly SeriesChannelAnswer[];
  /** Channels whose few touches explain what their money should bring: what is not clicked does not matter. */
  readonly seenEnough: readonly string[];
}

export interface SeriesChannelAnswer {
  readonly channel: string;
  readonly isByDelivery: boolean;
  /** Conversions by fitted day. */
  readonly byDay: readonly number[];
  /** Of the credited days. */
  readonly conversions: number;
  readonly low: number;
  readonly high: number;
  /** By draw: conversions a day by steady daily spend. */
  readonly curves: readonly Curve[];
  /** How a day's effect is spread over the days after it, on average. */
  readonly kernel: readonly number[];
  readonly ignorance: number;
  readonly isIdentified: boolean;
  readonly rHat: number;
  readonly families: Readonly<Record<string, number>>;
}

const SEED = 20_251_122;
const KEPT_CURVES = 200;
const LEVEL = 0.9;

/**
 * Fits the channels that touches say nothing of on what bookings leave to them, jointly with what touches say of the others.
 * @returns null where the figures cannot be fitted
 */
export function answerSeries(
  figures: SeriesFigures,
  statistics: IncrementalStatistics,
  fit: IncrementalFit,
): SeriesAnswer | null {
  const { conversions, controls } = figures;
  const generator = new Random(SEED);
  const random = () => generator.uniform();
  const parts = knownParts(statistics, fit);
  const returns = knownReturns(figures, fit, parts);
  const isSeenEnough = judgeClicks(fit, parts, returns);
  const channels = figures.channels.filter((channel) => !isSeenEnough(channel));
  const seenEnough = figures.channels.filter(isSeenEnough).map(({ channel }) => channel);
  if (channels.length === 0) return { base: Array.from(conversions), channels: [], seenEnough };
  try {
    const series = fitSeries({
      ...{ outcome: conversions, periodDays: 1, controls, level: LEVEL },
      channels: channels.map(({ channel, pressure, spend, tested }) => ({
        ...{ channel, pressure, spend },
        ...(tested === null ? {} : { tested }),
      })),
      known: parts.flatMap(({ part }) => (part === null ? [] : [part])),
      knownReturns: returns,
      scatter: scatterOf(conversions),
      random,
    });
    const expected = conversions.map((_, day) => parts.reduce((sum, { part }) => sum + (part?.expected[day] ?? 0), 0));
    return {
      seenEnough,
      base: Array.from(series.base, (each, day) => each - expected[day]!),
      channels: series.channels.map((each, i) => {
        const condensed = condense(each, drawnInRange(series, i, figures));
        const curves = curvesInMoney(condensed.curves, channels[i]!, random);
        return { ...condensed, curves, isByDelivery: channels[i]!.isByDelivery };
      }),
    };
  } catch (error) {
    // Figures that no fit can be made of are no reason to have no credit at all.
    if (error instanceof ModelError) return null;
    throw error;
  }
}

const SMOOTH_DAYS = 15;

/** Counts scatter by the root of what is expected. */
function scatterOf(conversions: Float64Array): Float64Array {
  const half = (SMOOTH_DAYS - 1) / 2;
  return conversions.map((_, day) => {
    const near = conversions.subarray(Math.max(0, day - half), day + half + 1);
    return Math.sqrt(Math.max(0.5, near.reduce((sum, each) => sum + each, 0) / near.length));
  });
}

function drawnInRange(
  { drawn, draws, channels, base }: ReturnType<typeof fitSeries>,
  i: number,
  { creditFrom, creditTo }: SeriesFigures,
): Float64Array {
  const days = base.length;
  return Float64Array.from({ length: draws }, (_, draw) => {
    const from = (draw * channels.length + i) * days;
    return drawn.subarray(from + creditFrom, from + creditTo + 1).reduce((sum, each) => sum + each, 0);
  });
}

/** The middle of the draws is taken for the channel's: where little is known they lean far to the high side. */
function condense(fit: SeriesChannelFit, inRange: Float64Array): Omit<SeriesChannelAnswer, "isByDelivery"> {
  const { channel, contribution, byPeriod, curves, kernels, ignorance, isIdentified, rHat, families } = fit;
  const toMiddle = contribution.mean > 0 ? contribution.median / contribution.mean : 1;
  const every = Math.max(1, Math.floor(curves.length / KEPT_CURVES));
  const kernel = new Array<number>(Math.max(...kernels.map(({ length }) => length))).fill(0);
  for (const each of kernels) {
    each.forEach((share, lag) => {
      kernel[lag]! += share / kernels.length;
    });
  }
  return {
    ...{ channel, kernel, ignorance, isIdentified, rHat, families },
    byDay: Array.from(byPeriod, (each) => each * toMiddle),
    conversions: quantile(inRange, 0.5),
    low: quantile(inRange, (1 - LEVEL) / 2),
    high: quantile(inRange, (1 + LEVEL) / 2),
    curves: curves.filter((_, draw) => draw % every === 0).map((curve) => raiseCurve(curve, toMiddle)),
  };
}
