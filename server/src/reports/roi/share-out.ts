import { textOf, unitsOf } from "../../exact.ts";

/** Trillionths, as amounts are counted in. */
const ONE = 10n ** 12n;

/** Rounds to so many decimals, halves away from zero. */
export function toPlaces(amount: string, places: number): string {
  const step = ONE / 10n ** BigInt(places);
  const units = unitsOf(amount);
  const half = units < 0n ? -step / 2n : step / 2n;
  return textOf(((units + half) / step) * step);
}

/**
 * Amounts to so many decimals that add up to `total`: each is rounded down, and what is left goes to the largest remainders, earlier
 * ones first. This is the one place where a report rounds what has a total.
 * Law: they add up to the total exactly. Where it is the rounded sum of the amounts, none moves by a whole step, and what is 0 stays 0.
 */
export function shareOut(total: string, amounts: readonly string[], places: number): string[] {
  const step = ONE / 10n ** BigInt(places);
  const parts = amounts.map((amount) => {
    const units = unitsOf(amount);
    const remainder = ((units % step) + step) % step;
    return { floor: units - remainder, remainder };
  });
  const order = parts
    .map(({ remainder }, place) => ({ remainder, place }))
    .sort((a, b) => (a.remainder === b.remainder ? a.place - b.place : a.remainder < b.remainder ? 1 : -1));
  let left = (unitsOf(total) - parts.reduce((sum, { floor }) => sum + floor, 0n)) / step;
  const rounded = parts.map(({ floor }) => floor);
  // Downwards, the smallest remainders come first: they are the nearest to the step below.
  const takers = left < 0n ? order.reverse() : order;
  for (let at = 0; left !== 0n && takers.length > 0; at++) {
    const sign = left < 0n ? -1n : 1n;
    rounded[takers[at % takers.length]!.place]! += sign * step;
    left -= sign;
  }
  return rounded.map(textOf);
}

/** An amount times a number, to a trillionth. */
export function scaled(amount: string, factor: number): string {
  return textOf((unitsOf(amount) * BigInt(Math.round(factor * 1e12))) / ONE);
}

/** So many of all days of an amount. */
export function daysShare(amount: string, days: number, all: number): string {
  return textOf((unitsOf(amount) * BigInt(days)) / BigInt(all));
}
