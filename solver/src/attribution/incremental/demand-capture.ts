import { LAG_BINS, LAG_EDGES_DAYS } from "./lag-curves.ts";
import type { IncrementalStatistics } from "./statistics.ts";

/** What is known of a channel beside its touches. */
export interface ChannelFacts {
  /** Own visits (direct, organic): they mark that somebody is about to buy and cause nothing. */
  readonly isOwned: boolean;
  /** Its touches are ads that were shown or mails, not clicks: nobody looked for them. */
  readonly isShown: boolean;
  /** The name or the user says that the channel meets people who look for this brand, or a coupon for it. */
  readonly isDeclaredCapture: boolean;
}

/** How soon conversions follow the touches of a channel, beyond what they do weeks later. */
export interface CaptureSignature {
  readonly channel: number;
  /** Conversions within eight hours that a touch has beyond its usual rate. */
  readonly soonPerTouch: number;
  /** Part of the two weeks' excess that comes within sixteen hours. */
  readonly shareSoon: number;
  /** Conversions of the two weeks beyond the usual rate. */
  readonly excess: number;
  readonly isFlagged: boolean;
}

const SOON_BIN = LAG_EDGES_DAYS.indexOf(8 / 24);
const SAME_DAY_BIN = LAG_EDGES_DAYS.indexOf(16 / 24);
const FORTNIGHT_BIN = LAG_EDGES_DAYS.indexOf(14);
const MONTH_BIN = LAG_EDGES_DAYS.indexOf(30);

/**
 * Advertising that works within hours still convinces few of those it reaches, and goes on working for days; who is on the way
 * to the till is one in twenty or more, and nearly all of them buy the same day. People who look for the shop over days
 * before they buy spread the signature, so that the two signs are weighed together: the least product of both.
 */
const LEAST_SIGNS = 0.033;
const LEAST_SIGNS_DECLARED = 0.01;
const LEAST_SHARE_SOON = 0.35;
const FEWEST_EXCESS = 25;

/**
 * Which channels look like demand capture: clicks that come because somebody is about to buy, such as searches for the
 * brand. Nearly all that follows their touches follows within hours, and it follows a large part of them. The signature
 * together with the declared type raises a question, not a verdict: coupons and generic search can look alike.
 */
export function judgeDemandCapture(
  statistics: IncrementalStatistics,
  facts: readonly ChannelFacts[],
): CaptureSignature[] {
  const { channels } = statistics;
  const followed = new Float64Array(channels.length * LAG_BINS);
  const { before } = statistics.conversions;
  for (let at = 0; at < before.count.length; at++) {
    followed[before.channel[at]! * LAG_BINS + before.bin[at]!]! += before.count[at]!;
  }
  return channels.map((_, channel): CaptureSignature => {
    const time = timeByBin(statistics, channel);
    const rateOf = (from: number, to: number): number => {
      const spent = sumOf(time, from, to);
      return spent > 0 ? sumOf(followed, channel * LAG_BINS + from, channel * LAG_BINS + to) / spent : 0;
    };
    const usual = rateOf(FORTNIGHT_BIN, MONTH_BIN);
    const excessOf = (to: number): number =>
      sumOf(followed, channel * LAG_BINS, channel * LAG_BINS + to) - usual * sumOf(time, 0, to);
    const touches = time[0]! / LAG_EDGES_DAYS[1]!;
    const excess = excessOf(FORTNIGHT_BIN);
    const soonPerTouch = touches > 0 ? excessOf(SOON_BIN) / touches : 0;
    const shareSoon = excess > 0 ? excessOf(SAME_DAY_BIN) / excess : 0;
    const { isOwned, isShown, isDeclaredCapture } = facts[channel]!;
    const least = isDeclaredCapture ? LEAST_SIGNS_DECLARED : LEAST_SIGNS;
    const isFlagged =
      !isOwned &&
      (!isShown || isDeclaredCapture) &&
      excess >= FEWEST_EXCESS &&
      shareSoon >= LEAST_SHARE_SOON &&
      soonPerTouch * shareSoon >= least;
    return { channel, soonPerTouch, shareSoon, excess, isFlagged };
  });
}

/** Days that touches of a channel had in each lag bin before the data ended. */
function timeByBin({ channels, days, buckets, touchesByDay }: IncrementalStatistics, channel: number): Float64Array {
  const time = new Float64Array(LAG_BINS);
  for (let day = 0; day < days; day++) {
    let touches = 0;
    for (let bucket = 0; bucket < buckets; bucket++) {
      touches += touchesByDay[(bucket * channels.length + channel) * days + day]!;
    }
    if (touches === 0) continue;
    const left = days - day - 0.5;
    for (let bin = 0; bin < LAG_BINS; bin++) {
      time[bin]! += touches * Math.max(0, Math.min(left, LAG_EDGES_DAYS[bin + 1]!) - LAG_EDGES_DAYS[bin]!);
    }
  }
  return time;
}

function sumOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i]!;
  return sum;
}
