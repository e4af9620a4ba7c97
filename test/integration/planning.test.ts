import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeSimulatedShop } from "@touchline/server/demo";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { openWorld, type World } from "../support/world.ts";

const PlanAnswer = z.object({
  status: z.enum(["optimal", "leave", "infeasible"]),
  budget: z.string(),
  period: z.string(),
  allocation: z.array(
    z.object({
      channel: z.string(),
      current: z.string(),
      recommended: z.string(),
      marginalRoas: z.number().nullable(),
      reason: z.string(),
      flags: z.array(z.string()),
    }),
  ),
  expected: z.object({
    revenue: z.number(),
    revenueAtCurrent: z.number(),
    interval: z.object({ level: z.number(), low: z.number(), high: z.number() }).nullable(),
    probabilityOfGain: z.number().nullable(),
  }),
  shadowPrices: z.array(z.object({ constraint: z.string(), price: z.number(), unit: z.string() })),
  certificate: z.object({ gap: z.number(), feasibility: z.number() }),
  conflict: z.array(z.object({ text: z.string() })),
  repair: z.array(z.object({ text: z.string() })),
});
type PlanAnswer = z.infer<typeof PlanAnswer>;

let world: World;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "touchline-plan-"));
  world = await openWorld();
  const shop = await writeSimulatedShop(folder, { people: 3_000, days: 200, seed: 9 });
  for (const kind of ["touchpoints", "spend", "conversions"] as const) await world.json("import", kind, shop[kind]);
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const optimise = async (...argv: string[]): Promise<PlanAnswer> =>
  PlanAnswer.parse(await world.json("optimise", ...argv));
const cents = (amounts: readonly string[]) =>
  amounts.reduce((sum, amount) => sum + Math.round(Number(amount) * 100), 0);
const planned = (plan: PlanAnswer) => cents(plan.allocation.map(({ recommended }) => recommended));
const today = (plan: PlanAnswer) => cents(plan.allocation.map(({ current }) => current));

describe("a plan on fitted curves", () => {
  test("spends at most the budget, within the largest change, and carries its proof", async () => {
    const before = await optimise("--period", "week");
    const budget = Math.round(today(before) * 0.95) / 100;
    const plan = await optimise("--period", "week", "--budget", String(budget), "--max-change", "20");
    expect(plan.status).toBe("optimal");
    expect(planned(plan)).toBeLessThanOrEqual(Math.round(budget * 100));
    for (const { current, recommended, reason } of plan.allocation) {
      expect(Number(recommended)).toBeGreaterThanOrEqual(Number(current) * 0.8 - 0.011);
      expect(Number(recommended)).toBeLessThanOrEqual(Number(current) * 1.2 + 0.011);
      expect(reason).toMatch(/\.$/);
    }
    expect(plan.certificate.gap).toBeLessThan(1e-8);
    expect(plan.certificate.feasibility).toBeLessThan(1e-9);
  });

  test("a larger budget never brings less, and its price is what a little more money brings", async () => {
    const base = Number((await optimise("--period", "week")).budget);
    const step = base * 0.001;
    const values = [];
    for (const budget of [base * 0.9, base, base + step])
      values.push(await optimise("--period", "week", "--budget", String(budget)));
    const [less, equal, more] = values as [PlanAnswer, PlanAnswer, PlanAnswer];
    expect(less.expected.revenue).toBeLessThanOrEqual(equal.expected.revenue * (1 + 1e-9));
    const price = equal.shadowPrices.find(({ constraint }) => constraint.includes("in total"))!.price;
    expect((more.expected.revenue - equal.expected.revenue) / step).toBeCloseTo(price, 2);
  });

  test("a day, a week and a month are the same plan in other units", async () => {
    const [day, week] = [await optimise("--period", "day"), await optimise("--period", "week")];
    for (const [i, row] of week.allocation.entries()) {
      expect(Number(row.recommended)).toBeCloseTo(Number(day.allocation[i]!.recommended) * 7, 0);
      expect(row.marginalRoas ?? 0).toBeCloseTo(day.allocation[i]!.marginalRoas ?? 0, 3);
    }
  });

  test("bounds, groups and locks of a constraints file hold", async () => {
    const limits = world.file(
      "limits.json",
      JSON.stringify({
        bounds: { "Paid Search": { upper: 40 }, Display: { locked: true } },
        constraints: [
          {
            type: "group_spend",
            name: "social and retargeting",
            members: ["Paid Social", "Retargeting"],
            min: null,
            max: 30,
          },
        ],
      }),
    );
    const plan = await optimise("--period", "week", "--constraints", limits);
    const row = (channel: string) => plan.allocation.find((each) => each.channel === channel)!;
    expect(Number(row("Paid Search").recommended)).toBeLessThanOrEqual(40.001);
    expect(row("Display").recommended).toBe(row("Display").current);
    expect(Number(row("Paid Social").recommended) + Number(row("Retargeting").recommended)).toBeLessThanOrEqual(30.011);
  });

  test("limits that contradict each other are named with the least change that helps", async () => {
    const limits = world.file("impossible.json", JSON.stringify({ bounds: { "Paid Search": { lower: 900_000 } } }));
    const plan = await optimise("--budget", "1000", "--constraints", limits);
    expect(plan.status).toBe("infeasible");
    expect(plan.conflict.map(({ text }) => text).join()).toMatch(/Paid Search at least/);
    expect(plan.repair.length).toBeGreaterThan(0);
  });

  test("a change limit that the budget contradicts bears its own name, and can itself be loosened", async () => {
    const base = Number((await optimise("--period", "week")).budget);
    const plan = await optimise("--period", "week", "--budget", String(base / 3), "--max-change", "20");
    expect(plan.status).toBe("infeasible");
    expect(plan.conflict.map(({ text }) => text)).toContain("no channel moves by more than 20 %");
    expect(plan.repair.map(({ text }) => text).join()).toMatch(/no channel moves by more than 20 %: change it to \d/);
  });

  test("a channel that does not exist is refused by name", async () => {
    const limits = world.file("unknown.json", JSON.stringify({ bounds: { Radio: { upper: 10 } } }));
    const { exitCode, stderr } = await world.run("optimise", "--constraints", limits);
    expect(stderr).toMatch(/"Radio", which has no spend/);
    expect(exitCode).toBe(2);
  });

  test("the same data gives the same plan and the same band, digit for digit", async () => {
    expect(await optimise("--budget", "500")).toEqual(await optimise("--budget", "500"));
    expect(await world.json("curves")).toEqual(await world.json("curves"));
  });
});

// Last, because it changes the data.
test("rows that lie in the future move neither today's spend nor the plan", async () => {
  const before = await optimise("--period", "week");
  const spend = world.file(
    "future.csv",
    "date,channel,campaign,cost,currency\n2098-12-31,Paid Search,plan,999999,EUR\n2026-12-24,Display,plan,999999,EUR\n",
  );
  const touch = world.file(
    "late.csv",
    "event_id,occurred_at,visitor_id,channel,campaign,interaction\nx,2098-01-01T00:00:00Z,nobody,Paid Search,plan,click\n",
  );
  await world.json("import", "spend", spend);
  expect((await world.run("import", "touchpoints", touch)).stdout).toContain("is more than 23 hours ahead");
  const after = await optimise("--period", "week");
  expect(after.allocation).toEqual(before.allocation);
  expect(after.expected).toEqual(before.expected);
});
