import { factorCholesky, solveCholesky } from "../../cholesky.ts";

/** Relative to the largest gradient: smaller ones are rounding. */
const SLACK = 1e-12;
/** Where less than this share of a column is left beside the others, squared, the rest is rounding. */
const SAME = 1e-14;

/**
 * Least squares with weights that are never negative: minimises |columns * x - target|.
 * Source: Lawson and Hanson 1974, "Solving least squares problems", chapter 23: weights enter one by one where they help most,
 * and leave where they would turn negative.
 * @param columns one vector a weight, each as long as the target
 */
export function positiveLeastSquares(columns: readonly Float64Array[], target: Float64Array): Float64Array {
  const gram = columns.map((one) => Float64Array.from(columns, (other) => dot(one, other)));
  const aim = Float64Array.from(columns, (column) => dot(column, target));
  const slack = SLACK * Math.max(...aim.map(Math.abs), Number.MIN_VALUE);
  const weights = new Float64Array(columns.length);
  const active: number[] = [];
  for (let step = 0; step < 3 * columns.length; step++) {
    const entering = steepest(gram, aim, weights, active, slack);
    if (entering === null) break;
    active.push(entering);
    if (!descend(gram, aim, weights, active)) break;
  }
  return weights;
}

/** The weight outside the active set whose rise would lower the error most. */
function steepest(
  gram: readonly Float64Array[],
  aim: Float64Array,
  weights: Float64Array,
  active: readonly number[],
  slack: number,
): number | null {
  let best: number | null = null;
  let most = slack;
  for (let j = 0; j < aim.length; j++) {
    if (active.includes(j)) continue;
    const gradient = aim[j]! - dot(gram[j]!, weights);
    if (gradient > most) {
      most = gradient;
      best = j;
    }
  }
  return best;
}

/** Moves the active weights towards their least squares; those that reach 0 on the way leave. False where rounding decides. */
function descend(gram: readonly Float64Array[], aim: Float64Array, weights: Float64Array, active: number[]): boolean {
  while (active.length > 0) {
    const wanted = solveActive(gram, aim, active);
    if (wanted === null) return false;
    let share = 1;
    for (const [a, j] of active.entries())
      if (wanted[a]! <= 0) share = Math.min(share, weights[j]! / Math.max(weights[j]! - wanted[a]!, Number.MIN_VALUE));
    for (const [a, j] of active.entries()) weights[j]! += share * (wanted[a]! - weights[j]!);
    if (share === 1) return true;
    const before = active.length;
    for (let a = active.length - 1; a >= 0; a--) {
      if (weights[active[a]!]! > 1e-15 || wanted[a]! > 0) continue;
      weights[active[a]!] = 0;
      active.splice(a, 1);
    }
    if (active.length === before) return false;
  }
  return true;
}

/** Cholesky on the active part. @returns null where two of its columns say the same within rounding */
function solveActive(gram: readonly Float64Array[], aim: Float64Array, active: readonly number[]): Float64Array | null {
  const n = active.length;
  const factor = Float64Array.from(active.flatMap((i) => active.map((k) => gram[i]![k]!)));
  if (!factorCholesky(factor, n, (pivot, own) => (pivot > SAME * own ? Math.sqrt(pivot) : null))) return null;
  const x = Float64Array.from(active, (j) => aim[j]!);
  solveCholesky(factor, n, x);
  return x;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
