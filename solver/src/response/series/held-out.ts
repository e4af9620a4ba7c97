import { type Base, choleskyInPlace, leaveBase } from "./base.ts";

/** Stretches of the series that are left out in turn, with what is needed to tell them from the rest. */
export interface Stretches {
  readonly count: number;
  /**
   * Log density of each stretch given all the others, for a whitened rest whose noise has this variance. Coefficients of the base
   * are fitted to the others alone, exactly.
   */
  readonly foretell: (rest: Float64Array, variance: number) => Float64Array;
}

const STRETCHES = 20;

export function prepareStretches(base: Base): Stretches {
  const { rows, size, k } = base;
  const edges = Array.from({ length: STRETCHES + 1 }, (_, i) => Math.round((i * rows) / STRETCHES));
  const inside = edges.slice(1).map((to, i) => {
    const from = edges[i]!;
    const length = to - from;
    const precision = new Float64Array(length * length);
    for (let a = 0; a < length; a++) {
      for (let b = 0; b <= a; b++) {
        let dot = 0;
        for (let j = 0; j < size; j++) dot += k[j * rows + from + a]! * k[j * rows + from + b]!;
        precision[a * length + b] = (a === b ? 1 + 1e-9 : 0) - dot;
      }
    }
    // A stretch that alone tells a coefficient cannot be foretold: it says nothing of families.
    return { from, length, lower: precision, half: choleskyInPlace(precision, length) };
  });
  const foretell = (rest: Float64Array, variance: number): Float64Array => {
    const left = leaveBase(base, rest);
    return Float64Array.from(inside, ({ from, length, lower, half }) => {
      if (half === null) return 0;
      const solved = new Float64Array(length);
      let squares = 0;
      for (let i = 0; i < length; i++) {
        let sum = left[from + i]!;
        for (let j = 0; j < i; j++) sum -= lower[i * length + j]! * solved[j]!;
        solved[i] = sum / lower[i * length + i]!;
        squares += solved[i]! * solved[i]!;
      }
      return half - 0.5 * length * Math.log(2 * Math.PI * variance) - squares / (2 * variance);
    });
  };
  return { count: STRETCHES, foretell };
}

/**
 * Log density of a stretch under draws that saw it, as if they had not: draws count in inverse proportion to what they gave it, and none
 * for more than the root of their number. Source: Gelfand 1992; Ionides 2008 for the cut.
 */
export function heldOutDensity(logs: readonly number[]): number {
  const least = Math.min(...logs);
  const inverse = logs.map((log) => Math.exp(least - log));
  const cut = (inverse.reduce((a, b) => a + b, 0) / logs.length) * Math.sqrt(logs.length);
  let weights = 0;
  let sum = 0;
  inverse.forEach((each, i) => {
    const weight = Math.min(each, cut);
    weights += weight;
    sum += weight * Math.exp(logs[i]! - least);
  });
  return least + Math.log(sum / weights);
}

const REPLICATES = 400;

/**
 * Weights of models by what they say of stretches that they were not fitted on. Which model tells them best is itself
 * uncertain: the weights are averaged over random weights of the stretches. Source: Yao et al. 2018, pseudo-BMA+.
 * @param densities models x stretches
 */
export function weighByHeldOut(densities: readonly Float64Array[], random: () => number): Float64Array {
  const stretches = densities[0]!.length;
  const weights = new Float64Array(densities.length);
  for (let replicate = 0; replicate < REPLICATES; replicate++) {
    const parts = Float64Array.from({ length: stretches }, () => -Math.log(1 - random()));
    const total = parts.reduce((a, b) => a + b, 0);
    const scores = densities.map((density) =>
      density.reduce((sum, each, i) => sum + (each * parts[i]! * stretches) / total, 0),
    );
    const most = Math.max(...scores);
    const shares = scores.map((score) => Math.exp(score - most));
    const all = shares.reduce((a, b) => a + b, 0);
    shares.forEach((share, i) => {
      weights[i]! += share / all / REPLICATES;
    });
  }
  return weights;
}
