import { and, eq, gte } from "drizzle-orm";
import { countDays, todayIn } from "../../calendar-days.ts";
import { activations, proposals, type WorkspaceStore } from "../../store/index.ts";

/** A channel that rests after its budget was changed. */
export interface Resting {
  readonly channel: string;
  /** The day of the change, in the workspace's zone. */
  readonly changed: string;
  readonly daysLeft: number;
}

/** Less of a channel's budget is no change: amounts are rounded. */
const LEAST_CHANGE = 0.001;
const DAY_MS = 86_400_000;

/**
 * Channels whose budget an approved plan changed within the cool-down, counted in days of the calendar: what was approved on a Monday is free
 * on the Monday after with a cool-down of 7, whatever the hour, and whatever the clocks did in between. It begins on the day on which
 * the change was sent, or approved where nobody says when it was sent.
 */
export async function restingChannels(
  store: WorkspaceStore,
  { coolDownDays, timeZone, now }: { coolDownDays: number; timeZone: string; now: Date },
): Promise<Resting[]> {
  if (coolDownDays === 0) return [];
  const since = new Date(now.getTime() - (coolDownDays + 31) * DAY_MS);
  const [approved, sent] = await Promise.all([
    store.select(proposals, and(eq(proposals.state, "approved"), gte(proposals.decidedAt, since))),
    store.select(activations, gte(activations.approvedAt, since)),
  ]);
  const today = todayIn(timeZone, now);
  const resting = new Map<string, Resting>();
  for (const { id, plan, decidedAt, decidedSplit } of approved) {
    for (const { channel, current, recommended } of plan.allocation) {
      const decided = decidedSplit?.find((each) => each.channel === channel)?.amount ?? recommended;
      if (Math.abs(Number(decided) - Number(current)) <= LEAST_CHANGE * Number(current)) continue;
      const way = sent.find((each) => each.proposalId === id && each.channel === channel);
      const changed = todayIn(timeZone, way?.sentAt ?? decidedAt!);
      const daysLeft = coolDownDays - (countDays(changed, today) - 1);
      if (daysLeft > (resting.get(channel)?.daysLeft ?? 0)) resting.set(channel, { channel, changed, daysLeft });
    }
  }
  return [...resting.values()].sort((a, b) => (a.channel < b.channel ? -1 : 1));
}
