import { factorCholesky, solveCholesky } from "../cholesky.ts";

/** A pivot below this share of its entry is rounding. */
const LOST = 1e-13;

/** Solves a symmetric positive semidefinite system by Cholesky; directions without curvature get no step. */
export function solveSymmetric(matrix: Float64Array, right: Float64Array): Float64Array {
  const factor = Float64Array.from(matrix);
  factorCholesky(factor, right.length, (pivot, own) =>
    pivot > LOST * own ? Math.sqrt(pivot) : Number.POSITIVE_INFINITY,
  );
  const x = Float64Array.from(right);
  solveCholesky(factor, right.length, x);
  return x;
}
