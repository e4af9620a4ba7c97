/** Two-sided shares that intervals of daily figures are told with, and the normal quantile of each. */
const NORMAL = { 0.8: 1.2815515655446004, 0.9: 1.6448536269514722 } as const;
export type IntervalLevel = keyof typeof NORMAL;

/**
 * How many standard errors the interval of this level reaches to either side, when the error itself was estimated on so many degrees of
 * freedom. Cornish and Fisher's expansion: within 1 % from three degrees on.
 */
export function studentQuantile(level: IntervalLevel, degrees: number): number {
  const z = NORMAL[level];
  const n = Math.max(degrees, 1);
  const first = (z ** 3 + z) / (4 * n);
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * n ** 2);
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * n ** 3);
  return z + first + second + third;
}
