import { describe, expect, test } from "vitest";
import { loadHighs } from "./highs-engine.ts";
import { readSolverModel } from "./js-model.ts";
import { simplexEngine } from "./simplex-engine.ts";
import { solveLinearModel } from "./solve-model.ts";

const engines = { small: simplexEngine, large: await loadHighs() };

const campaigns = {
  optimize: "sales",
  opType: "max",
  constraints: { money: { max: 130 }, hours: { max: 24 } },
  variables: { spots: { money: 30, hours: 4, sales: 70 }, mailings: { money: 20, hours: 5, sales: 60 } },
  ints: { spots: 1, mailings: 1 },
};

function objectiveOf(json: unknown): number {
  const read = readSolverModel(json);
  if (read.kind === "refused") throw new Error(read.reason);
  const answer = solveLinearModel(read.model, engines);
  if (answer.kind !== "optimal") throw new Error(JSON.stringify(answer));
  return answer.objective;
}

describe("a model in the layout of javascript-lp-solver", () => {
  test("is solved in whole numbers where it asks for them", () => {
    expect(objectiveOf(campaigns)).toBe(330);
    expect(objectiveOf({ ...campaigns, ints: {} })).toBeCloseTo(2390 / 7, 9);
  });

  test("may name a constraint like the objective, and variables as it likes", () => {
    const variables = { result: { p: 1, most: 1 }, feasible: { p: 1, most: 1 }, constructor: { p: 1, most: 1 } };
    expect(objectiveOf({ optimize: "p", opType: "max", constraints: { most: { max: 5 } }, variables })).toBe(5);
    expect(
      objectiveOf({ optimize: "p", opType: "max", constraints: { p: { max: 3 }, most: { max: 5 } }, variables }),
    ).toBe(3);
  });

  test("may have binaries and variables below 0", () => {
    const variables = { open: { cost: 3, room: 4 }, shift: { cost: 1, room: 1 } };
    const constraints = { room: { min: 2 }, cost: { min: -10 } };
    expect(
      objectiveOf({
        optimize: "cost",
        opType: "min",
        constraints,
        variables,
        binaries: { open: 1 },
        unrestricted: { shift: 1 },
      }),
    ).toBe(1);
  });

  test.each([
    [{ ...campaigns, opType: "maximize" }, 'opType: must be "max" or "min", got "maximize"'],
    [{ ...campaigns, optimize: "profit" }, 'optimize: no variable has "profit"'],
    [
      { ...campaigns, variables: { spots: { sales: "NaN" } } },
      'variables.spots.sales: must be a finite number, got "NaN"',
    ],
    [
      { ...campaigns, variables: { spots: { sales: Number.NaN } } },
      "variables.spots.sales: must be a finite number, got NaN",
    ],
    [
      { ...campaigns, constraints: { money: { max: null } } },
      "constraints.money.max: must be a finite number, got null",
    ],
    [
      { ...campaigns, constraints: { money: { max: 1, min: 2 } } },
      "constraints.money: its bounds are empty: at least 2 and at most 1",
    ],
    [
      { ...campaigns, constraints: { money: { atMost: 1 } } },
      "constraints.money.atMost: is not supported: a constraint has min, max or equal",
    ],
    [{ ...campaigns, ints: { posters: 1 } }, "ints.posters: names a variable that does not exist"],
    [
      { ...campaigns, options: { tolerance: 0.05 } },
      "options: is not supported, and without it the model would mean something else",
    ],
    [[], "model: must be an object, got []"],
  ])("is refused where it would be misread: %#", (json, reason) => {
    expect(readSolverModel(json)).toEqual({ kind: "refused", reason });
  });
});
