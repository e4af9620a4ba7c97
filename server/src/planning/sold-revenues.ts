import type { AllocationProblem } from "@touchline/solver";

/**
 * What can really be sold of what the channels would bring: where stock or capacity does not last, every channel that draws on
 * it loses the same share.
 * @param revenues by channel, in the problem's order, as if there were enough of everything
 * Law: nothing sold takes more of a thing than there is, and where everything lasts nothing changes.
 */
export function soldRevenues({ channels, constraints }: AllocationProblem, revenues: readonly number[]): number[] {
  const sold = [...revenues];
  for (const constraint of constraints) {
    if (constraint.type !== "response_cap") continue;
    const units = channels.map(({ name }) => constraint.perResponse[name] ?? 0);
    const needed = units.reduce((total, each, i) => total + each * sold[i]!, 0);
    if (needed <= constraint.value) continue;
    for (const [i, each] of units.entries()) if (each > 0) sold[i]! *= constraint.value / needed;
  }
  return sold;
}
