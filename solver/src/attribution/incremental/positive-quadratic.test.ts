import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minimiseOnPositives } from "./positive-quadratic.ts";

const numbers = (length: number, size = 3) =>
  fc.array(fc.double({ min: -size, max: size, noNaN: true }), { minLength: length, maxLength: length });

interface Problem {
  readonly size: number;
  readonly curvature: Float64Array;
  readonly gradient: Float64Array;
  readonly from: Float64Array;
}

/** Curvature = factor' x factor + a little on the diagonal: positive definite. */
const problems = fc
  .integer({ min: 1, max: 5 })
  .chain((size) => fc.tuple(numbers(size * size), numbers(size, 10), numbers(size)))
  .map(([factor, gradient, from]): Problem => {
    const size = gradient.length;
    const curvature = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      curvature[i * size + i]! += 0.5;
      for (let j = 0; j < size; j++) {
        for (let k = 0; k < size; k++) curvature[i * size + j]! += factor[k * size + i]! * factor[k * size + j]!;
      }
    }
    return { size, curvature, gradient: Float64Array.from(gradient), from: Float64Array.from(from, Math.abs) };
  });

function valueAt({ size, curvature, gradient, from }: Problem, x: Float64Array): number {
  let value = 0;
  for (let i = 0; i < size; i++) {
    value += gradient[i]! * (x[i]! - from[i]!);
    for (let j = 0; j < size; j++) {
      value += 0.5 * (x[i]! - from[i]!) * curvature[i * size + j]! * (x[j]! - from[j]!);
    }
  }
  return value;
}

/** The best over every choice of which coordinates are 0, each solved by elimination. */
function bestByTrying(problem: Problem): number {
  let best = Number.POSITIVE_INFINITY;
  for (let free = 0; free < 2 ** problem.size; free++) {
    const x = solveOn(problem, free);
    if (x.every((each) => each >= -1e-12)) best = Math.min(best, valueAt(problem, x));
  }
  return best;
}

/** Where the slope is 0 in the free coordinates, the others being 0. */
function solveOn({ size, curvature, gradient, from }: Problem, free: number): Float64Array {
  const places = Array.from({ length: size }, (_, i) => i).filter((i) => (free >> i) & 1);
  const rows = places.map((i) => {
    let right = -gradient[i]!;
    for (let j = 0; j < size; j++) right += curvature[i * size + j]! * from[j]!;
    return [...places.map((j) => curvature[i * size + j]!), right];
  });
  rows.forEach((pivot, p) => {
    for (const [r, row] of rows.entries()) {
      if (r === p) continue;
      const times = row[p]! / pivot[p]!;
      for (let j = p; j <= rows.length; j++) row[j]! -= times * pivot[j]!;
    }
  });
  const x = new Float64Array(size);
  places.forEach((i, p) => {
    x[i] = rows[p]![rows.length]! / rows[p]![p]!;
  });
  return x;
}

describe("the minimum over non-negative numbers", () => {
  test("is the best of all choices of which are 0", () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const found = minimiseOnPositives(problem.curvature, problem.gradient, problem.from);
        const best = bestByTrying(problem);
        expect(found.every((each) => each >= 0)).toBe(true);
        expect(valueAt(problem, found)).toBeGreaterThanOrEqual(best - 1e-8 * (1 + Math.abs(best)));
        expect(valueAt(problem, found)).toBeLessThanOrEqual(best + 1e-3 + 1e-6 * Math.abs(best));
      }),
      { numRuns: 300 },
    );
  });
});
