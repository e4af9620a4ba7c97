/** Sums that should cancel do so up to rounding; a right-hand side of -1e-17 is not an impossible plan. */
export function nearZero(value: number): number {
  return Math.abs(value) < 1e-13 ? 0 : value;
}
