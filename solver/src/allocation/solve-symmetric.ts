/** Solves a symmetric positive semidefinite system by Cholesky; directions without curvature get no step. */
export function solveSymmetric(matrix: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  const factor = Float64Array.from(matrix);
  const dead = new Uint8Array(n);
  for (let j = 0; j < n; j++) {
    let pivot = factor[j * n + j]!;
    for (let k = 0; k < j; k++) if (dead[k] === 0) pivot -= factor[j * n + k]! ** 2;
    if (!(pivot > 1e-13 * matrix[j * n + j]!)) {
      dead[j] = 1;
      continue;
    }
    const root = Math.sqrt(pivot);
    factor[j * n + j] = root;
    for (let i = j + 1; i < n; i++) {
      let entry = factor[i * n + j]!;
      for (let k = 0; k < j; k++) if (dead[k] === 0) entry -= factor[i * n + k]! * factor[j * n + k]!;
      factor[i * n + j] = entry / root;
    }
  }
  const x = Float64Array.from(right);
  for (let i = 0; i < n; i++) {
    if (dead[i] === 1) {
      x[i] = 0;
      continue;
    }
    for (let k = 0; k < i; k++) if (dead[k] === 0) x[i]! -= factor[i * n + k]! * x[k]!;
    x[i]! /= factor[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    if (dead[i] === 1) continue;
    for (let k = i + 1; k < n; k++) if (dead[k] === 0) x[i]! -= factor[k * n + i]! * x[k]!;
    x[i]! /= factor[i * n + i]!;
  }
  return x;
}
