/** Steps of 1, 2 or 5 that reach over `largest` in at most five. */
export function niceTicks(smallest: number, largest: number): number[] {
  const [low, high] = [Math.min(0, smallest), Math.max(0, largest)];
  const span = high - low;
  if (!Number.isFinite(span) || span <= 0) return [0, 1];
  const raw = span / 4;
  const size = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5, 10].find((each) => each * size >= raw) ?? 10) * size;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}

export type Scale = (value: number) => number;

/** Maps a range of values onto points of the paper. */
export function linear([from, to]: readonly [number, number], [start, end]: readonly [number, number]): Scale {
  const slope = to === from ? 0 : (end - start) / (to - from);
  return (value) => Math.round((start + (value - from) * slope) * 100) / 100;
}
