import type { Random } from "../../../server/src/random.ts";

export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.uniform();
}

/** Even on a logarithmic scale: as many draws in 1 to 2 as in 2 to 4. */
export function logBetween(random: Random, low: number, high: number): number {
  return low * (high / low) ** random.uniform();
}

/** A whole number, both ends included. */
export function wholeBetween(random: Random, low: number, high: number): number {
  return low + random.below(high - low + 1);
}

export function pick<T>(random: Random, from: readonly T[]): T {
  return from[random.below(from.length)]!;
}

export function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
