import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Allocation,
  type AllocationProblem,
  allocateInteger,
  loadHighs,
  type OptimalAllocation,
  parseAllocationProblem,
  simplexEngine,
} from "@touchline/solver";
import { describe, expect, test } from "vitest";
import { referenceData } from "./reference-data.ts";

/** Problems that are not concave, solved by enumeration and by dynamic programming. */
interface IntegerCase {
  readonly id: string;
  readonly description: string;
  readonly objective: unknown;
  readonly channels: readonly { readonly name: string; readonly curve: Readonly<Record<string, number | string>> }[];
  readonly constraints: readonly unknown[];
  readonly optimal: { readonly objective_value: number; readonly spend: Readonly<Record<string, number>> };
  readonly duals: { readonly budget_shadow_price?: number; readonly budget_shadow_price_given_on_set?: number };
}

function readCases(): IntegerCase[] {
  const folder = referenceData();
  if (folder === null)
    throw new Error("No reference data: set TOUCHLINE_REFERENCE_DATA or run the suite without this file.");
  const file: { cases: IntegerCase[] } = JSON.parse(
    readFileSync(join(folder, "allocation", "optimiser_cases.json"), "utf8"),
  );
  return file.cases.filter(({ id }) => id.startsWith("N"));
}

const cases = readCases();
const engines = { small: simplexEngine, large: await loadHighs() };

function problemOf({ objective, channels, constraints }: IntegerCase): AllocationProblem {
  const parsed = parseAllocationProblem({ objective, channels, constraints });
  if (parsed.kind === "refused") throw new Error(parsed.reason);
  return parsed.problem;
}

function optimal(allocation: Allocation): OptimalAllocation {
  if (allocation.status !== "optimal") throw new Error(JSON.stringify(allocation));
  return allocation;
}

/** The same case with its responses counted in another unit, its channels renamed and the other way round. */
function disguised(given: IntegerCase, unit: number): IntegerCase {
  const channels = given.channels.map((channel) => {
    const curve = Object.fromEntries(
      Object.entries(channel.curve).map(([field, value]) =>
        (field === "beta" || field === "a") && typeof value === "number" ? [field, value * unit] : [field, value],
      ),
    );
    return { ...channel, name: `other ${channel.name}`, curve };
  });
  return { ...given, channels: channels.reverse() };
}

test("the file holds the cases that this suite is about", () => {
  expect(cases.length).toBeGreaterThanOrEqual(4);
});

describe("cases that are not concave are solved globally", () => {
  test.each(cases.map((one) => [`${one.id}: ${one.description}`, one] as const))("%s", (_, given) => {
    const plan = optimal(allocateInteger(problemOf(given), engines));
    const { objective_value: value, spend } = given.optimal;
    const budget = Object.values(spend).reduce((sum, one) => sum + one, 0);
    expect(Math.abs(plan.objectiveValue / value - 1)).toBeLessThan(1e-12);
    expect(plan.certificate.scope).toBe("global");
    expect(plan.certificate.gap).toBeLessThan(1e-9);
    expect(plan.certificate.feasibility).toBeLessThan(1e-12);
    for (const [i, { name }] of given.channels.entries())
      expect(Math.abs(plan.spend[i]! - spend[name]!)).toBeLessThan(1e-9 * budget);
    const price = given.duals.budget_shadow_price ?? given.duals.budget_shadow_price_given_on_set;
    if (price === undefined) expect(plan.duals.budget).toBeNull();
    else expect(Math.abs(plan.duals.budget! / price - 1)).toBeLessThan(1e-9);
  });

  test.each(cases.flatMap((one) => [1e-6, 1e6].map((unit) => [one.id, unit, one] as const)))(
    "%s has the same plan with responses times %s, other names and another order",
    (_, unit, given) => {
      const plan = optimal(allocateInteger(problemOf(disguised(given, unit)), engines));
      const budget = plan.spend.reduce((sum, one) => sum + one, 0);
      expect(Math.abs(plan.objectiveValue / unit / given.optimal.objective_value - 1)).toBeLessThan(1e-12);
      for (const [i, { name }] of [...given.channels].reverse().entries())
        expect(Math.abs(plan.spend[i]! - given.optimal.spend[name]!)).toBeLessThan(1e-9 * budget);
    },
  );
});
