import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type Engines, loadHighs, simplexEngine } from "../../linear/index.ts";
import { curveValue, scaleCurve } from "../../response/curve-families.ts";
import { allocate } from "../allocate.ts";
import { allocateWeeks } from "./allocate-weeks.ts";
import { compileWeeks } from "./compile-weeks.ts";
import { evaluateWeeks } from "./evaluate-weeks.ts";
import { ceilingOfWeeks, climbWeeks } from "./maximise-weeks.ts";
import type { OptimalWeeks, WeeksAllocation, WeeksConstraint, WeeksProblem } from "./problem.ts";
import { rulesOf } from "./rules.ts";
import { tangentWeeks } from "./tangent-programme.ts";
import { weeksProblem } from "./weeks.arbitrary.ts";
import { manyWeeks, sixWeeks } from "./weeks.fixture.ts";

let engines: Engines;
beforeAll(async () => {
  engines = { small: simplexEngine, large: await loadHighs() };
});

const solve = (problem: WeeksProblem) => allocateWeeks(problem, engines);

function optimal(allocation: WeeksAllocation): OptimalWeeks {
  if (allocation.status !== "optimal") throw new Error(`no plan: ${JSON.stringify(allocation)}`);
  return allocation;
}

const relative = (a: number, b: number) => Math.abs(a - b) / Math.max(Math.abs(b), 1e-300);
const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, one) => total + one, 0);
const withTotal = (problem: WeeksProblem, value: number): WeeksProblem => ({
  ...problem,
  constraints: problem.constraints.map((one) => (one.type === "total_spend" ? { ...one, value } : one)),
});

describe("a plan by week", () => {
  test("is proved and keeps every limit on any mix of them, straight curves too", () => {
    const seen = { optimal: 0, infeasible: 0, stopped: 0 };
    fc.assert(
      fc.property(weeksProblem(true), (problem) => {
        const plan = solve(problem);
        seen[plan.status]++;
        if (plan.status !== "optimal") return;
        expect(Math.abs(plan.certificate.gap)).toBeLessThan(1e-8);
        expect(plan.certificate.feasibility).toBeLessThan(1e-9);
        expectLimitsKept(problem, plan);
      }),
      { numRuns: 80, seed: 21 },
    );
    expect(seen.optimal).toBeGreaterThan(40);
    expect(seen.infeasible).toBeGreaterThan(5);
    expect(seen.stopped).toBe(0);
  });

  test("agrees with linear programmes over tangents, which know nothing of its method", () => {
    let ran = 0;
    fc.assert(
      fc.property(weeksProblem(false), (problem) => {
        const programme = compileWeeks(problem, rulesOf(problem));
        if (programme.lower.some((bound, cell) => bound > programme.upper[cell]!)) return;
        const ceiling = ceilingOfWeeks(programme);
        const climbed = climbWeeks(programme, ceiling);
        if (climbed.feasibility > 1e-9) return;
        const linear = tangentWeeks(programme, ceiling, engines);
        if (linear === null) throw new Error("no linear plan where there is a plan");
        const money = climbed.spend.reduce((sum, x) => sum + x, 1);
        expect(linear.value).toBeLessThanOrEqual(climbed.bound + 1e-9 * money);
        expect(climbed.value).toBeLessThanOrEqual(linear.bound + 1e-9 * money);
        expect(Math.abs(climbed.value - linear.value)).toBeLessThan(1e-7 * money);
        ran++;
      }),
      { numRuns: 30, seed: 8 },
    );
    expect(ran).toBeGreaterThan(10);
  });

  test("has the price of money that a little more of it really earns", () => {
    const plan = optimal(solve(sixWeeks));
    const worth = (value: number) => optimal(solve(withTotal(sixWeeks, value))).objectiveValue;
    expect(relative(plan.duals.budget!, worth(170_000.5) - worth(169_999.5))).toBeLessThan(1e-8);
    expect(plan.certificate.gap).toBeLessThan(1e-13);
  });

  test("has prices by week that a looser week really earns", () => {
    const plan = optimal(solve(sixWeeks));
    const week = plan.duals.weekly.findIndex((price) => price > 1e-3);
    expect(week).toBeGreaterThan(0);
    const worth = (change: number) => {
      const max = Array.from({ length: 6 }, (_, t) => 36_000 + (t === week ? change : 0));
      const constraints = [sixWeeks.constraints[0]!, { type: "weekly_spend", min: 14_000, max } as const];
      return optimal(solve({ ...sixWeeks, constraints })).objectiveValue;
    };
    expect(relative(plan.duals.weekly[week]!, worth(0.5) - worth(-0.5))).toBeLessThan(1e-6);
    const held = plan.binding.find(({ limit, week: at }) => limit.type === "weekly_max" && at === week);
    expect(held?.price).toBe(plan.duals.weekly[week]);
  });

  test("of 20 channels over 13 weeks with pacing is certified in well under two seconds of the processor", () => {
    for (const pace of [0, 5, 20]) {
      const plan = optimal(solve(manyWeeks(20, 13, pace)));
      expect(Math.abs(plan.certificate.gap)).toBeLessThan(1e-9);
      expect(plan.certificate.feasibility).toBeLessThan(1e-9);
      expect(plan.certificate.passes).toBe(0);
      expect(plan.certificate.steps).toBeLessThan(50);
    }
  });
});

describe("the laws of weeks", () => {
  test("one week without carry-over is the plan of one period", () => {
    let ran = 0;
    fc.assert(
      fc.property(weeksProblem(false), (drawn) => {
        const problem: WeeksProblem = {
          ...drawn,
          weeks: 1,
          season: [1],
          channels: drawn.channels.map(({ costIndex: _, ...one }) => ({ ...one, kernel: [1], before: [] })),
          constraints: [{ type: "total_spend", sense: "=", value: 25_000 }],
        };
        const { response_weight = 1, spend_weight = 0 } = problem.objective;
        const plain = allocate({
          objective: { type: "max_profit", response_weight, spend_weight },
          channels: problem.channels.map(({ name, curve, lower, upper }) => ({
            name,
            curve,
            lower: lower as number,
            upper: upper as number | null,
            current: null,
          })),
          constraints: [{ type: "total_spend", sense: "=", value: 25_000 }],
        });
        const plan = solve(problem);
        expect(plan.status).toBe(plain.status);
        if (plan.status !== "optimal" || plain.status !== "optimal") return;
        expect(relative(plan.objectiveValue, plain.objectiveValue)).toBeLessThan(1e-9);
        expect(Math.abs(plan.duals.budget! - plain.duals.budget!)).toBeLessThan(1e-6);
        ran++;
      }),
      { numRuns: 60, seed: 6 },
    );
    expect(ran).toBeGreaterThan(30);
  });

  test("a looser limit never lowers the worth", () => {
    let ran = 0;
    fc.assert(
      fc.property(weeksProblem(false), fc.nat(4), (problem, pick) => {
        const plan = solve(problem);
        const dropped = problem.constraints[1 + (pick % Math.max(1, problem.constraints.length - 1))];
        if (plan.status !== "optimal" || dropped === undefined) return;
        const constraints = problem.constraints.filter((one) => one !== dropped);
        const other = optimal(solve({ ...problem, constraints }));
        expect(other.objectiveValue).toBeGreaterThanOrEqual(plan.objectiveValue - 1e-8 * Math.abs(plan.objectiveValue));
        ran++;
      }),
      { numRuns: 60, seed: 12 },
    );
    expect(ran).toBeGreaterThan(15);
  });

  test("the same plan in any currency, in any order, and on repetition", () => {
    const plan = optimal(solve(sixWeeks));
    expect(solve(sixWeeks)).toEqual(plan);
    for (const factor of [1e-6, 1e6]) {
      const channels = sixWeeks.channels.map((one) => ({ ...one, curve: scaleCurve(one.curve, 1, 1 / factor) }));
      const other = optimal(solve({ ...sixWeeks, channels }));
      expect(relative(other.objectiveValue, factor * plan.objectiveValue)).toBeLessThan(1e-12);
      for (const [i, spend] of other.spend.entries())
        for (const [t, x] of spend.entries()) expect(Math.abs(x - plan.spend[i]![t]!)).toBeLessThan(1e-3);
    }
    const reversed = optimal(solve({ ...sixWeeks, channels: [...sixWeeks.channels].reverse() }));
    expect(relative(reversed.objectiveValue, plan.objectiveValue)).toBeLessThan(1e-12);
    for (const [i, spend] of [...reversed.spend].reverse().entries())
      for (const [t, x] of spend.entries()) expect(Math.abs(x - plan.spend[i]![t]!)).toBeLessThan(1e-3);
  });

  test("twice the price for twice the money buys the same", () => {
    const plan = optimal(solve(sixWeeks));
    const costIndex = [2, 2, 2, 2, 2, 2];
    const dear: WeeksProblem = {
      ...withTotal(sixWeeks, 340_000),
      channels: sixWeeks.channels.map((one) => ({
        ...one,
        costIndex,
        lower: 2 * (one.lower as number),
        upper: one.upper === null ? null : 2 * (one.upper as number),
      })),
    };
    const constraints: WeeksConstraint[] = [dear.constraints[0]!, { type: "weekly_spend", min: 28_000, max: 72_000 }];
    const other = optimal(solve({ ...dear, constraints }));
    expect(relative(other.objectiveValue, plan.objectiveValue)).toBeLessThan(1e-12);
    expect(relative(other.spend[2]![3]!, 2 * plan.spend[2]![3]!)).toBeLessThan(1e-6);
  });

  test("money moves away from dear weeks", () => {
    const plan = optimal(solve(sixWeeks));
    const channels = sixWeeks.channels.map((one) =>
      one.name === "search" ? { ...one, costIndex: [1, 1, 1.5, 1, 1, 1] } : one,
    );
    const dear = optimal(solve({ ...sixWeeks, channels }));
    expect(dear.spend[1]![2]!).toBeLessThan(plan.spend[1]![2]!);
    expect(dear.objectiveValue).toBeLessThan(plan.objectiveValue);
  });
});

describe("what limits mean", () => {
  const free: WeeksProblem = { ...sixWeeks, constraints: [sixWeeks.constraints[0]!] };
  const plus = (...constraints: WeeksConstraint[]) =>
    optimal(solve({ ...free, constraints: [...free.constraints, ...constraints] }));

  test("pacing holds from week to week, and from the weeks before where asked", () => {
    const { spend } = plus({ type: "pacing_pct", value: 10, members: ["television"], fromBefore: true });
    const television = [11_000, ...spend[0]!];
    for (const [t, x] of television.entries()) {
      if (t === 0) continue;
      expect(Math.abs(x / television[t - 1]! - 1)).toBeLessThanOrEqual(0.1 * (1 + 1e-9));
    }
    expect(Math.max(...spend[1]!) / Math.min(...spend[1]!)).toBeGreaterThan(1.15);
  });

  test("steady to the last digit where nothing may change", () => {
    const { spend } = plus({ type: "pacing_pct", value: 0, members: ["search"] });
    for (const x of spend[1]!) expect(relative(x, spend[1]![0]!)).toBeLessThan(1e-9);
  });

  test("promises are kept, also where they jump", () => {
    const { spend } = plus(
      { type: "commitment", channel: "social", week: 2, value: 4000 },
      { type: "commitment", channel: "social", week: 3, value: 16_000 },
      { type: "pacing_pct", value: 20, members: ["social"] },
    );
    expect([spend[2]![2], spend[2]![3]]).toEqual([4000, 16_000]);
    expect(spend[2]![4]!).toBeGreaterThanOrEqual(12_800 * (1 - 1e-9));
  });

  test("totals by channel and group hold over the weeks", () => {
    const { spend, binding } = plus(
      { type: "channel_total", channel: "search", min: null, max: 40_000 },
      { type: "group_spend", name: "slow", members: ["television", "social"], min: null, max: 130_000 },
      {
        type: "group_weekly_spend",
        name: "slow",
        members: ["television", "social"],
        min: null,
        max: [null, 15_000, null, null, null, null],
      },
    );
    expect(sum(spend[1]!)).toBeLessThanOrEqual(40_000 * (1 + 1e-9));
    expect(sum(spend[0]!) + sum(spend[2]!)).toBeLessThanOrEqual(130_000 * (1 + 1e-9));
    expect(spend[0]![1]! + spend[2]![1]!).toBeLessThanOrEqual(15_000 * (1 + 1e-9));
    expect(binding.some(({ limit, week }) => limit.type === "group_week_max" && week === 1)).toBe(true);
  });
});

test("a problem without an end is said to have none, S-shaped curves are refused", () => {
  const endless = solve({ ...sixWeeks, constraints: [] });
  expect(endless).toEqual({
    status: "stopped",
    reason: "nothing stops the spend of social: give a total, a maximum or a price of spend",
  });
  const bent = { ...sixWeeks.channels[0]!, curve: { type: "hill", beta: 1, k: 1, s: 2 } as const };
  expect(solve({ ...sixWeeks, channels: [bent, ...sixWeeks.channels.slice(1)] }).status).toBe("stopped");
  expect(() => solve({ ...sixWeeks, season: [1, 1] })).toThrow(RangeError);
});

test("the price of spend alone stops it where it stops paying", () => {
  const objective = { response_weight: 0.6, spend_weight: -1 };
  const plan = optimal(solve({ ...sixWeeks, objective, constraints: [] }));
  expect(Math.abs(plan.certificate.gap)).toBeLessThan(1e-10);
  for (const [i, cells] of plan.duals.reducedCost.entries())
    for (const [t, price] of cells.entries())
      if (plan.spend[i]![t]! > 3001 && plan.spend[i]![t]! < 19_999) expect(Math.abs(price)).toBeLessThan(1e-9);
  const plain = evaluateWeeks({ ...sixWeeks, objective }, plan.spend);
  expect(relative(plain.objectiveValue, plan.objectiveValue)).toBeLessThan(1e-14);
});

/** Every limit as it is written, from the numbers of the plan alone. */
function expectLimitsKept(problem: WeeksProblem, plan: OptimalWeeks): void {
  const total = sum(plan.weeklyTotal);
  const slack = 1e-9 * total;
  for (const one of problem.constraints) {
    if (one.type === "total_spend") {
      expect(total).toBeLessThanOrEqual(one.value + slack);
      if (one.sense === "=") expect(total).toBeGreaterThanOrEqual(one.value - slack);
    }
    if (one.type === "weekly_spend")
      for (const week of plan.weeklyTotal) {
        if (typeof one.min === "number") expect(week).toBeGreaterThanOrEqual(one.min - slack);
        if (typeof one.max === "number") expect(week).toBeLessThanOrEqual(one.max + slack);
      }
    if (one.type === "commitment") expect(plan.spend[1]![one.week]).toBe(one.value);
  }
  const response = sum(plan.response.map(sum));
  const { response_weight = 1, spend_weight = 0 } = problem.objective;
  expect(relative(plan.objectiveValue, response_weight * response + spend_weight * total)).toBeLessThan(1e-11);
  expect(response).toBeLessThan(sum(problem.channels.map(({ curve }) => 20 * curveValue(curve, 1e9))));
}
