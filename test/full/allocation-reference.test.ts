import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runAlone } from "../support/command-alone.ts";
import { runTouchline } from "../support/process.ts";
import { questionOf, type ReferenceCase, readCases, renamed, withResponses } from "./allocation-cases.ts";

/** What the command prints for a problem file. */
interface Answer {
  readonly status: string;
  readonly objective_value: number;
  readonly spend: Readonly<Record<string, number | readonly number[]>>;
  readonly duals: {
    readonly budget_shadow_price: number | null;
    readonly roas_or_target_multiplier: number | null;
    readonly groups: Readonly<Record<string, number>>;
    readonly reduced_cost: Readonly<Record<string, number>>;
  };
  readonly certificate: { readonly gap: number; readonly feasibility: number };
  readonly conflict: readonly { readonly name: string; readonly value: number }[];
  readonly repair: readonly { readonly name: string; readonly value: number; readonly to: number }[];
  readonly frontier: readonly (Pick<Answer, "spend"> & {
    readonly budget: number;
    readonly value: number;
    readonly shadow_price: number;
    readonly roas: number;
  })[];
  readonly [field: string]: unknown;
}

const cases = readCases();
const starting = (letters: string) =>
  cases.filter(({ id }) => letters.includes(id[0]!)).map((one) => [one.id, one] as const);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "touchline-cases-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function answerOf(given: ReferenceCase): Promise<Answer> {
  writeFileSync(join(folder, "case.json"), JSON.stringify(given));
  const { exitCode, stdout, stderr } = await runAlone(folder, "optimise", "--json", "--problem", "case.json");
  expect({ id: given.id, exitCode, stderr }).toEqual({ id: given.id, exitCode: 0, stderr: "" });
  return JSON.parse(stdout);
}

/** Relative to the expected price, or to a thousandth where it is zero. */
const expectPrice = (actual: number | null, expected: number | null) => {
  if (expected === null || actual === null) return expect(actual).toBe(expected);
  return expect(Math.abs(actual - expected)).toBeLessThan(1e-6 * Math.max(Math.abs(expected), 1e-3));
};

const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);
const amountsOf = (spend: Answer["spend"]) => Object.values(spend).flatMap((one) => one as number);
const sum = (amounts: readonly number[]) => amounts.reduce((total, one) => total + one, 0);

test("the file holds the cases that this suite is about", () => {
  expect([..."CINFRM"].map((letter) => starting(letter).length)).toEqual([13, 3, 4, 1, 1, 1]);
});

describe("concave cases are solved to the reference", () => {
  test.each(starting("C"))("%s", async (_, given) => {
    const { optimal, duals } = given;
    const answer = await answerOf(questionOf(given));
    const budget = sum(amountsOf(answer.spend));
    expect(answer.status).toBe("optimal");
    expect(relative(answer.objective_value, optimal!.objective_value)).toBeLessThan(1e-12);
    expect(Math.abs(answer.certificate.gap)).toBeLessThan(1e-8);
    expect(answer.certificate.feasibility).toBeLessThan(1e-9);
    expectPrice(answer.duals.budget_shadow_price, duals!.budget_shadow_price!);
    expectPrice(answer.duals.roas_or_target_multiplier, duals!.roas_or_target_multiplier!);
    expect(Object.keys(answer.duals.groups)).toEqual(Object.keys(duals!.groups!));
    for (const [group, price] of Object.entries(duals!.groups!)) expectPrice(answer.duals.groups[group]!, price);
    for (const { name } of given.channels) {
      expect(Math.abs((answer.spend[name] as number) - (optimal!.spend[name] as number))).toBeLessThan(1e-8 * budget);
      expectPrice(answer.duals.reduced_cost[name]!, duals!.reduced_cost![name]!);
    }
  });
});

describe("S-shaped curves, all or nothing and steps are solved to the global optimum", () => {
  test.each(starting("N"))("%s", async (_, given) => {
    const { optimal, duals } = given;
    const answer = await answerOf(questionOf(given));
    expect(relative(answer.objective_value, optimal!.objective_value)).toBeLessThan(1e-9);
    expect(answer.certificate).toMatchObject({ scope: "global" });
    expect(answer.certificate.feasibility).toBeLessThan(1e-9);
    const price = duals!.budget_shadow_price ?? duals!.budget_shadow_price_given_on_set;
    if (price !== undefined) expectPrice(answer.duals.budget_shadow_price, price);
    for (const { name } of given.channels)
      expect(Math.abs((answer.spend[name] as number) - (optimal!.spend[name] as number))).toBeLessThan(0.01);
  });
});

test("the frontier has the reference's values, slopes and splits at all its budgets", async () => {
  const given = cases.find(({ id }) => id === "F01")!;
  const { frontier } = await answerOf(questionOf(given));
  expect(frontier).toHaveLength(11);
  for (const [i, point] of given.frontier!.entries()) {
    const found = frontier[i]!;
    expect(found.budget).toBe(point.budget);
    expect(relative(found.value, point.value)).toBeLessThan(1e-10);
    expect(relative(found.roas, point.roas)).toBeLessThan(1e-10);
    expectPrice(found.shadow_price, point.shadow_price);
    for (const [name, spend] of Object.entries(point.spend))
      expect(Math.abs((found.spend[name] as number) - spend)).toBeLessThan(1e-7 * point.budget);
  }
});

test("the mean of draws is maximised to the reference, with the spread of what it may bring", async () => {
  const given = cases.find(({ id }) => id === "R01")!;
  const { objective_value, spend: _, ...figures } = given.optimal!;
  const answer = await answerOf(questionOf(given));
  expect(relative(answer.objective_value, objective_value)).toBeLessThan(1e-9);
  expectPrice(answer.duals.budget_shadow_price, given.duals!.budget_shadow_price!);
  expect(Object.keys(figures)).toEqual(["mean_response", "sd_response", "p10", "p90", "cvar20"]);
  for (const [name, value] of Object.entries(figures))
    expect(relative(answer[name] as number, value as number)).toBeLessThan(1e-6);
});

test("the weekly case is solved to the reference, with what was carried in and what equal weeks would bring", async () => {
  const given = cases.find(({ id }) => id === "M01")!;
  const { optimal, duals } = given;
  const answer = await answerOf(questionOf(given));
  expect(relative(answer.objective_value, optimal!.objective_value)).toBeLessThan(1e-9);
  expectPrice(answer.duals.budget_shadow_price, duals!.budget_shadow_price!);
  for (const field of ["carry_in_only_value", "incremental_value", "flat_plan_value"])
    expect(relative(answer[field] as number, optimal![field] as number)).toBeLessThan(1e-8);
  const weekly = answer.weekly_total as readonly number[];
  for (const [week, total] of (optimal!.weekly_total as number[]).entries())
    expect(Math.abs(weekly[week]! - total)).toBeLessThan(5);
  for (const total of weekly) {
    expect(total).toBeGreaterThan(15_000 * (1 - 1e-9));
    expect(total).toBeLessThan(40_000 * (1 + 1e-9));
  }
});

describe("impossible cases name the reference's limits and its least changes", () => {
  test.each(starting("I"))("%s", async (_, given) => {
    const answer = await answerOf(questionOf(given));
    expect(answer.status).toBe("infeasible");
    expect(answer.conflict.map(({ name }) => name).toSorted()).toEqual([...given.one_iis!].toSorted());
    let compared = 0;
    for (const { constraint, raise_to, lower_to, lower_by } of given.minimal_relaxations!) {
      const to = raise_to ?? lower_to;
      const found = answer.repair.some((repair) =>
        to === undefined
          ? Math.abs(repair.value - repair.to - lower_by!) < 1e-6
          : repair.name === constraint && relative(repair.to, to) < 1e-9,
      );
      expect(found).toBe(true);
      compared++;
    }
    expect(compared).toBe(2);
  });
});

describe("a plan does not depend on units, names or order", () => {
  test.each(starting("CNRM"))("%s", async (_, given) => {
    const question = questionOf(given);
    const { spend, objective_value } = await answerOf(question);
    const budget = sum(amountsOf(spend));
    const room = (given.id.startsWith("M") ? 1e-4 : 1e-6) * budget;
    for (const factor of [1e-6, 1e6]) {
      const scaled = await answerOf(withResponses(question, factor));
      expect(relative(scaled.objective_value, factor * objective_value)).toBeLessThan(1e-8);
      for (const [i, amount] of amountsOf(scaled.spend).entries())
        expect(Math.abs(amount - amountsOf(spend)[i]!)).toBeLessThan(room);
    }
    const other = await answerOf(renamed(question, (name) => `channel ${name}?`));
    expect(relative(other.objective_value, objective_value)).toBeLessThan(1e-10);
    for (const [name, amounts] of Object.entries(spend))
      for (const [week, amount] of [amounts].flat().entries())
        expect(Math.abs([other.spend[`channel ${name}?`]!].flat()[week]! - amount)).toBeLessThan(room);
  });
});

describe("whole cases, answers and notes included, run through the real command", () => {
  const some = ["C23", "N05", "F01", "R01", "M01", "I05"];
  test.each(cases.filter(({ id }) => some.includes(id)).map((one) => [one.id, one] as const))(
    "%s",
    async (id, given) => {
      writeFileSync(join(folder, `${id}.json`), JSON.stringify(given));
      const { exitCode, stdout, stderr } = await runTouchline(["optimise", "--json", "--problem", `${id}.json`], {
        cwd: folder,
      });
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      const answer: Answer = JSON.parse(stdout);
      expect(answer.status).toBe(id.startsWith("I") ? "infeasible" : "optimal");
      if (given.optimal !== undefined)
        expect(relative(answer.objective_value, given.optimal.objective_value)).toBeLessThan(1e-9);
    },
  );
});
