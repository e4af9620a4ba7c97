import { type Curve, inverseSlope } from "../response/index.ts";
import { sum } from "../sum.ts";

export interface Room {
  /** Where it stands before the move. */
  readonly base: number;
  readonly curve: Curve | null;
  readonly lower: number;
  readonly upper: number;
}

const HALVINGS = 120;

/**
 * Amounts that add up to the total, with one marginal return for all that touch no bound.
 * @param total between the sums of the bounds
 * Straight curves jump from one bound to the other at their slope: those that do share what is left over by their room.
 */
export function fillByMarginal(rooms: readonly Room[], total: number): number[] {
  const at = (logSlope: number) =>
    rooms.map(({ curve, lower, upper }) => Math.min(Math.max(inverseSlope(curve!, Math.exp(logSlope)), lower), upper));
  // Returns of 1e-18 and of 1e18 for a unit of money: no plan goes there.
  let [low, high] = [Math.log(1e-18), Math.log(1e18)];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (sum(at(middle)) >= total) low = middle;
    else high = middle;
  }
  return between(at(high), at(low), total, rooms);
}

/** Amounts that add up to the total, all changed by one factor but for those at a bound; equal changes where nothing is spent. */
export function fillInProportion(rooms: readonly Room[], total: number): number[] {
  const isSpent = rooms.some(({ base }) => base > 0);
  const at = (factor: number) =>
    rooms.map(({ base, lower, upper }) => Math.min(Math.max(isSpent ? base * factor : factor, lower), upper));
  let high = 1;
  while (high < 1e18 && sum(at(high)) < total) high *= 2;
  let low = 0;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (sum(at(middle)) >= total) high = middle;
    else low = middle;
  }
  return between(at(low), at(high), total, rooms);
}

/** The same way from one to the other for all, to where they add up to the total; of what is still missing each gets by its room. */
function between(less: readonly number[], more: readonly number[], total: number, rooms: readonly Room[]): number[] {
  const [from, to] = [sum(less), sum(more)];
  const share = to > from ? Math.min(1, Math.max(0, (total - from) / (to - from))) : 0;
  const amounts = less.map((amount, i) => amount + share * (more[i]! - amount));
  const missing = total - sum(amounts);
  const space = rooms.map(({ lower, upper }, i) => (missing > 0 ? upper - amounts[i]! : amounts[i]! - lower));
  const all = sum(space);
  if (!(all > 0) || missing === 0) return amounts;
  const part = Math.min(1, Math.abs(missing) / all) * Math.sign(missing);
  return amounts.map((amount, i) => amount + part * space[i]!);
}
