import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { solveByEither } from "./choose-engine.ts";
import { loadHighs } from "./highs-engine.ts";
import { boundedProgramme } from "./linear.arbitrary.ts";
import { type LinearProgramme, objectiveAt } from "./programme.ts";
import { simplexEngine } from "./simplex-engine.ts";

const highs = await loadHighs();

/** Best corner of the box and rows, every one of them counted; null where there is none. */
function bestCorner(programme: LinearProgramme): number | null {
  const { objective, upper, rows } = programme;
  const columns = objective.length;
  const planes: { normal: number[]; value: number }[] = rows.map(({ coefficients, value }) => ({
    normal: [...coefficients],
    value,
  }));
  for (let j = 0; j < columns; j++) {
    const normal = Array.from({ length: columns }, (_, k) => (k === j ? 1 : 0));
    planes.push({ normal, value: 0 }, { normal, value: upper[j]! });
  }
  let best: number | null = null;
  const choose = (from: number, chosen: number[]) => {
    if (chosen.length === columns) {
      const x = meet(chosen.map((at) => planes[at]!));
      if (x === null || !keeps(programme, x)) return;
      const value = objectiveAt(programme, x);
      if (best === null || value > best) best = value;
      return;
    }
    for (let at = from; at < planes.length; at++) choose(at + 1, [...chosen, at]);
  };
  choose(0, []);
  return best;
}

/** Where planes meet in one point (Gauss with pivots), or null. */
function meet(planes: readonly { normal: readonly number[]; value: number }[]): Float64Array | null {
  const n = planes.length;
  const system = planes.map(({ normal, value }) => [...normal, value]);
  for (let j = 0; j < n; j++) {
    let pivot = j;
    for (let i = j; i < n; i++) if (Math.abs(system[i]![j]!) > Math.abs(system[pivot]![j]!)) pivot = i;
    if (Math.abs(system[pivot]![j]!) < 1e-9) return null;
    [system[j], system[pivot]] = [system[pivot]!, system[j]!];
    for (let i = 0; i < n; i++) {
      if (i === j) continue;
      const factor = system[i]![j]! / system[j]![j]!;
      for (let k = j; k <= n; k++) system[i]![k]! -= factor * system[j]![k]!;
    }
  }
  return Float64Array.from(system, (row, j) => row[n]! / row[j]!);
}

function keeps({ upper, rows }: LinearProgramme, x: Float64Array): boolean {
  if (x.some((value, j) => value < -1e-9 || value > upper[j]! + 1e-9)) return false;
  return rows.every(({ sense, value, columns, coefficients }) => {
    const excess = columns.reduce((sum, column, t) => sum + coefficients[t]! * x[column]!, 0) - value;
    return sense === "<=" ? excess <= 1e-9 : sense === ">=" ? excess >= -1e-9 : Math.abs(excess) <= 1e-9;
  });
}

describe("both engines, on random programmes,", () => {
  test.each([simplexEngine, highs])("$name finds the best corner, or says that there is none", ({ solve }) => {
    let solved = 0;
    fc.assert(
      fc.property(boundedProgramme, (programme) => {
        const outcome = solve(programme);
        const best = bestCorner(programme);
        expect(outcome.kind).toBe(best === null ? "infeasible" : "optimal");
        if (outcome.kind !== "optimal") return;
        expect(Math.abs(outcome.value - best!)).toBeLessThan(1e-9 * (1 + Math.abs(best!)));
        solved++;
      }),
      { numRuns: 120, seed: 7 },
    );
    expect(solved).toBeGreaterThan(30);
  });

  test.each([simplexEngine, highs])("$name prices its rows so that they prove the value", ({ solve }) => {
    let proved = 0;
    fc.assert(
      fc.property(boundedProgramme, (programme) => {
        const outcome = solve(programme);
        if (outcome.kind !== "optimal") return;
        expect(Math.abs(outcome.bound - outcome.value)).toBeLessThan(1e-9 * (1 + Math.abs(outcome.value)));
        proved++;
      }),
      { numRuns: 120, seed: 11 },
    );
    expect(proved).toBeGreaterThan(30);
  });

  test.each([simplexEngine, highs])("$name answers the same question the same way", ({ solve }) => {
    fc.assert(
      fc.property(boundedProgramme, (programme) => {
        expect(solve(programme)).toEqual(solve(programme));
      }),
      { numRuns: 50, seed: 13 },
    );
  });
});

describe("HiGHS", () => {
  test("keeps whole numbers whole, and rows exact beside them", () => {
    // A switch of a millionth would let a thousand through
    const programme: LinearProgramme = {
      objective: Float64Array.of(1, -0.5),
      upper: Float64Array.of(5, 1),
      rows: [{ sense: "<=", value: 0, columns: [0, 1], coefficients: [1, -1e6] }],
      integer: Uint8Array.of(0, 1),
    };
    const outcome = highs.solve(programme);
    if (outcome.kind !== "optimal") throw new Error(outcome.kind);
    expect([...outcome.x]).toEqual([5, 1]);
    expect(outcome.value).toBe(4.5);
    expect(outcome.bound).toBeCloseTo(4.5, 9);
  });

  test("says that it was stopped when its time is over", () => {
    expect(highs.solve(knapsack(60), { seconds: 0 })).toMatchObject({
      kind: "unsolved",
      reason: expect.stringContaining("time"),
    });
  });

  test("solves a programme without columns", () => {
    const rows = [{ sense: "<=", value: -1, columns: [], coefficients: [] } as const];
    expect(highs.solve({ objective: new Float64Array(0), upper: new Float64Array(0), rows }).kind).toBe("infeasible");
    expect(highs.solve({ objective: new Float64Array(0), upper: new Float64Array(0), rows: [] }).kind).toBe("optimal");
  });

  test("is asked for whole numbers, which the small engine does not take", () => {
    const programme = { ...knapsack(4), integer: Uint8Array.of(1, 1, 1, 1) };
    expect(simplexEngine.solve(programme).kind).toBe("unsolved");
    expect(solveByEither(programme, { small: simplexEngine, large: highs }).kind).toBe("optimal");
  });
});

/** Numbers that are hard to add up to one another. */
function knapsack(columns: number): LinearProgramme {
  const weights = Array.from({ length: columns }, (_, j) => 1 + ((j * 7919) % 1009) / 1009);
  return {
    objective: Float64Array.from(weights, (weight, j) => weight + ((j * 31) % 17) / 1e3),
    upper: new Float64Array(columns).fill(1),
    rows: [{ sense: "<=", value: columns * 0.7316, columns: weights.map((_, j) => j), coefficients: weights }],
    integer: new Uint8Array(columns).fill(1),
  };
}
