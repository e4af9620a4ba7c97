/** What adds up to less than this share of the larger number is rounding. */
const ROUNDING = 1e-9;

/** Euclid's greatest common divisor for multiples of any number, 0.3 and 0.2 of 0.1 as well as 6 and 4 of 2. */
export function commonDivisor(a: number, b: number): number {
  return b <= ROUNDING * a ? a : commonDivisor(b, a % b);
}
