import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { curveValue } from "../response/curve-families.ts";
import { allocate, type OptimalAllocation } from "./allocate.ts";
import { budgetProblem } from "./allocation.arbitrary.ts";
import { frontier, sweep } from "./frontier.ts";
import { highestRoas, leastSpendFor } from "./goal-seek.ts";
import type { AllocationProblem, Constraint } from "./problem.ts";
import { whatIf } from "./what-if.ts";

const curves = {
  search: { type: "hill", beta: 420000, k: 60000, s: 1 },
  social: { type: "log", a: 95000, b: 22000 },
  video: { type: "power", a: 620, p: 0.52 },
  display: { type: "exp", a: 60000, b: 30000 },
  affiliate: { type: "logistic", a: 52000, lam: 6e-5 },
} as const;

function mixed(constraints: Constraint[], upper: number | null = null): AllocationProblem {
  return {
    objective: { type: "max_response", response_weight: 1, spend_weight: 0 },
    channels: Object.entries(curves).map(([name, curve]) => ({ name, curve, lower: 0, upper, current: 30000 })),
    constraints,
  };
}

const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, one) => total + one, 0);
const totalOf = (value: number) => ({ type: "total_spend", sense: "<=", value }) as const;

function optimal(allocation: { readonly status: string }): OptimalAllocation {
  if (allocation.status !== "optimal") throw new Error(JSON.stringify(allocation));
  return allocation as OptimalAllocation;
}

describe("the frontier", () => {
  test("rises and bends, and its slope is the price of the budget", () => {
    let ran = 0;
    fc.assert(
      fc.property(budgetProblem, (problem) => {
        const floors = sum(problem.channels.map(({ lower }) => lower));
        const open = { ...problem, constraints: [totalOf(0)] };
        const points = frontier(
          open,
          [1, 1.2, 1.5, 2, 3].map((times) => (floors + 1000) * times),
        );
        for (const [k, point] of points.entries()) {
          expect(point.allocation.status).toBe("optimal");
          const before = points[k - 1];
          if (before === undefined) continue;
          const noise = 1e-10 * point.value!;
          const secant = (point.value! - before.value!) / (point.budget - before.budget);
          expect(point.value).toBeGreaterThanOrEqual(before.value! - noise);
          expect(before.marginal! * (1 + 1e-9)).toBeGreaterThanOrEqual(secant - noise);
          expect(point.marginal! * (1 - 1e-9)).toBeLessThanOrEqual(secant + noise);
          ran++;
        }
      }),
      { numRuns: 40, seed: 51 },
    );
    expect(ran).toBe(160);
  });

  test("is swept from nothing to where the next unit is worth the floor and no more", () => {
    const points = sweep(mixed([totalOf(50000)]), { marginalFloor: 1.2, points: 12, mostBudget: 1e7 });
    expect(points).toHaveLength(12);
    expect(points[0]).toMatchObject({ budget: 0, value: 0, spend: 0, response: 0, roas: null });
    const last = points.at(-1)!;
    expect(Math.abs(last.marginal! - 1.2)).toBeLessThan(1e-6);
    for (const { budget, spend, response, roas } of points.slice(1)) {
      expect(Math.abs(spend! / budget - 1)).toBeLessThan(1e-9);
      expect(roas).toBe(response! / spend!);
    }
  });

  test("a budget below what has to be spent is a point without numbers and with its reason", () => {
    const problem = mixed([totalOf(0)]);
    const held = { ...problem, channels: problem.channels.map((one) => ({ ...one, lower: 5000 })) };
    const [short, enough] = frontier(held, [20000, 30000]);
    expect(short).toMatchObject({ value: null, marginal: null, allocation: { status: "infeasible" } });
    expect(enough!.value).toBeGreaterThan(0);
  });
});

describe("what if one channel spent more or less", () => {
  test("the rest gives way, the best is the plan itself, and the margin is the slope", () => {
    const problem = mixed([
      totalOf(160000),
      { type: "group_spend", name: "g", members: ["search", "social"], min: null, max: 90000 },
    ]);
    const plan = optimal(allocate(problem));
    const best = plan.spend[0]!;
    const step = 10;
    const points = whatIf(problem, "search", [0, best / 2, best, best + step, best * 1.4]);
    const [, half, same, more, far] = points;
    expect(Math.abs(same!.value! / plan.objectiveValue - 1)).toBeLessThan(1e-12);
    expect(Math.abs(same!.marginal!)).toBeLessThan(1e-8);
    for (const { value } of points) expect(value).toBeLessThanOrEqual(plan.objectiveValue * (1 + 1e-12));
    expect(half!.marginal).toBeGreaterThan(0);
    expect(far!.marginal).toBeLessThan(0);
    const slope = (more!.value! - same!.value!) / step;
    expect(Math.abs(slope - (same!.marginal! + more!.marginal!) / 2)).toBeLessThan(1e-7);
    // Beyond what the group may spend there is no plan, and the reason says why
    expect(whatIf(problem, "search", [95000])[0]).toMatchObject({ value: null, allocation: { status: "infeasible" } });
  });
});

describe("goal seek", () => {
  test("the least money for a response is the budget that brings it", () => {
    let ran = 0;
    fc.assert(
      fc.property(budgetProblem, (problem) => {
        const plan = allocate(problem);
        if (plan.status !== "optimal" || plan.duals.budget! < 1e-3) return;
        const least = optimal(leastSpendFor({ ...problem, constraints: [] }, sum(plan.response)));
        expect(Math.abs(sum(least.spend) / sum(plan.spend) - 1)).toBeLessThan(1e-7);
        expect(Math.abs(least.duals.multiplier! * plan.duals.budget! - 1)).toBeLessThan(1e-4);
        ran++;
      }),
      { numRuns: 80, seed: 52 },
    );
    expect(ran).toBeGreaterThan(40);
  });

  test("a target that the budget cannot reach says how much can be reached", () => {
    const outcome = leastSpendFor(mixed([totalOf(60000)]), 1e6);
    if (outcome.status !== "infeasible") throw new Error(outcome.status);
    const most = optimal(allocate(mixed([totalOf(60000)]))).objectiveValue;
    const to = outcome.repairs.find(({ limit }) => limit.type === "min_total_response")!.to;
    expect(Math.abs(to / most - 1)).toBeLessThan(1e-8);
  });

  test("no plan that spends or brings so much returns more per unit", () => {
    const problem = mixed([], 200000);
    const all = Object.fromEntries(problem.channels.map(({ name }) => [name, 1]));
    const spending = highestRoas(problem, [{ type: "weighted_spend", name: "s", weights: all, min: 80000, max: null }]);
    if (spending.status !== "reached") throw new Error(spending.status);
    const best = optimal(allocate({ ...problem, constraints: [{ ...totalOf(80000), sense: "=" }] }));
    expect(Math.abs(spending.roas / (best.objectiveValue / 80000) - 1)).toBeLessThan(1e-10);
    const bringing = highestRoas(problem, [{ type: "min_total_response", value: 400000 }]);
    if (bringing.status !== "reached") throw new Error(bringing.status);
    const least = sum(optimal(leastSpendFor(problem, 400000)).spend);
    expect(Math.abs(bringing.roas / (400000 / least) - 1)).toBeLessThan(1e-9);
    const response = bringing.allocation.spend.map((x, i) => curveValue(problem.channels[i]!.curve, x));
    expect(sum(response)).toBeGreaterThan(400000 * (1 - 1e-9));
  });

  test("without anything that has to be spent there is no highest return", () => {
    expect(highestRoas(mixed([totalOf(50000)]), [])).toMatchObject({ status: "stopped" });
  });
});
