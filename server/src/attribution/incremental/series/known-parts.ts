import {
  adstock,
  type IncrementalFit,
  type IncrementalStatistics,
  type KnownPart,
  type KnownReturn,
  LAG_BINS,
  LAG_EDGES_DAYS,
  quantile,
} from "@touchline/solver";
import type { SeriesFigures, UnseenChannel } from "./series-figures.ts";

const LEAST_DEVIATION = 0.03;
const MOST_DEVIATION = 0.6;
/** Touches that are seen are not all there are, and lags differ from person to person: their returns are not known better than this. */
const RETURN_DOUBT = 0.15;

interface Part {
  readonly part: KnownPart | null;
  readonly conversions: number;
  readonly deviation: number;
}

/** What touches are expected to bring by day, by channel of the statistics. */
export function knownParts(
  { channels, days, buckets, touchesByDay }: IncrementalStatistics,
  fit: IncrementalFit,
): Part[] {
  return fit.channels.map(({ conversions, low, high, effectByLag }, channel) => {
    const touches = new Float64Array(days);
    for (let bucket = 0; bucket < buckets; bucket++) {
      const from = (bucket * channels.length + channel) * days;
      for (let day = 0; day < days; day++) touches[day]! += touchesByDay[from + day]!;
    }
    if (!(conversions > 0) || effectByLag.length === 0) return { part: null, conversions: 0, deviation: 0 };
    const arriving = adstock(touches, effectByDay(effectByLag)).map(
      (each, day) => each * (fit.season[day - fit.firstDay] ?? 1),
    );
    const counted = arriving.subarray(fit.firstDay).reduce((sum, each) => sum + each, 0);
    if (!(counted > 0)) return { part: null, conversions: 0, deviation: 0 };
    const expected = arriving.map((each) => (each * conversions) / counted);
    const relative = (high - low) / (2 * 1.645 * conversions);
    const deviation = Math.min(MOST_DEVIATION, Math.max(LEAST_DEVIATION, relative));
    const all = expected.reduce((sum, each) => sum + each, 0);
    return { part: { expected, deviation }, conversions: all, deviation };
  });
}

/** Effect of a touch by whole days after its day: what falls between two days is shared between them. */
function effectByDay(effectByLag: readonly number[]): Float64Array {
  const byDay = new Float64Array(Math.ceil(LAG_EDGES_DAYS[LAG_BINS]!) + 2);
  effectByLag.forEach((rate, bin) => {
    const from = LAG_EDGES_DAYS[bin]!;
    const width = LAG_EDGES_DAYS[bin + 1]! - from;
    const pieces = Math.max(1, Math.ceil(4 * width));
    for (let piece = 0; piece < pieces; piece++) {
      const middle = from + ((piece + 0.5) / pieces) * width;
      const day = Math.floor(middle);
      const mass = (rate * width) / pieces;
      byDay[day]! += mass * (1 - (middle - day));
      byDay[day + 1]! += mass * (middle - day);
    }
  });
  return byDay;
}

export function knownReturns({ spendOfSeen, channels }: SeriesFigures, fit: IncrementalFit, parts: readonly Part[]) {
  return fit.channels.flatMap(({ channel }, i): KnownReturn[] => {
    const { conversions, deviation } = parts[i]!;
    const isUnseen = channels.some((each) => each.channel === channel);
    if (isUnseen || !(conversions > 0) || !(spendOfSeen[i]! > 0)) return [];
    return [{ logReturn: Math.log(conversions / spendOfSeen[i]!), deviation: Math.hypot(deviation, RETURN_DOUBT) }];
  });
}

/** Ads of which fewer are clicked are bought to be seen. */
const CLICKED = 0.015;
/**
 * Where the line lies between the returns of clicks that are all, 0, and of clicks that are a sample, 1, in logarithms. What is taken for a
 * sample by mistake is hardly ever identified, and keeps its spend; the other mistake would move money.
 */
const LINE = 0.25;

/**
 * Some ads do nothing unless they are clicked: search, coupons. Then what follows their clicks returns as much as the money of other
 * channels; where clicks are but a sample of what works, it returns as little as they are few. Few clicks may look good by chance: it is
 * the lower end of their interval that has to be above the line.
 */
export function judgeClicks(fit: IncrementalFit, parts: readonly Part[], returns: readonly KnownReturn[]) {
  const logReturns = Float64Array.from(returns, ({ logReturn }) => logReturn);
  const usual = returns.length === 0 ? null : quantile(logReturns, 0.5);
  return ({ channel, spend, coverage, tested }: UnseenChannel): boolean => {
    const place = fit.channels.findIndex((each) => each.channel === channel);
    if (place < 0 || usual === null || tested !== null || coverage < CLICKED) return false;
    const money = spend.reduce((sum, each) => sum + each, 0);
    const { conversions, low } = fit.channels[place]!;
    const sure = conversions > 0 ? parts[place]!.conversions * (low / conversions) : 0;
    return sure > 0 && Math.log(sure / money) > usual + LINE * Math.log(coverage);
  };
}
