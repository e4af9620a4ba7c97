import { expect, test } from "vitest";
import { factorCholesky, solveCholesky } from "./cholesky.ts";

const root = (pivot: number) => (pivot > 0 ? Math.sqrt(pivot) : null);
const orNothing = (pivot: number, own: number) => (pivot > 1e-12 * own ? Math.sqrt(pivot) : Number.POSITIVE_INFINITY);

test("what is solved for comes back", () => {
  const matrix = Float64Array.of(4, 2, 0.6, 2, 5, 1, 0.6, 1, 3);
  const x = [1, -2, 3];
  const right = Float64Array.from([0, 1, 2], (i) => x.reduce((sum, each, j) => sum + matrix[3 * i + j]! * each, 0));
  const factor = Float64Array.from(matrix);
  expect(factorCholesky(factor, 3, root)).toBe(true);
  solveCholesky(factor, 3, right);
  for (const [i, each] of x.entries()) expect(right[i]).toBeCloseTo(each, 12);
});

test("a row that says what an earlier one said is given up, or gets nothing", () => {
  const matrix = Float64Array.of(1, 2, 2, 4);
  expect(factorCholesky(Float64Array.from(matrix), 2, root)).toBe(false);
  const factor = Float64Array.from(matrix);
  factorCholesky(factor, 2, orNothing);
  const x = Float64Array.of(3, 6);
  solveCholesky(factor, 2, x);
  expect([...x]).toEqual([3, 0]);
});
