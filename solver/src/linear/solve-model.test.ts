import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadHighs } from "./highs-engine.ts";
import { anyModel } from "./linear.arbitrary.ts";
import type { LinearModel, ModelColumn, ModelRow } from "./model.ts";
import type { LinearEngine } from "./programme.ts";
import { simplexEngine } from "./simplex-engine.ts";
import { type LinearAnswer, type OptimalAnswer, solveLinearModel } from "./solve-model.ts";

const engines = { small: simplexEngine, large: await loadHighs() };
const free = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };
const positive = { lower: 0, upper: Number.POSITIVE_INFINITY };

const solve = (model: LinearModel): LinearAnswer => solveLinearModel(model, engines);

function optimal(answer: LinearAnswer): OptimalAnswer {
  if (answer.kind !== "optimal") throw new Error(JSON.stringify(answer));
  return answer;
}

function row(name: string, lower: number, upper: number, terms: Record<string, number>): ModelRow {
  return {
    name,
    lower,
    upper,
    terms: Object.entries(terms).map(([column, coefficient]) => ({ column, coefficient })),
  };
}

const near = (value: number, expected: number, within = 1e-9) =>
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(within * (1 + Math.abs(expected)));

describe("a model in its own words", () => {
  test("is solved in its own units, with the price of every row", () => {
    const answer = optimal(
      solve({
        sense: "min",
        columns: [
          { name: "shift", cost: 2, ...free },
          { name: "stock", cost: 1, lower: -5, upper: 20 },
        ],
        rows: [row("demand", 12, Number.POSITIVE_INFINITY, { shift: 1, stock: 1 })],
      }),
    );
    expect([...answer.x]).toEqual([-8, 20]);
    expect(answer.objective).toBe(4);
    expect([...answer.prices]).toEqual([2]);
    expect(answer.certificate).toMatchObject({ bound: 4, gap: 0, feasibility: 0, provedBy: "prices" });
  });

  test("with slopes of a billionth and spends of billions is solved right", () => {
    const columns = [3e-9, 2e-9, 1e-9].map((cost, j): ModelColumn => ({ name: `x${j}`, cost, lower: 0, upper: 1.5e9 }));
    const budget = row("budget", Number.NEGATIVE_INFINITY, 4e9, { x0: 1, x1: 1, x2: 1 });
    near(optimal(solve({ sense: "max", columns, rows: [budget] })).objective, 8.5, 1e-12);
  });

  test("that nothing can satisfy, or that nothing stops, is proved to be so", () => {
    const x: ModelColumn = { name: "x", cost: 1, ...positive };
    const least = row("least", 3, Number.POSITIVE_INFINITY, { x: 1 });
    expect(
      solve({ sense: "max", columns: [x], rows: [row("most", Number.NEGATIVE_INFINITY, 2, { x: 1 }), least] }).kind,
    ).toBe("infeasible");
    expect(solve({ sense: "max", columns: [x], rows: [least] }).kind).toBe("unbounded");
    expect(solve({ sense: "max", columns: [{ ...x, integer: true }], rows: [least] }).kind).toBe("unbounded");
  });

  test("in whole numbers that cannot add up is known to be impossible without a search", () => {
    const columns = ["x", "y"].map((name): ModelColumn => ({ name, cost: 1, ...positive, integer: true }));
    expect(solve({ sense: "max", columns, rows: [row("odd", 2_000_001, 2_000_001, { x: 2, y: 2 })] }).kind).toBe(
      "infeasible",
    );
    expect(solve({ sense: "max", columns, rows: [row("odd", 0.3, 0.3, { x: 0.2, y: 0.2 })] }).kind).toBe("infeasible");
    expect(solve({ sense: "max", columns, rows: [row("even", 0.4, 0.4, { x: 0.2, y: 0.2 })] }).kind).toBe("optimal");
  });

  test("that no engine solves is said to be unsolved", () => {
    const idle: LinearEngine = { name: "highs", solve: () => ({ kind: "unsolved", reason: "out of time" }) };
    const model: LinearModel = { sense: "max", columns: [{ name: "x", cost: 1, lower: 0, upper: 1 }], rows: [] };
    expect(solveLinearModel(model, { small: idle, large: idle })).toEqual({ kind: "unsolved", reason: "out of time" });
  });

  test.each([
    ["a better answer than there is", (x: number) => 2 * x],
    ["a worse one", (x: number) => x / 2],
  ])("is not taken in by an engine that gives %s", (_, spoil) => {
    const liar: LinearEngine = {
      name: "highs",
      solve(programme, limits) {
        const outcome = simplexEngine.solve(programme, limits);
        if (outcome.kind !== "optimal") return outcome;
        return { ...outcome, x: outcome.x.map(spoil), value: spoil(outcome.value), bound: spoil(outcome.value) };
      },
    };
    const model: LinearModel = {
      sense: "max",
      columns: ["x", "y"].map((name, j) => ({ name, cost: 1 + j, ...positive })),
      rows: [row("most", 0, 3, { x: 1, y: 1 })],
    };
    expect(solveLinearModel(model, { small: liar, large: liar }).kind).toBe("unsolved");
    expect(optimal(solveLinearModel(model, { small: liar, large: simplexEngine })).objective).toBe(6);
    const sayer: LinearEngine = { name: "highs", solve: () => ({ kind: "infeasible" }) };
    expect(solveLinearModel(model, { small: sayer, large: sayer }).kind).toBe("unsolved");
  });
});

describe("a model that cannot mean what it says is refused with the place and the reason:", () => {
  const x: ModelColumn = { name: "x", cost: 1, ...positive };
  const broken: [string, Partial<LinearModel>, string][] = [
    ["a name twice", { columns: [x, x] }, 'columns[1].name: "x" is there twice'],
    ["an unknown name", { rows: [row("r", 0, 1, { z: 1 })] }, 'row "r": names a column that does not exist: "z"'],
    [
      "a cost that is no number",
      { columns: [{ ...x, cost: Number.NaN }] },
      'column "x": its cost must be a finite number, got NaN',
    ],
    [
      "an endless coefficient",
      { rows: [row("r", 0, 1, { x: Number.POSITIVE_INFINITY })] },
      'row "r": the coefficient of "x" must be a finite number, got Infinity',
    ],
    [
      "empty bounds",
      { columns: [{ ...x, lower: 3, upper: 2 }] },
      'column "x": its bounds are empty: at least 3 and at most 2',
    ],
    [
      "bounds without a whole number",
      { columns: [{ ...x, lower: 0.2, upper: 0.8, integer: true }] },
      'column "x": no whole number lies between 0.2 and 0.8',
    ],
    [
      "a bound that is no number",
      { rows: [row("r", Number.NaN, 2, { x: 1 })] },
      'row "r": its lower bound must be a number or -Infinity, got NaN',
    ],
    [
      "a lower bound of infinity",
      { columns: [{ ...x, lower: Number.POSITIVE_INFINITY }] },
      'column "x": its lower bound must be a number or -Infinity, got Infinity',
    ],
    [
      "a row of nothing that asks for something",
      { rows: [row("r", 1, 2, { x: 0 })] },
      'row "r": nothing counts in it, and 0 is outside 1 to 2',
    ],
    [
      "a column twice in a row",
      {
        rows: [
          {
            name: "r",
            lower: 0,
            upper: 1,
            terms: [
              { column: "x", coefficient: 1 },
              { column: "x", coefficient: 2 },
            ],
          },
        ],
      },
      'row "r": names the column "x" twice',
    ],
  ];
  test.each(broken)("%s", (_, change, reason) => {
    expect(solve({ sense: "max", columns: [x], rows: [], ...change })).toEqual({ kind: "refused", reason });
  });
});

describe("random models", () => {
  /** The same question in other units: columns by powers of two, rows and objective by any factor. */
  function inOtherUnits(
    { sense, columns, rows }: LinearModel,
    units: { columns: number[]; rows: number[]; worth: number },
  ): LinearModel {
    const unit = (j: number) => (columns[j]!.integer ? 1 : 2 ** units.columns[j]!);
    return {
      sense,
      columns: columns.map(({ name, cost, lower, upper, integer }, j) => ({
        name: `another ${name}`,
        cost: cost * unit(j) * units.worth,
        lower: lower / unit(j),
        upper: upper / unit(j),
        integer: integer === true,
      })),
      rows: rows.map((one, r) => {
        const by = 10 ** units.rows[r]!;
        const terms = one.terms.map(({ coefficient }, j) => ({
          column: `another c${j}`,
          coefficient: coefficient * unit(j) * by,
        }));
        return { name: one.name, lower: one.lower * by, upper: one.upper * by, terms };
      }),
    };
  }

  const units = fc.record({
    columns: fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 5, maxLength: 5 }),
    rows: fc.array(fc.integer({ min: -6, max: 6 }), { minLength: 5, maxLength: 5 }),
    worth: fc.constantFrom(1e-9, 1e-6, 1, 1e6),
  });

  test("have the same answer in other units and under other names", () => {
    let compared = 0;
    fc.assert(
      fc.property(anyModel(false), units, (model, other) => {
        const answer = solve(model);
        const twin = solve(inOtherUnits(model, other));
        expect(twin.kind).toBe(answer.kind);
        if (answer.kind !== "optimal" || twin.kind !== "optimal") return;
        near(twin.objective / other.worth, answer.objective, 1e-8);
        compared++;
      }),
      { numRuns: 80, seed: 21 },
    );
    expect(compared).toBeGreaterThan(10);
  });

  test("are answered alike by either engine, and by both the same way again", () => {
    const alone = (engine: LinearEngine) => ({ small: engine, large: engine });
    let compared = 0;
    fc.assert(
      fc.property(anyModel(false), (model) => {
        const answer = optimalOrNull(solveLinearModel(model, alone(engines.small)));
        const other = optimalOrNull(solveLinearModel(model, alone(engines.large)));
        expect(other === null).toBe(answer === null);
        if (answer === null || other === null) return;
        near(other.objective, answer.objective);
        expect(solveLinearModel(model, alone(engines.small))).toEqual(answer);
        compared++;
      }),
      { numRuns: 80, seed: 23 },
    );
    expect(compared).toBeGreaterThan(10);
  });

  test("of whole numbers have the best of all points that can be counted", () => {
    let counted = 0;
    fc.assert(
      fc.property(anyModel(true), (model) => {
        const answer = solve(model);
        const best = bestPoint(model);
        expect(answer.kind).toBe(best === null ? "infeasible" : "optimal");
        if (answer.kind !== "optimal") return;
        near(answer.objective, best!);
        expect(answer.x.every(Number.isInteger)).toBe(true);
        counted++;
      }),
      { numRuns: 150, seed: 27 },
    );
    expect(counted).toBeGreaterThan(10);
  });

  test("of whole numbers get the same answer from HiGHS as from our own search", () => {
    let compared = 0;
    fc.assert(
      fc.property(anyModel(true), (model) => {
        // Widened by a row that binds nothing, so that the model is too large for our search
        const wide: LinearModel = { ...model, rows: [...model.rows, ...idleRows(model)] };
        const [answer, large] = [solve(model), solve(wide)];
        expect(large.kind).toBe(answer.kind);
        if (answer.kind !== "optimal" || large.kind !== "optimal") return;
        near(large.objective, answer.objective);
        compared += Number(large.certificate.provedBy === "engine");
      }),
      { numRuns: 20, seed: 29 },
    );
    expect(compared).toBeGreaterThan(2);
  });
});

function optimalOrNull(answer: LinearAnswer): OptimalAnswer | null {
  return answer.kind === "optimal" ? answer : null;
}

function idleRows({ columns }: LinearModel): ModelRow[] {
  return Array.from({ length: 10_000 / columns.length }, (_, r) =>
    row(`idle ${r}`, Number.NEGATIVE_INFINITY, 1000, Object.fromEntries(columns.map(({ name }) => [name, 1]))),
  );
}

function bestPoint({ sense, columns, rows }: LinearModel): number | null {
  const x = columns.map(() => 0);
  let best: number | null = null;
  const visit = (j: number) => {
    if (j < columns.length) {
      for (let value = columns[j]!.lower; value <= columns[j]!.upper; value++) {
        x[j] = value;
        visit(j + 1);
      }
      return;
    }
    const kept = rows.every(({ lower, upper, terms }) => {
      const sum = terms.reduce((total, { coefficient }, k) => total + coefficient * x[k]!, 0);
      return sum >= lower && sum <= upper;
    });
    if (!kept) return;
    const value = columns.reduce((total, { cost }, k) => total + cost * x[k]!, 0);
    if (best === null || (sense === "max" ? value > best : value < best)) best = value;
  };
  visit(0);
  return best;
}
