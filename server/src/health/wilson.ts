export interface Interval {
  readonly low: number;
  readonly high: number;
}

export const LEVEL = 0.95;
/** The normal quantile of a two-sided interval of 95 %. */
const Z = 1.959963984540054;

/**
 * Wilson's score interval of a share: the shares p that the observed one does not contradict, |p̂ - p| <= z √(p (1 - p) / n).
 * @param share observed, in [0, 1]
 * @param n on how many independent rows it stands; need not be whole
 * Law: it lies in [0, 1], holds the observed share, and without rows it is everything.
 * Source: Wilson 1927, "Probable inference, the law of succession, and statistical inference".
 */
export function wilsonInterval(share: number, n: number): Interval {
  if (!(n > 0)) return { low: 0, high: 1 };
  const z2 = Z * Z;
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  return { low: Math.max(0, Math.min(share, centre - half)), high: Math.min(1, Math.max(share, centre + half)) };
}
