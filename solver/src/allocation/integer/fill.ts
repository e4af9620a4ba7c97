/** One way to use cells, and what it gains. */
export interface Option {
  readonly cells: number;
  readonly gain: number;
}

/** The most that items gain with exactly so many cells, and which option of each item that takes. */
export interface Filled {
  /** By cells used; -Infinity where no options add up to them */
  readonly best: Float64Array;
  readonly taken: readonly Int32Array[];
  readonly items: readonly (readonly Option[])[];
}

/** Dynamic programming over the cells (Bellman 1957): exactly one option of every item. */
export function fillCells(items: readonly (readonly Option[])[], cells: number): Filled {
  let best = new Float64Array(cells + 1).fill(Number.NEGATIVE_INFINITY);
  best[0] = 0;
  const taken = items.map((options) => {
    const next = new Float64Array(cells + 1).fill(Number.NEGATIVE_INFINITY);
    const by = new Int32Array(cells + 1);
    for (const [o, { cells: used, gain }] of options.entries()) {
      for (let c = used; c <= cells; c++) {
        const value = best[c - used]! + gain;
        if (value > next[c]!) {
          next[c] = value;
          by[c] = o;
        }
      }
    }
    best = next;
    return by;
  });
  return { best, taken, items };
}

/** Cells of each item where `at` are used in all. */
export function cellsOfItems({ taken, items }: Filled, at: number): number[] {
  const used = items.map(() => 0);
  let left = at;
  for (let t = items.length - 1; t >= 0; t--) {
    used[t] = items[t]![taken[t]![left]!]!.cells;
    left -= used[t]!;
  }
  return used;
}
