import { type AllocationProblem, sum } from "@touchline/solver";
import type { PlannedChannel } from "./prepare-channels.ts";

/** Above what adding floats leaves behind, far below a cent. */
const NOISE = 1e-6;

/** What may be done to the amount of one channel. */
interface RoomOfChannel {
  readonly lower: number;
  readonly upper: number | null;
  readonly minimumIfOn?: number;
  readonly step?: number;
}

/** Channels, by their place, that are limited together. */
interface RoomOfGroup {
  readonly members: readonly number[];
  readonly min: number | null;
  readonly max: number | null;
}

/**
 * Whole cents, so that the amounts add up to what the plan spends, rounded, and never beyond the budget, rounded. A channel
 * without room, one in steps, and one that is off or at the least that it may have when it is on, are rounded by themselves, so that
 * a limit is printed as it was; the others share what is left by largest remainder, inside their bounds and groups wherever that is
 * possible.
 */
export function roundToCents(
  spend: ArrayLike<number>,
  budget: number,
  channels: readonly RoomOfChannel[],
  groups: readonly RoomOfGroup[] = [],
): number[] {
  const exact = Array.from(spend, (amount) => amount * 100);
  const isFixed = channels.map((channel, i) => hasNoRoom(channel, spend[i]!));
  const cents = exact.map((value, i) => (isFixed[i] ? Math.round(value) : Math.floor(value + NOISE)));
  const total = Math.min(Math.round(sum(exact)), Math.round(budget * 100));
  const inGroup = ({ members }: RoomOfGroup) => sum(members.map((i) => cents[i]!));
  const isShort = (i: number) =>
    groups.some((group) => group.members.includes(i) && group.min !== null && inGroup(group) < group.min * 100 - NOISE);
  const staysInLimits = (i: number, step: 1 | -1): boolean => {
    const { lower, upper } = channels[i]!;
    const next = (cents[i]! + step) / 100;
    const isInside = step > 0 ? upper === null || next <= upper + NOISE : next >= lower - NOISE;
    return (
      isInside &&
      groups.every((group) => {
        if (!group.members.includes(i)) return true;
        const together = (inGroup(group) + step) / 100;
        return step > 0 ? group.max === null || together <= group.max + NOISE : together >= (group.min ?? 0) - NOISE;
      })
    );
  };
  let left = total - sum(cents);
  const step = left > 0 ? 1 : -1;
  const remainder = (i: number): number => step * (exact[i]! - cents[i]!);
  // What stops at a bound is read beside that bound: the cent comes from others first.
  const atBound = (i: number): boolean => {
    const bound = step > 0 ? channels[i]!.lower : channels[i]!.upper;
    return bound !== null && bound > 0 && Math.abs(spend[i]! - bound) <= NOISE;
  };
  const movable = [...exact.keys()].filter((i) => !isFixed[i]);
  for (const isAllowed of [staysInLimits, (i: number) => cents[i]! + step >= 0]) {
    const turn = new Set(movable);
    while (left !== 0 && turn.size > 0) {
      const next = [...turn].toSorted(
        (a, b) =>
          step * (Number(isShort(b)) - Number(isShort(a))) ||
          Number(atBound(a)) - Number(atBound(b)) ||
          remainder(b) - remainder(a) ||
          a - b,
      )[0]!;
      turn.delete(next);
      if (!isAllowed(next, step)) continue;
      cents[next]! += step;
      left -= step;
    }
  }
  return cents.map((value) => value / 100);
}

/** Whether an amount must be printed as it is: a cent more or less would break what is asked of the channel alone. */
function hasNoRoom({ lower, upper, step, minimumIfOn }: RoomOfChannel, amount: number): boolean {
  if (lower === upper || step !== undefined) return true;
  return minimumIfOn !== undefined && (amount === 0 || amount <= minimumIfOn + NOISE);
}

/** What rounding has to keep: bounds with the change limit in them, steps, all-or-nothing minimums and groups. */
export function roomToRound(
  problem: AllocationProblem,
  channels: readonly PlannedChannel[],
): [RoomOfChannel[], RoomOfGroup[]] {
  const place = (name: string) => channels.findIndex((channel) => channel.name === name);
  return [
    problem.channels.map((own, i) => ({ ...own, lower: channels[i]!.lower, upper: channels[i]!.upper })),
    problem.constraints.flatMap((each) =>
      each.type === "group_spend" ? [{ members: each.members.map(place), min: each.min, max: each.max }] : [],
    ),
  ];
}
