import { sum } from "@touchline/solver";
import type { PlannedChannel } from "./prepare-channels.ts";

/** Above what adding floats leaves behind, far below a cent. */
const NOISE = 1e-6;

/**
 * Whole cents, so that the amounts add up to what the plan spends, rounded, and never beyond the budget, rounded. A channel
 * without room is rounded by itself, so that what stays is printed as it was; the others share what is left by largest
 * remainder, inside their bounds wherever that is possible.
 */
export function roundToCents(
  spend: ArrayLike<number>,
  budget: number,
  channels: readonly Pick<PlannedChannel, "lower" | "upper">[],
): number[] {
  const exact = Array.from(spend, (amount) => amount * 100);
  const isFixed = ({ lower, upper }: Pick<PlannedChannel, "lower" | "upper">): boolean => lower === upper;
  const cents = exact.map((value, i) => (isFixed(channels[i]!) ? Math.round(value) : Math.floor(value + NOISE)));
  const total = Math.min(Math.round(sum(exact)), Math.round(budget * 100));
  const remainder = (i: number): number => exact[i]! - cents[i]!;
  const movable = exact.map((_, i) => i).filter((i) => !isFixed(channels[i]!));
  const byRemainder = movable.toSorted((a, b) => remainder(b) - remainder(a) || a - b);
  const staysInBounds = (i: number, step: 1 | -1): boolean => {
    const { lower, upper } = channels[i]!;
    const next = (cents[i]! + step) / 100;
    return step > 0 ? upper === null || next <= upper + NOISE : next >= lower - NOISE;
  };
  let left = total - sum(cents);
  const step = left > 0 ? 1 : -1;
  const order = step > 0 ? byRemainder : byRemainder.toReversed();
  for (const isAllowed of [staysInBounds, (i: number) => cents[i]! + step >= 0]) {
    for (const i of order) {
      if (left === 0 || !isAllowed(i, step)) continue;
      cents[i]! += step;
      left -= step;
    }
  }
  return cents.map((value) => value / 100);
}
