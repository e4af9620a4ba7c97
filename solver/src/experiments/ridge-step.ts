import { ModelError } from "../model-error.ts";

/** Solves (A + penalty I) x = y for many y: A symmetric n x n without negative curvature, by Cholesky's factor. */
export function ridgeSolver(matrix: Float64Array, penalty: number): (right: Float64Array) => Float64Array {
  const n = Math.round(Math.sqrt(matrix.length));
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j]! + (i === j ? penalty : 0);
      for (let k = 0; k < j; k++) sum -= lower[i * n + k]! * lower[j * n + k]!;
      if (i === j && !(sum > 0)) throw new ModelError("the regions cannot be told apart: all of them move as one");
      lower[i * n + j] = i === j ? Math.sqrt(sum) : sum / lower[j * n + j]!;
    }
  }
  return (right) => {
    const x = Float64Array.from(right);
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < i; k++) x[i]! -= lower[i * n + k]! * x[k]!;
      x[i]! /= lower[i * n + i]!;
    }
    for (let i = n - 1; i >= 0; i--) {
      for (let k = i + 1; k < n; k++) x[i]! -= lower[k * n + i]! * x[k]!;
      x[i]! /= lower[i * n + i]!;
    }
    return x;
  };
}
