/** A pivot this much smaller than the entry it came from is rounding: its row says nothing that earlier rows have not said. */
const LOST = 1e-15;
/** Takes such a row out of the solution. */
const HUGE = 1e64;

/**
 * Factors a symmetric positive definite matrix in place: its lower triangle becomes L with L L' = matrix.
 * Rows that depend on earlier ones up to rounding get a zero in every solution.
 * @param matrix size x size, row by row; the upper triangle is not read
 */
export function factorCholesky(matrix: Float64Array, size: number): void {
  for (let j = 0; j < size; j++) {
    const rowJ = j * size;
    const own = matrix[rowJ + j]!;
    let pivot = own;
    for (let k = 0; k < j; k++) pivot -= matrix[rowJ + k]! * matrix[rowJ + k]!;
    const diagonal = pivot > LOST * own ? Math.sqrt(pivot) : HUGE;
    matrix[rowJ + j] = diagonal;
    for (let i = j + 1; i < size; i++) {
      const rowI = i * size;
      let sum = matrix[rowI + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[rowI + k]! * matrix[rowJ + k]!;
      matrix[rowI + j] = sum / diagonal;
    }
  }
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
