import { beforeAll, describe, expect, test } from "vitest";
import { type Engines, loadHighs, simplexEngine } from "../linear/index.ts";
import { type Curve, curveValue, inverseSlope } from "../response/curve-families.ts";
import type { Allocation, OptimalAllocation } from "./allocate.ts";
import { parseProblem } from "./parse/index.ts";
import { type ProblemAnswer, solveProblem } from "./solve-problem.ts";

let engines: Engines;
beforeAll(async () => {
  engines = { small: simplexEngine, large: await loadHighs() };
});

const CURVES = {
  search: { type: "hill", beta: 420_000, k: 60_000, s: 1 },
  social: { type: "log", a: 95_000, b: 22_000 },
  video: { type: "power", a: 620, p: 0.52 },
  display: { type: "exp", a: 60_000, b: 30_000 },
  affiliate: { type: "logistic", a: 52_000, lam: 6e-5 },
} as const satisfies Record<string, Curve>;
type Name = keyof typeof CURVES;
const NAMES = Object.keys(CURVES) as Name[];
const channels = NAMES.map((name) => ({ name, curve: CURVES[name], lower: 0, upper: 400_000 }));

function answer(problem: unknown): ProblemAnswer {
  const read = parseProblem(problem);
  if (read.kind === "refused") throw new Error(read.reason);
  return solveProblem(read.parsed, engines);
}

function allocation(problem: unknown): Allocation {
  const found = answer(problem);
  if (found.layout !== "one-period") throw new Error(found.layout);
  return found.allocation;
}

function optimum(problem: unknown): OptimalAllocation {
  const found = allocation(problem);
  if (found.status !== "optimal") throw new Error(JSON.stringify(found));
  return found;
}

const total = (spend: Iterable<number>) => [...spend].reduce((sum, one) => sum + one, 0);

/** The value of `low` or `high` at which a falling function crosses 0. */
function root(fall: (x: number) => number, low: number, high: number): number {
  let [from, to] = [low, high];
  for (let step = 0; step < 200; step++) {
    const middle = (from + to) / 2;
    if (fall(middle) > 0) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}

const spendAt = (names: readonly Name[], slope: number) =>
  total(names.map((name) => inverseSlope(CURVES[name], slope)));
const responseAt = (names: readonly Name[], slope: number) =>
  total(names.map((name) => curveValue(CURVES[name], inverseSlope(CURVES[name], slope))));

describe("problems that two methods solve alike", () => {
  test("least spend for a response: root-finding on the marginal response", () => {
    const target = 500_000;
    const slope = root((m) => responseAt(NAMES, m) - target, 1e-3, 7);
    const plan = optimum({
      objective: { type: "min_spend", response_weight: 0, spend_weight: -1 },
      channels,
      constraints: [{ type: "min_total_response", value: target }],
    });
    expect(plan.objectiveValue / -spendAt(NAMES, slope)).toBeCloseTo(1, 11);
    expect(plan.duals.multiplier! * slope).toBeCloseTo(1, 9);
    expect(plan.duals.budget).toBeNull();
  });

  test("a group's minimum: root-finding in the group and outside", () => {
    const group: Name[] = ["display", "affiliate"];
    const others = NAMES.filter((name) => !group.includes(name));
    const outside = root((m) => spendAt(others, m) - 120_000, 1e-3, 7);
    const inside = root((m) => spendAt(group, m) - 40_000, 1e-3, 7);
    const plan = optimum({
      channels,
      constraints: [
        { type: "total_spend", sense: "=", value: 160_000 },
        { type: "group_spend", name: "g", members: group, min: 40_000, max: null },
      ],
    });
    expect(plan.objectiveValue / (responseAt(others, outside) + responseAt(group, inside))).toBeCloseTo(1, 11);
    expect(plan.duals.budget).toBeCloseTo(outside, 8);
    expect(plan.duals.groups[0]).toBeCloseTo(inside - outside, 8);
  });

  test("profit by product group: every channel earns its price at the margin", () => {
    const worth = { search: 0.45, social: 0.6, video: 0.3, display: 0.9, affiliate: 1 };
    const plan = optimum({
      objective: { type: "max_profit", response_weight: 1, spend_weight: -1, weights: worth },
      channels,
      constraints: [],
    });
    for (const [i, name] of NAMES.entries())
      expect(plan.spend[i]).toBeCloseTo(inverseSlope(CURVES[name], 1 / worth[name]), 4);
  });

  test("steps with a ROAS floor and a group's maximum: brute force", () => {
    const step = 20_000;
    const plan = optimum({
      channels,
      constraints: [
        { type: "total_spend", sense: "<=", value: 160_000 },
        { type: "integer_step", value: step },
        { type: "blended_roas_floor", value: 3.2 },
        { type: "group_spend", name: "g", members: ["search", "social"], min: null, max: 80_000 },
      ],
    });
    let best = 0;
    const visit = (spend: number[]): void => {
      const used = total(spend);
      if (spend.length === NAMES.length) {
        const response = total(spend.map((x, i) => curveValue(CURVES[NAMES[i]!], x)));
        if (response >= 3.2 * used && spend[0]! + spend[1]! <= 80_000) best = Math.max(best, response);
        return;
      }
      for (let x = 0; used + x <= 160_000; x += step) visit([...spend, x]);
    };
    visit([]);
    expect(plan.objectiveValue / best).toBeCloseTo(1, 12);
    for (const x of plan.spend) expect(Math.abs(x / step - Math.round(x / step))).toBeLessThan(1e-9);
  });

  test("all or nothing with a group's maximum: every set of channels", () => {
    const least = { search: 20_000, social: 25_000, video: 30_000, display: 15_000, affiliate: 15_000 };
    const limits = [
      { type: "total_spend", sense: "<=", value: 110_000 },
      { type: "group_spend", name: "g", members: ["search", "video"], min: null, max: 70_000 },
    ];
    const plan = optimum({
      channels: channels.map((channel) => ({ ...channel, min_if_on: least[channel.name] })),
      constraints: [...limits, { type: "semi_continuous" }],
    });
    let best = 0;
    for (let on = 0; on < 1 << NAMES.length; on++) {
      const set = channels.map((channel, i) =>
        on & (1 << i) ? { ...channel, lower: least[channel.name] } : { ...channel, upper: 0 },
      );
      const found = allocation({ channels: set, constraints: limits });
      if (found.status === "optimal") best = Math.max(best, found.objectiveValue);
    }
    expect(plan.objectiveValue / best).toBeCloseTo(1, 10);
    expect(plan.certificate.scope).toBe("global");
  });

  test("S-shaped curves with a group's minimum and a price of spend: a fine grid", () => {
    const curves: Curve[] = [
      { type: "hill", beta: 300, k: 45, s: 3 },
      { type: "hill", beta: 200, k: 30, s: 2.5 },
      { type: "log", a: 60, b: 20 },
    ];
    const plan = optimum({
      objective: { type: "max_profit", response_weight: 0.5, spend_weight: -1 },
      channels: ["a", "b", "c"].map((name, i) => ({ name, curve: curves[i], lower: 0, upper: 120 })),
      constraints: [
        { type: "total_spend", sense: "<=", value: 130 },
        { type: "group_spend", name: "g", members: ["b", "c"], min: 20, max: null },
      ],
    });
    let best = Number.NEGATIVE_INFINITY;
    for (let a = 0; a <= 120; a += 1)
      for (let b = 0; a + b <= 130; b += 1)
        for (let c = Math.max(0, 20 - b); a + b + c <= 130; c += 1) {
          const response = total([a, b, c].map((x, i) => curveValue(curves[i]!, x)));
          best = Math.max(best, 0.5 * response - (a + b + c));
        }
    expect(plan.objectiveValue).toBeGreaterThanOrEqual(best - 1e-9);
    expect(plan.objectiveValue).toBeLessThan(best + 0.1);
  });

  test("the worst share of draws: no plan on a fine grid is better, and one is nearly as good", () => {
    const heights = Array.from({ length: 12 }, (_, d) => [
      200 + 15 * ((d * 5) % 12),
      150 + 20 * ((d * 7) % 12),
      180 - 8 * ((d * 11) % 12),
    ]);
    const halves = [40, 25, 30];
    const given = {
      objective: { type: "cvar_of_draws", alpha: 0.3 },
      channels: halves.map((k, i) => ({
        name: `c${i}`,
        curve_draws: { type: "hill", s: 1, k, beta: heights.map((one) => one[i]) },
        lower: 0,
        upper: 100,
      })),
      constraints: [{ type: "total_spend", sense: "=", value: 100 }],
    };
    const found = answer(given);
    if (found.layout !== "draws" || found.allocation.status !== "optimal") throw new Error("no plan");
    const worst = (x: readonly number[]) => {
      const outcomes = heights.map((one) => total(one.map((beta, i) => (beta * x[i]!) / (halves[i]! + x[i]!))));
      outcomes.sort((one, other) => one - other);
      const count = 0.3 * outcomes.length;
      return total(outcomes.map((value, d) => Math.max(0, Math.min(1, count - d)) * value)) / count;
    };
    let best = 0;
    for (let a = 0; a <= 100; a += 0.25)
      for (let b = 0; a + b <= 100; b += 0.25) best = Math.max(best, worst([a, b, 100 - a - b]));
    const { objectiveValue, spend } = found.allocation;
    expect(worst([...spend])).toBeCloseTo(objectiveValue, 8);
    expect(found.cvar).toBeCloseTo(objectiveValue, 8);
    expect(objectiveValue).toBeGreaterThanOrEqual(best - 1e-9);
    expect(objectiveValue).toBeLessThan(best * (1 + 1e-4));
  });

  test("one week without carry-over: the same as without weeks", () => {
    const plan = optimum({ channels, constraints: [{ type: "total_spend", sense: "=", value: 160_000 }] });
    const found = answer({
      weeks: 1,
      channels: channels.map(({ name, curve, upper }) => ({ name, curve, week_upper: upper })),
      constraints: [{ type: "total_spend", sense: "=", value: 160_000 }],
    });
    if (found.layout !== "weeks" || found.allocation.status !== "optimal") throw new Error("no plan");
    expect(found.allocation.objectiveValue / plan.objectiveValue).toBeCloseTo(1, 9);
    expect(found.flatValue).toBeLessThan(found.allocation.objectiveValue);
  });
});

test("a frontier is the plan at every budget, and says where a budget is too small", () => {
  const constraints = [{ type: "group_spend", name: "g", members: ["video"], min: 30_000, max: null }];
  const found = answer({ channels, constraints, budgets: [20_000, 60_000, 120_000] });
  if (found.layout !== "frontier") throw new Error(found.layout);
  expect(found.points.map(({ budget, allocation: { status } }) => [budget, status])).toEqual([
    [20_000, "infeasible"],
    [60_000, "optimal"],
    [120_000, "optimal"],
  ]);
  const plan = optimum({ channels, constraints: [...constraints, { type: "total_spend", sense: "=", value: 60_000 }] });
  expect(found.points[1]!.allocation).toMatchObject({ spend: plan.spend, duals: { budget: plan.duals.budget } });
});

describe("what cannot be kept together bears the file's names", () => {
  const named = (constraints: object[]) => {
    const read = parseProblem({ channels: NAMES.map((name) => ({ name, curve: CURVES[name] })), constraints });
    if (read.kind === "refused" || read.parsed.layout !== "one-period") throw new Error(JSON.stringify(read));
    const found = solveProblem(read.parsed, engines);
    if (found.layout !== "one-period" || found.allocation.status !== "infeasible") throw new Error("possible");
    return { names: read.parsed.names, ...found.allocation };
  };

  test("a target against the budget", () => {
    const { conflict, repairs } = named([
      { name: "target", type: "total_response_min", args: [700_000] },
      { name: "budget", type: "sum_max", args: [NAMES, 200_000] },
      { name: "min_video", type: "channel_min", args: ["video", 10_000] },
    ]);
    expect(conflict.map(({ type }) => type)).toEqual(["min_total_response", "total_spend"]);
    const slope = root((m) => spendAt(NAMES, m) - 200_000, 1e-3, 7);
    const most = repairs.find(({ limit }) => limit.type === "min_total_response")!;
    expect(most.to / responseAt(NAMES, slope)).toBeCloseTo(1, 5);
  });

  test("two bounds of one channel", () => {
    const { conflict, repairs } = named([
      { name: "at least", type: "channel_min", args: ["search", 60_000] },
      { name: "at most", type: "channel_max", args: ["search", 50_000] },
    ]);
    expect(conflict).toHaveLength(2);
    expect(repairs.map(({ to }) => to).toSorted()).toEqual([50_000, 60_000]);
  });
});
