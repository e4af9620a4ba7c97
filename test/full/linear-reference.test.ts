import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type LinearAnswer,
  type LinearModel,
  loadHighs,
  parseProblem,
  readSolverModel,
  simplexEngine,
  solveLinearModel,
} from "@touchline/solver";
import { describe, expect, test } from "vitest";
import { referenceData } from "./reference-data.ts";

/** Small models on which common solvers return wrong, infeasible or no answers, with the right ones. */
interface HardCase {
  readonly id: string;
  readonly title: string;
  readonly expected: { readonly status: string; readonly objective?: number };
  readonly model?: {
    readonly sense: "max" | "min";
    readonly columns: readonly {
      readonly name: string;
      readonly cost: number;
      readonly lb: number | string;
      readonly ub: number | string;
      readonly int?: boolean;
      readonly a: Readonly<Record<string, number>>;
    }[];
    readonly rows: readonly { readonly name: string; readonly lo: number | string; readonly hi: number | string }[];
  };
  readonly jsLpSolverModel?: unknown;
}

function readCases(): HardCase[] {
  const folder = referenceData();
  if (folder === null)
    throw new Error("No reference data: set TOUCHLINE_REFERENCE_DATA or run the suite without this file.");
  const file: { cases: HardCase[] } = JSON.parse(
    readFileSync(join(folder, "allocation", "lp_hard_cases.json"), "utf8"),
  );
  return file.cases;
}

const cases = readCases();
const engines = { small: simplexEngine, large: await loadHighs() };
/** One model cycles for ever in a simplex without a limit. */
const limits = { seconds: 30 };

function modelOf({ sense, columns, rows }: NonNullable<HardCase["model"]>): LinearModel {
  return {
    sense,
    columns: columns.map(({ name, cost, lb, ub, int }) => ({
      name,
      cost,
      lower: readBound(lb),
      upper: readBound(ub),
      integer: int === true,
    })),
    rows: rows.map(({ name, lo, hi }) => ({
      name,
      lower: readBound(lo),
      upper: readBound(hi),
      terms: columns.flatMap(({ name: column, a }) => (name in a ? [{ column, coefficient: a[name]! }] : [])),
    })),
  };
}

function readBound(bound: number | string): number {
  if (typeof bound === "number") return bound;
  return bound === "inf" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}

/** The right answer, or for what cannot be meant a refusal that says why. */
function expectRight(answer: LinearAnswer, { expected }: HardCase): void {
  if (expected.status !== "optimal" && answer.kind !== "refused") {
    expect(answer.kind).toBe(expected.status);
    return;
  }
  if (answer.kind !== "optimal") throw new Error(JSON.stringify(answer));
  const size = Math.max(Math.abs(expected.objective!), 1e-12);
  expect(Math.abs(answer.objective - expected.objective!) / size).toBeLessThan(1e-9);
  expect(Math.abs(answer.certificate.gap)).toBeLessThan(1e-9);
  expect(answer.certificate.feasibility).toBeLessThan(1e-9);
}

test("the file holds the models that this suite is about", () => {
  expect(cases.length).toBeGreaterThanOrEqual(28);
});

describe("hard models are solved right", () => {
  const plain = cases.filter(({ model }) => model !== undefined);
  test.each(plain.map((one) => [`${one.id}: ${one.title}`, one] as const))("%s", (_, one) => {
    expectRight(solveLinearModel(modelOf(one.model!), engines, limits), one);
    expect(parseProblem(one.model!)).toEqual({ kind: "ok", parsed: { layout: "linear", model: modelOf(one.model!) } });
  });
});

describe("hard models as javascript-lp-solver takes them are solved right, or refused at the door", () => {
  const refused = ["H10b", "H10c"];
  const written = cases.filter(({ jsLpSolverModel }) => jsLpSolverModel !== undefined);
  test.each(written.map((one) => [`${one.id}: ${one.title}`, one] as const))("%s", (_, one) => {
    const read = readSolverModel(one.jsLpSolverModel);
    expect(read.kind).toBe(refused.includes(one.id) ? "refused" : "ok");
    if (read.kind === "ok") expectRight(solveLinearModel(read.model, engines, limits), one);
  });
});
