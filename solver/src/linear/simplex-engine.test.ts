import { describe, expect, test } from "vitest";
import type { LinearProgramme, LinearRow } from "./programme.ts";
import { solveLinearProgramme } from "./simplex-engine.ts";

const unbounded = Number.POSITIVE_INFINITY;

function row(sense: LinearRow["sense"], value: number, coefficients: number[]): LinearRow {
  return { sense, value, columns: coefficients.map((_, j) => j), coefficients };
}

function programme(objective: number[], rows: LinearRow[], upper?: number[]): LinearProgramme {
  return {
    objective: Float64Array.from(objective),
    upper: Float64Array.from(upper ?? objective.map(() => unbounded)),
    rows,
  };
}

describe("a linear programme", () => {
  test("is solved with the price of every row", () => {
    // Best corner x = (2, 2): 3 + 1 = 2 * a + b prices the rows at 2 and 1
    const outcome = solveLinearProgramme(programme([3, 2], [row("<=", 4, [1, 1]), row("<=", 2, [1, 0])]));
    if (outcome.kind !== "optimal") throw new Error(outcome.kind);
    expect(outcome.value).toBeCloseTo(10, 12);
    expect([...outcome.x]).toEqual([2, 2]);
    expect([...outcome.prices]).toEqual([2, 1]);
  });

  test("prices minimums and equalities with the right sign", () => {
    const outcome = solveLinearProgramme(programme([1, -1], [row("=", 1, [1, 1]), row(">=", 0.25, [0, 1])]));
    if (outcome.kind !== "optimal") throw new Error(outcome.kind);
    expect(outcome.value).toBeCloseTo(0.5, 12);
    expect(outcome.prices[0]).toBeCloseTo(1, 12);
    expect(outcome.prices[1]).toBeCloseTo(-2, 12);
  });

  test("is not called infeasible for a coefficient of zero", () => {
    const outcome = solveLinearProgramme(programme([1], [row("<=", 10, [0]), row("<=", 5, [1])]));
    expect(outcome.kind === "optimal" && outcome.value).toBe(5);
  });

  test("respects upper bounds on columns", () => {
    const outcome = solveLinearProgramme(programme([5, 1], [row("<=", 1, [1, 1])], [0.25, unbounded]));
    expect(outcome.kind === "optimal" && [...outcome.x]).toEqual([0.25, 0.75]);
  });

  test("that nothing can satisfy, or that nothing stops, is reported as such", () => {
    expect(solveLinearProgramme(programme([1], [row("<=", 1, [1]), row(">=", 2, [1])])).kind).toBe("infeasible");
    expect(solveLinearProgramme(programme([1], [row(">=", 2, [1])])).kind).toBe("unbounded");
  });

  test("with a number that is not finite is refused instead of read as zero", () => {
    expect(() => solveLinearProgramme(programme([Number.NaN], []))).toThrow(RangeError);
    expect(() => solveLinearProgramme(programme([1], [row("<=", unbounded, [1])]))).toThrow(RangeError);
    expect(() => solveLinearProgramme(programme([1], [row("<=", 1, [Number.NaN])]))).toThrow(RangeError);
    expect(() => solveLinearProgramme(programme([1], [], [Number.NaN]))).toThrow(RangeError);
  });
});
