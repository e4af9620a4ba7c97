/**
 * Inverse of a symmetric positive definite matrix, by Cholesky. Directions without information get a little of it first
 * (`ridge`, relative to the diagonal), so that the inverse exists.
 * @param matrix n x n, row-major
 */
export function invertSymmetric(matrix: Float64Array, size: number, ridge = 1e-10): Float64Array {
  const lower = Float64Array.from(matrix);
  let largest = 0;
  for (let i = 0; i < size; i++) largest = Math.max(largest, matrix[i * size + i]!);
  for (let i = 0; i < size; i++) lower[i * size + i]! += ridge * (matrix[i * size + i]! + largest) + 1e-300;
  for (let column = 0; column < size; column++) {
    for (let row = column; row < size; row++) {
      let sum = lower[row * size + column]!;
      for (let k = 0; k < column; k++) sum -= lower[row * size + k]! * lower[column * size + k]!;
      lower[row * size + column] =
        row === column ? Math.sqrt(Math.max(sum, 1e-300)) : sum / lower[column * size + column]!;
    }
  }
  const inverse = new Float64Array(size * size);
  const x = new Float64Array(size);
  for (let unit = 0; unit < size; unit++) {
    for (let i = 0; i < size; i++) {
      let sum = i === unit ? 1 : 0;
      for (let k = 0; k < i; k++) sum -= lower[i * size + k]! * x[k]!;
      x[i] = sum / lower[i * size + i]!;
    }
    for (let i = size - 1; i >= 0; i--) {
      let sum = x[i]!;
      for (let k = i + 1; k < size; k++) sum -= lower[k * size + i]! * x[k]!;
      x[i] = sum / lower[i * size + i]!;
    }
    for (let i = 0; i < size; i++) inverse[i * size + unit] = x[i]!;
  }
  return inverse;
}
