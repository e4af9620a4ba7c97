import { describe, expect, test } from "vitest";
import { solveCholesky } from "../../cholesky.ts";
import { factorNearly } from "./factor-nearly.ts";
import { type ConcaveProgramme, climb } from "./interior-point.ts";

/** maximise sum a_i * ln(x_i) over x >= lower and sum x = total: x_i is in proportion to a_i where no bound holds it. */
function logarithms(a: readonly number[], lower: readonly number[], total: number): ConcaveProgramme {
  return {
    variables: a.length,
    inequalities: a.length,
    equalities: 1,
    bounds: a.length,
    look: (x) => ({
      value: a.reduce((sum, one, i) => sum + one * Math.log(x[i]!), 0),
      gradient: Float64Array.from(a, (one, i) => one / x[i]!),
      slack: Float64Array.from(x, (one, i) => one - lower[i]!),
      missing: Float64Array.of(total - x.reduce((sum, one) => sum + one, 0)),
      along: (step) => Float64Array.from(step),
      addPriced: (prices, into) => {
        for (const [i, price] of prices.entries()) into[i]! += price;
      },
      subtractPriced: (prices, into) => {
        for (const i of into.keys()) into[i]! -= prices[0]!;
      },
      factor: (_, weights) => (force, missing) => {
        const bend = Float64Array.from(a, (one, i) => one / x[i]! ** 2 + weights[i]!);
        const [held, whole] = bend.reduce<[number, number]>(
          ([f, w], one, i) => [f + force[i]! / one, w + 1 / one],
          [0, 0],
        );
        const price = (held - missing[0]!) / whole;
        const step = force.map((one, i) => (one - price) / bend[i]!);
        return { step, prices: Float64Array.of(price), pulls: step.map((one, i) => one * weights[i]!) };
      },
    }),
  };
}

describe("the climb from inside", () => {
  test("ends where every margin is the price", () => {
    const { v, equalityPrices, steps, fault } = climb(logarithms([1, 2, 3], [0, 0, 0], 12), Float64Array.of(1, 1, 1));
    expect([...v].map((x) => Number(x.toFixed(12)))).toEqual([2, 4, 6]);
    expect(equalityPrices[0]).toBeCloseTo(0.5, 13);
    expect(fault).toBeLessThan(1e-12);
    expect(steps).toBeLessThan(20);
  });

  test("prices the bounds that hold", () => {
    const { v, prices, equalityPrices } = climb(logarithms([1, 2, 3], [4, 0, 0], 12), Float64Array.of(5, 1, 1));
    expect([...v].map((x) => Number(x.toFixed(12)))).toEqual([4, 3.2, 4.8]);
    expect(equalityPrices[0]).toBeCloseTo(0.625, 13);
    expect(prices[0]).toBeCloseTo(0.625 - 0.25, 12);
  });
});

test("a row that says nothing new gets nothing in the solution", () => {
  // The second row is the first one once more
  const matrix = Float64Array.of(4, 4, 2, 4, 4, 2, 2, 2, 5);
  factorNearly(matrix, 3);
  const right = Float64Array.of(4, 4, 2);
  solveCholesky(matrix, 3, right);
  expect([...right].map((one) => Number(one.toFixed(12)))).toEqual([1, 0, 0]);
});
