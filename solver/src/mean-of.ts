import { sum } from "./sum.ts";

/** The plain mean; 0 of nothing. */
export function meanOf(numbers: ArrayLike<number> & Iterable<number>): number {
  return numbers.length === 0 ? 0 : sum(numbers) / numbers.length;
}
