/** The power of two nearest to a size, for units in which nothing is rounded; 1 where there is no size. */
export function powerOfTwo(size: number): number {
  return size > 0 ? 2 ** Math.min(1000, Math.max(-1000, Math.round(Math.log2(size)))) : 1;
}
