import { sum } from "./market/draws.ts";
import type { ChannelResult, Result } from "./result.ts";

export const CAPTURE_FLAG = "demand-capture";
/** With less to gain than this share of today's worth, a ratio of gains says nothing. */
const LEAST_GAIN = 0.05;

export interface Judgement {
  /** Half the sum of differences between estimated and true shares, among marketing channels that are not flagged. */
  readonly shareError: number;
  /** The same among channels that are in truth no demand capture, whatever was flagged. */
  readonly shareErrorOfHonest: number;
  readonly largestGap: { readonly channel: string; readonly gap: number };
  /** Of channels with an interval that are not flagged. */
  readonly intervals: { readonly covered: number; readonly all: number; readonly widths: readonly number[] };
  readonly flags: { readonly right: number; readonly wrong: number; readonly missed: number };
  /** Share of the gain that was there to be had; null without a plan, or with less than 5 % to gain. */
  readonly captured: number | null;
  /** Share of the best split's worth that the plan gives away; null without a plan. */
  readonly regret: number | null;
  /** Worth that the plan gives away against today's split, as a share of it; 0 where it is no worse. Null without a plan. */
  readonly lost: number | null;
}

export const isFlagged = ({ flags }: Pick<ChannelResult, "flags">): boolean => flags.includes(CAPTURE_FLAG);

export function judge({ channels, worth }: Pick<Result, "channels" | "worth">): Judgement {
  const marketing = channels.filter(({ isOwned }) => !isOwned);
  const unflagged = marketing.filter((channel) => !isFlagged(channel));
  const gaps = shareGaps(unflagged);
  const largest = gaps.reduce((at, gap, i) => (Math.abs(gap) > Math.abs(gaps[at]!) ? i : at), 0);
  return {
    shareError: halfSum(gaps),
    shareErrorOfHonest: halfSum(shareGaps(marketing.filter(({ isDemandCapture }) => !isDemandCapture))),
    largestGap: { channel: unflagged[largest]?.channel ?? "", gap: gaps[largest] ?? 0 },
    intervals: judgeIntervals(unflagged),
    flags: {
      right: marketing.filter((channel) => channel.isDemandCapture && isFlagged(channel)).length,
      wrong: marketing.filter((channel) => !channel.isDemandCapture && isFlagged(channel)).length,
      missed: marketing.filter((channel) => channel.isDemandCapture && !isFlagged(channel)).length,
    },
    ...judgePlan(worth),
  };
}

/** Estimated minus true share by channel. Without any estimate every share counts as 0. */
function shareGaps(channels: readonly ChannelResult[]): number[] {
  const estimates = channels.map(({ estimate }) => Math.max(0, estimate ?? 0));
  const estimated = sum(estimates);
  const real = sum(channels.map(({ truth }) => truth));
  return channels.map(
    ({ truth }, i) => (estimated > 0 ? estimates[i]! / estimated : 0) - (real > 0 ? truth / real : 0),
  );
}

const halfSum = (gaps: readonly number[]): number => sum(gaps.map(Math.abs)) / 2;

function judgeIntervals(channels: readonly ChannelResult[]): Judgement["intervals"] {
  let covered = 0;
  const widths: number[] = [];
  for (const { interval, truth } of channels) {
    if (interval === null) continue;
    if (interval.low <= truth && truth <= interval.high) covered++;
    widths.push((interval.high - interval.low) / Math.max(truth, 1));
  }
  return { covered, all: widths.length, widths };
}

function judgePlan(worth: Result["worth"]): Pick<Judgement, "captured" | "regret" | "lost"> {
  if (worth === null) return { captured: null, regret: null, lost: null };
  const { today, planned, best } = worth;
  const gain = best - today;
  return {
    captured: gain < LEAST_GAIN * today ? null : (planned - today) / gain,
    regret: best > 0 ? 1 - planned / best : 0,
    lost: today > 0 ? Math.max(0, 1 - planned / today) : 0,
  };
}
