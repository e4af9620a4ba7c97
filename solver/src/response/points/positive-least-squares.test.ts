import fc from "fast-check";
import { expect, test } from "vitest";
import { positiveLeastSquares } from "./positive-least-squares.ts";

const number = fc.double({ min: -10, max: 10, noNaN: true, noDefaultInfinity: true });
const problem = fc
  .tuple(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 1, max: 6 }))
  .chain(([rows, columns]) =>
    fc.tuple(
      fc.array(fc.array(number, { minLength: rows, maxLength: rows }), { minLength: columns, maxLength: columns }),
      fc.array(number, { minLength: rows, maxLength: rows }),
    ),
  );

test("weights are never negative, and no small change of one lowers the error", () => {
  fc.assert(
    fc.property(problem, ([given, aim]) => {
      const columns = given.map((column) => Float64Array.from(column));
      const target = Float64Array.from(aim);
      const weights = positiveLeastSquares(columns, target);
      const residual = target.map(
        (value, i) => value - columns.reduce((sum, column, j) => sum + column[i]! * weights[j]!, 0),
      );
      const size = Math.max(1, ...given.flat().map(Math.abs)) * Math.max(1, ...aim.map(Math.abs));
      for (const [j, column] of columns.entries()) {
        const gradient = column.reduce((sum, value, i) => sum + value * residual[i]!, 0);
        expect(weights[j]).toBeGreaterThanOrEqual(0);
        if (weights[j]! > 1e-6) expect(Math.abs(gradient)).toBeLessThan(1e-4 * size);
        else expect(gradient).toBeLessThan(1e-4 * size);
      }
    }),
    { numRuns: 300, seed: 7 },
  );
});
