/** Numbers that follow from a seed: what is sent can be sent again. */
export interface Random {
  /** A whole number from 0 to below `n`. */
  below(n: number): number;
  /** True once in `n` times. */
  once(n: number): boolean;
  pick<T>(from: readonly T[]): T;
}

export function seeded(...seeds: readonly number[]): Random {
  let state = seeds.reduce((mixed, seed) => Math.imul(mixed ^ seed, 0x9e3779b1) + 0x7f4a7c15, 1);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number) => Math.floor(next() * n);
  return { below, once: (n) => below(n) === 0, pick: (from) => from[below(from.length)]! };
}
