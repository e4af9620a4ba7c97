/**
 * Moves labels apart so that none overlaps: each as near as possible to where it wishes to be (least squares), in the order
 * of the wishes, at least `gap` from the next and inside [low, high].
 * Laws: the order of the wishes is kept; neighbours are `gap` apart, or evenly packed where the room is too small for that;
 * labels that were far enough apart do not move.
 * Method: pool adjacent violators on the wishes less their due offsets.
 */
export function spreadLabels(wishes: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wishes.map((_, index) => index).sort((a, b) => (wishes[a] ?? 0) - (wishes[b] ?? 0) || a - b);
  const room = high - low;
  const step = wishes.length > 1 ? Math.min(gap, room / (wishes.length - 1)) : gap;
  const blocks: { sum: number; count: number }[] = [];
  order.forEach((index, rank) => {
    blocks.push({ sum: (wishes[index] ?? 0) - rank * step, count: 1 });
    while (blocks.length > 1) {
      const last = blocks.at(-1)!;
      const before = blocks.at(-2)!;
      if (before.sum / before.count <= last.sum / last.count) break;
      blocks.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count });
    }
  });
  const roof = high - step * (wishes.length - 1);
  const offsets = blocks.flatMap(({ sum, count }) =>
    Array.from({ length: count }, () => Math.max(low, Math.min(sum / count, Math.max(low, roof)))),
  );
  const placed = new Array<number>(wishes.length).fill(low);
  order.forEach((index, rank) => {
    placed[index] = (offsets[rank] ?? low) + rank * step;
  });
  return placed;
}
