/** Plain addition, in the order of the numbers. Credit that has to add up exactly takes compensated sums. */
export function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const one of numbers) total += one;
  return total;
}
