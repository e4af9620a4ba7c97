/**
 * The diagonal of the factor where a pivot is left of an entry `own`: its root; a huge number or Infinity for a row that earlier rows
 * have said already, which takes it out of every solution; null to give up.
 */
export type RootOf = (pivot: number, own: number) => number | null;

/**
 * Factors a symmetric positive definite matrix in place: its lower triangle becomes L with L L' = matrix.
 * @param matrix size x size, row by row; the upper triangle is not read
 * @returns false where it was given up
 */
export function factorCholesky(matrix: Float64Array, size: number, rootOf: RootOf): boolean {
  for (let j = 0; j < size; j++) {
    const rowJ = j * size;
    const own = matrix[rowJ + j]!;
    let pivot = own;
    for (let k = 0; k < j; k++) pivot -= matrix[rowJ + k]! * matrix[rowJ + k]!;
    const diagonal = rootOf(pivot, own);
    if (diagonal === null) return false;
    matrix[rowJ + j] = diagonal;
    for (let i = j + 1; i < size; i++) {
      const rowI = i * size;
      let sum = matrix[rowI + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[rowI + k]! * matrix[rowJ + k]!;
      matrix[rowI + j] = sum / diagonal;
    }
  }
  return true;
}

/** Solves L L' x = right in place. */
export function solveCholesky(factor: Float64Array, size: number, right: Float64Array): void {
  for (let i = 0; i < size; i++) {
    let sum = right[i]!;
    for (let k = 0; k < i; k++) sum -= factor[i * size + k]! * right[k]!;
    right[i] = sum / factor[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = right[i]!;
    for (let k = i + 1; k < size; k++) sum -= factor[k * size + i]! * right[k]!;
    right[i] = sum / factor[i * size + i]!;
  }
}
