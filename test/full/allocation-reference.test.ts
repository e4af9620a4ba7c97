import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Allocation, allocate, type OptimalAllocation, parseAllocationProblem } from "@touchline/solver";
import { describe, expect, test } from "vitest";
import { runTouchline } from "../support/process.ts";
import { referenceData } from "./reference-data.ts";

/** 23 allocation problems solved by two independent methods, values good to 1e-12, prices to 1e-10. */
interface ReferenceCase {
  readonly id: string;
  readonly description: string;
  readonly objective?: unknown;
  readonly channels: readonly { readonly name: string; readonly curve?: unknown; readonly current?: unknown }[];
  readonly constraints: readonly { readonly name: string; readonly type: string; readonly args?: readonly unknown[] }[];
  readonly optimal?: { readonly objective_value: number; readonly spend: Record<string, number> };
  readonly duals?: {
    readonly budget_shadow_price: number | null;
    readonly roas_or_target_multiplier: number | null;
    readonly groups: Record<string, number>;
    readonly reduced_cost: Record<string, number>;
  };
  readonly one_iis?: readonly string[];
  readonly minimal_relaxations?: readonly {
    readonly raise_to?: number;
    readonly lower_to?: number;
    readonly lower_by?: number;
  }[];
  readonly frontier?: readonly { readonly budget: number; readonly value: number; readonly shadow_price: number }[];
}

function readCases(): ReferenceCase[] {
  const folder = referenceData();
  if (folder === null)
    throw new Error("No reference data: set TOUCHLINE_REFERENCE_DATA or run the suite without this file.");
  const file: { cases: ReferenceCase[] } = JSON.parse(
    readFileSync(join(folder, "allocation", "optimiser_cases.json"), "utf8"),
  );
  return file.cases;
}

const cases = readCases();
const starting = (letter: string) =>
  cases.filter(({ id }) => id.startsWith(letter)).map((one) => [one.id, one] as const);

function solve(problem: unknown): Allocation {
  const parsed = parseAllocationProblem(problem);
  if (parsed.kind === "refused") throw new Error(parsed.reason);
  return allocate(parsed.problem);
}

function optimal(allocation: Allocation): OptimalAllocation {
  if (allocation.status !== "optimal") throw new Error(JSON.stringify(allocation));
  return allocation;
}

/** Relative to the expected price, or to a thousandth where it is zero. */
const expectPrice = (actual: number | null, expected: number | null) => {
  if (expected === null || actual === null) return expect(actual).toBe(expected);
  return expect(Math.abs(actual - expected)).toBeLessThan(1e-6 * Math.max(Math.abs(expected), 1e-3));
};

test("the file holds the cases that this suite is about", () => {
  expect([starting("C").length, starting("I").length, starting("F").length]).toEqual([13, 3, 1]);
});

describe("concave cases are solved to the reference", () => {
  test.each(starting("C"))("%s", (_, { objective, channels, constraints, optimal: best, duals }) => {
    const plan = optimal(solve({ objective, channels, constraints }));
    const budget = plan.spend.reduce((sum, one) => sum + one, 0);
    expect(Math.abs(plan.objectiveValue / best!.objective_value - 1)).toBeLessThan(1e-12);
    expect(Math.abs(plan.certificate.gap)).toBeLessThan(1e-8);
    expect(plan.certificate.feasibility).toBeLessThan(1e-9);
    expectPrice(plan.duals.budget, duals!.budget_shadow_price);
    expectPrice(plan.duals.multiplier, duals!.roas_or_target_multiplier);
    const groups = Object.values(duals!.groups);
    expect(plan.duals.groups).toHaveLength(groups.length);
    for (const [g, price] of groups.entries()) expectPrice(plan.duals.groups[g]!, price);
    for (const [i, { name }] of channels.entries()) {
      expect(Math.abs(plan.spend[i]! - best!.spend[name]!)).toBeLessThan(1e-8 * budget);
      expectPrice(plan.duals.reducedCost[i]!, duals!.reduced_cost[name]!);
    }
  });
});

test("the frontier has the reference's values and slopes at all its budgets", () => {
  const mixed = cases.find(({ id }) => id === "C07")!;
  const { frontier } = cases.find(({ id }) => id === "F01")!;
  expect(frontier).toHaveLength(11);
  for (const { budget, value, shadow_price } of frontier!) {
    const constraints = [{ type: "total_spend", sense: "=", value: budget }];
    const plan = optimal(solve({ objective: mixed.objective, channels: mixed.channels, constraints }));
    expect(Math.abs(plan.objectiveValue / value - 1)).toBeLessThan(1e-10);
    expectPrice(plan.duals.budget, shadow_price);
  }
});

describe("impossible cases name the reference's conflict and its least changes", () => {
  test.each(starting("I"))("%s", (_, given) => {
    const outcome = solve(given);
    if (outcome.status !== "infeasible") throw new Error(`expected a conflict, got ${outcome.status}`);
    // The reference names each limit; ours are found again by kind and number
    const expected = given.constraints.filter(({ name }) => given.one_iis!.includes(name)).map(({ args }) => args![1]);
    const numbers = (values: readonly unknown[]) => values.map(Number).sort((a, b) => a - b);
    expect(numbers(outcome.conflict.map(({ value }) => value))).toEqual(numbers(expected));
    let compared = 0;
    for (const relaxation of given.minimal_relaxations!) {
      const to = relaxation.raise_to ?? relaxation.lower_to;
      const found = outcome.repairs.some((repair) =>
        to === undefined
          ? Math.abs(repair.limit.value - repair.to - relaxation.lower_by!) < 1e-6
          : Math.abs(repair.to / to - 1) < 1e-9,
      );
      expect(found).toBe(true);
      compared++;
    }
    expect(compared).toBe(2);
  });
});

/** Runs `touchline optimise --problem` on a case exactly as the file has it, answer and notes included. */
async function runCase(given: ReferenceCase): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const folder = mkdtempSync(join(tmpdir(), "touchline-case-"));
  try {
    writeFileSync(join(folder, "case.json"), JSON.stringify(given));
    return await runTouchline(["optimise", "--json", "--problem", "case.json"], { cwd: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("whole cases, as they stand in the file, run through the command", () => {
  test.each(starting("C"))("%s is solved", async (_, given) => {
    const { exitCode, stdout, stderr } = await runCase(given);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const answer: { status: string; objective_value: number } = JSON.parse(stdout);
    expect(answer.status).toBe("optimal");
    expect(Math.abs(answer.objective_value / given.optimal!.objective_value - 1)).toBeLessThan(1e-12);
  });

  test.each(starting("I"))("%s is infeasible, with as many limits in conflict as the reference", async (_, given) => {
    const { exitCode, stdout, stderr } = await runCase(given);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const answer: { status: string; conflict: unknown[] } = JSON.parse(stdout);
    expect(answer.status).toBe("infeasible");
    expect(answer.conflict).toHaveLength(given.one_iis!.length);
  });

  test.each(["N", "F", "R", "M"].flatMap(starting))("%s is refused in one sentence", async (_, given) => {
    const { exitCode, stdout, stderr } = await runCase(given);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toMatch(/^touchline: case\.json: [^\n]*not supported yet[^\n]*\n$/);
  });
});
