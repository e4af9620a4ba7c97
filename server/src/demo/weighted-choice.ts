import type { Random } from "../random.ts";

/**
 * Draws an index in proportion to fixed weights, in constant time.
 * Law: P(index) = weight / sum of weights; a weight of zero is never drawn.
 * Source: Walker 1977, with Vose's 1991 construction of the alias table.
 */
export class WeightedChoice {
  private readonly keep: Float64Array;
  private readonly alias: Int32Array;

  /** @throws RangeError when a weight is negative or none is positive */
  constructor(weights: ArrayLike<number>) {
    const count = weights.length;
    let total = 0;
    for (let i = 0; i < count; i++) {
      const weight = weights[i]!;
      if (!(weight >= 0) || weight === Number.POSITIVE_INFINITY) throw new RangeError(`weight ${i} is ${weight}`);
      total += weight;
    }
    if (!(total > 0)) throw new RangeError("no weight is positive");

    this.keep = new Float64Array(count).fill(1);
    this.alias = Int32Array.from({ length: count }, (_, i) => i);
    const share = new Float64Array(count);
    const small: number[] = [];
    const large: number[] = [];
    let heaviest = 0;
    for (let i = 0; i < count; i++) {
      share[i] = (weights[i]! * count) / total;
      if (weights[i]! > weights[heaviest]!) heaviest = i;
      (share[i]! < 1 ? small : large).push(i);
    }
    while (small.length > 0 && large.length > 0) {
      const poor = small.pop()!;
      const rich = large.pop()!;
      this.keep[poor] = share[poor]!;
      this.alias[poor] = rich;
      share[rich] = share[rich]! + share[poor]! - 1;
      (share[rich]! < 1 ? small : large).push(rich);
    }
    // Rounding can strand a weight: what is left keeps its own place unless it weighs nothing.
    for (const left of small) {
      if (weights[left] !== 0) continue;
      this.keep[left] = 0;
      this.alias[left] = heaviest;
    }
  }

  draw(random: Random): number {
    const slot = random.below(this.keep.length);
    return random.uniform() < this.keep[slot]! ? slot : this.alias[slot]!;
  }
}
