import { factorCholesky, solveCholesky } from "../cholesky.ts";
import { ModelError } from "../model-error.ts";

/** Solves (A + penalty I) x = y for many y: A symmetric n x n without negative curvature. */
export function ridgeSolver(matrix: Float64Array, penalty: number): (right: Float64Array) => Float64Array {
  const n = Math.round(Math.sqrt(matrix.length));
  const factor = Float64Array.from(matrix);
  for (let i = 0; i < n; i++) factor[i * n + i]! += penalty;
  if (!factorCholesky(factor, n, (pivot) => (pivot > 0 ? Math.sqrt(pivot) : null)))
    throw new ModelError("the regions cannot be told apart: all of them move as one");
  return (right) => {
    const x = Float64Array.from(right);
    solveCholesky(factor, n, x);
    return x;
  };
}
