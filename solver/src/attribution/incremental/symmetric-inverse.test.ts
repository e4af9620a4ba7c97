import fc from "fast-check";
import { expect, test } from "vitest";
import { invertSymmetric } from "./symmetric-inverse.ts";

const matrices = fc
  .integer({ min: 1, max: 6 })
  .chain((size) =>
    fc.tuple(
      fc.constant(size),
      fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: size * size, maxLength: size * size }),
      fc.constantFrom(1e-6, 1, 1e6),
    ),
  )
  .map(([size, factor, unit]) => {
    const matrix = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      matrix[i * size + i]! += unit;
      for (let j = 0; j < size; j++) {
        for (let k = 0; k < size; k++) matrix[i * size + j]! += unit * factor[k * size + i]! * factor[k * size + j]!;
      }
    }
    return { size, matrix };
  });

test("a matrix times its inverse is one, whatever the unit", () => {
  fc.assert(
    fc.property(matrices, ({ size, matrix }) => {
      const inverse = invertSymmetric(matrix, size);
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) {
          let sum = 0;
          for (let k = 0; k < size; k++) sum += matrix[i * size + k]! * inverse[k * size + j]!;
          expect(sum).toBeCloseTo(i === j ? 1 : 0, 6);
        }
      }
    }),
  );
});

test("a direction without information has a large variance, not an error", () => {
  const inverse = invertSymmetric(Float64Array.of(4, 0, 0, 0), 2);
  expect(inverse[0]).toBeCloseTo(0.25, 6);
  expect(inverse[3]).toBeGreaterThan(1e6);
  expect(inverse.every(Number.isFinite)).toBe(true);
});
