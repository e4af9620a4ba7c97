import { sum } from "../market/draws.ts";

/** What a week may change at most: the rules as they are promised, not as the product reads them. */
export const RAILS = { channelChange: 0.2, totalMoved: 0.1 } as const;
/** Plans are in cents, and weeks are whole cents. */
const ROUNDING = 0.002;

export interface Breach {
  readonly rule: "channel-change" | "total-moved" | "extrapolation";
  /** Null: the plan as a whole. */
  readonly channel: string | null;
  /** The share that was moved. */
  readonly share: number;
}

/** Of the budget, what goes from some channels to others. */
export function movedShare(before: ArrayLike<number>, after: ArrayLike<number>): number {
  const moves = Array.from(before, (was, i) => Math.max(0, after[i]! - was));
  return sum(moves) / sum(before);
}

/**
 * What of a week breaks a rail, from nothing but what was spent before it and what is decided for it.
 * @param largest the most that each channel ever spent on a day
 */
export function findBreaches(
  channels: readonly string[],
  before: ArrayLike<number>,
  after: ArrayLike<number>,
  largest: ArrayLike<number>,
): Breach[] {
  const changes = channels.map((channel, i) => ({
    channel,
    share: before[i]! > 0 ? Math.abs(after[i]! / before[i]! - 1) : after[i]! > 0 ? Number.POSITIVE_INFINITY : 0,
  }));
  const large = changes.filter(({ share }) => share > RAILS.channelChange + ROUNDING);
  const moved = movedShare(before, after);
  const beyond = channels.flatMap((channel, i) => {
    const isBeyond = after[i]! > before[i]! && after[i]! > largest[i]! * (1 + ROUNDING);
    return isBeyond ? [{ rule: "extrapolation" as const, channel, share: after[i]! / largest[i]! - 1 }] : [];
  });
  return [
    ...beyond,
    ...large.map((change) => ({ rule: "channel-change" as const, ...change })),
    ...(moved > RAILS.totalMoved + ROUNDING ? [{ rule: "total-moved" as const, channel: null, share: moved }] : []),
  ];
}
