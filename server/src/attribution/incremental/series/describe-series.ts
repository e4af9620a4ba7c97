import type { Fit } from "../../fit.ts";
import type { SeriesAnswer, SeriesChannelAnswer } from "./answer-series.ts";
import { keptOfSeries } from "./series-curves.ts";
import type { SeriesFigures } from "./series-figures.ts";

export interface CreditedSeries {
  readonly figures: SeriesFigures;
  readonly answer: SeriesAnswer;
  /** What the daily figures gave, by channel, beside what touches gave. */
  readonly added: ReadonlyMap<string, { readonly conversions: number; readonly revenue: number }>;
}

interface TouchInterval {
  readonly low: number;
  readonly high: number;
}

export interface SeriesDescription {
  readonly channels: Fit["channels"];
  /** Channels of which this run knows what to make of their being hardly seen. */
  readonly settled: readonly string[];
  readonly warnings: readonly string[];
  readonly kept: unknown;
  readonly usedTests: readonly string[];
}

/** Where the interval begins below this part of the middle, or is so many times as wide as it, little is known. */
const LEAST_SURE = 0.25;
const WIDE = 2;

/** @param touched what touches say of the same channels: intervals of the credited days */
export function describeSeries(
  { figures, answer, added }: CreditedSeries,
  touched: ReadonlyMap<string, TouchInterval>,
  level: number,
): SeriesDescription {
  const describe = (each: SeriesChannelAnswer): [string, Fit["channels"][string]] => {
    const credit = added.get(each.channel)?.conversions ?? 0;
    const scale = each.conversions > 0 ? credit / each.conversions : 0;
    const own = touched.get(each.channel) ?? { low: 0, high: 0 };
    const low = own.low + each.low * scale;
    const high = own.high + each.high * scale;
    const isUnsure = !each.isIdentified || low < LEAST_SURE * credit || high - low > WIDE * Math.max(credit, 1);
    const isTested = figures.channels.some(({ channel, tested }) => channel === each.channel && tested !== null);
    const flags = [
      ...(isUnsure ? ["not-identified"] : []),
      ...(isTested ? ["calibrated"] : []),
      ...["low-coverage", "series-fitted"],
    ];
    return [each.channel, { interval: { level, low, high }, flags }];
  };
  const revenuePerConversion = (channel: string): number => {
    const { conversions, revenue } = added.get(channel) ?? { conversions: 0, revenue: 0 };
    return conversions > 0 ? Math.max(0, revenue / conversions) : 0;
  };
  const channels = Object.fromEntries(answer.channels.map(describe));
  const isIdentified = (channel: string) => !channels[channel]!.flags.includes("not-identified");
  return {
    channels,
    settled: [...answer.channels.map(({ channel }) => channel), ...answer.seenEnough],
    warnings: warningsOf(
      answer.channels.map(({ channel }) => channel),
      figures,
    ),
    kept: keptOfSeries(answer.channels, { revenuePerConversion, isIdentified }),
    usedTests: figures.channels.flatMap(({ tests }) => tests),
  };
}

function warningsOf(fitted: readonly string[], { channels }: SeriesFigures): string[] {
  if (fitted.length === 0) return [];
  const nameless = channels.filter(({ channel, coverage }) => coverage === 0 && fitted.includes(channel));
  const named = nameless.map(({ channel }) => channel).join(", ");
  return [
    `${fitted.join(", ")}: next to no touches are seen. Credit comes from the daily figures, taken out of the baseline: look at the intervals. A lift test tells.`,
    ...(nameless.length === 0
      ? []
      : [`${named}: there is spend and not one touch. If the touches go by another name, give both the same one.`]),
  ];
}
