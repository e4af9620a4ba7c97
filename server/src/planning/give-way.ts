import type { Allocation } from "@touchline/solver";
import type { ChannelBounds } from "../contract/index.ts";
import type { PlanLimits, PlannedChannel } from "./prepare-channels.ts";
import type { PlanQuestion } from "./prepare-plan.ts";

/** Each turn frees at least one side of a channel, and none is freed twice. */
export const MOST_TURNS = 12;

/**
 * What nobody asked for gives way to what somebody did: where limits contradict each other because a channel keeps to today's spend,
 * or to where its curve is trusted, that side of the channel is freed, and no other.
 * @returns the limits to ask again with; null where nothing is in the way, or nothing but the caller's own limits
 */
export function giveWay({ limits, prepared }: PlanQuestion, allocation: Allocation): PlanLimits | null {
  if (allocation.status !== "infeasible") return null;
  // A target asks for no money: where curves are not trusted, what they promise reaches any of them.
  const isTarget = allocation.conflict.some(({ type }) => type === "min_total_response");
  const freed = allocation.conflict.flatMap((limit): ChannelBounds[] => {
    if (limit.type !== "channel_min" && (limit.type !== "channel_max" || isTarget)) return [];
    const channel = prepared.channels.find(({ name }) => name === limit.channel);
    if (channel === undefined || !isOurs(channel)) return [];
    const { lower, upper } = channel.asked;
    return [
      limit.type === "channel_min"
        ? { channel: channel.name, lower: 0, upper, locked: false }
        : { channel: channel.name, lower, upper: null, locked: false },
    ];
  });
  if (freed.length === 0) return null;
  const others = limits.bounds.filter(({ channel }) => !freed.some((each) => each.channel === channel));
  return { ...limits, bounds: [...others, ...freed] };
}

/** Whether a bound of the channel is ours: it has no bounds of the caller's. */
function isOurs({ held, trusted }: PlannedChannel): boolean {
  return trusted !== null || held === "unidentified" || held === "uncertain";
}
