const Z_90 = 1.6449;

/**
 * 90 % interval of what a Poisson count stands for, also where it is small or 0 (Wilson and Hilferty's cube root; within 1 % of the
 * exact one from a count of 2 on).
 */
export function scatterOfCount(count: number): { low: number; high: number } {
  const bound = (n: number, z: number): number => n * Math.max(0, 1 - 1 / (9 * n) + z / (3 * Math.sqrt(n))) ** 3;
  return { low: count > 0 ? bound(count, -Z_90) : 0, high: bound(count + 1, Z_90) };
}
