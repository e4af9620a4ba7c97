import { type AllocationProblem, sum } from "@touchline/solver";

/**
 * What can really be sold of what the channels would bring: where stock or capacity does not last, what is worth least per unit
 * of it is given up first, alike among those that are worth the same.
 * @param revenues by channel, in the problem's order, as if there were enough of everything
 * @param worth of one unit of each channel's revenue
 * Laws: nothing sold takes more of a thing than there is; where everything lasts nothing changes; of one thing, no other sale
 * is worth more. Of several, one is settled after the other.
 */
export function soldRevenues(
  { channels, constraints }: AllocationProblem,
  revenues: readonly number[],
  worth: readonly number[],
): number[] {
  const sold = [...revenues];
  for (const constraint of constraints) {
    if (constraint.type === "response_cap")
      giveUp(
        sold,
        channels.map(({ name }) => constraint.perResponse[name] ?? 0),
        worth,
        constraint.value,
      );
  }
  return sold;
}

/** Takes from `sold` what goes beyond the units that there are. */
function giveUp(sold: number[], units: readonly number[], worth: readonly number[], there: number): void {
  const users = [...units.keys()].filter((i) => units[i]! > 0);
  const neededBy = (some: readonly number[]) => sum(some.map((i) => units[i]! * sold[i]!));
  const perUnit = worth.map((each, i) => each / units[i]!);
  const levels = [...new Set(users.map((i) => perUnit[i]!))].toSorted((a, b) => a - b);
  let beyond = neededBy(users) - there;
  for (const level of levels) {
    if (beyond <= 0) return;
    const alike = users.filter((i) => perUnit[i] === level);
    const needed = neededBy(alike);
    const kept = needed > beyond ? 1 - beyond / needed : 0;
    for (const i of alike) sold[i]! *= kept;
    beyond -= needed;
  }
}
