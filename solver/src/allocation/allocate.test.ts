import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { curveSlope, curveValue, inverseSlope, scaleCurve } from "../response/curve-families.ts";
import { type Allocation, allocate, type OptimalAllocation } from "./allocate.ts";
import { anyProblem, budgetProblem } from "./allocation.arbitrary.ts";
import { worstBreach } from "./limits.fixture.ts";
import { parseAllocationProblem } from "./parse/index.ts";
import type { AllocationProblem, Constraint } from "./problem.ts";

function optimal(allocation: Allocation): OptimalAllocation {
  if (allocation.status !== "optimal") throw new Error(`no plan: ${JSON.stringify(allocation)}`);
  return allocation;
}

const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, one) => total + one, 0);
const budgetOf = (problem: AllocationProblem) => {
  const total = problem.constraints.find((constraint) => constraint.type === "total_spend");
  if (total?.type !== "total_spend") throw new Error("the problem has no total");
  return total;
};
const withBudget = (problem: AllocationProblem, value: number): AllocationProblem => ({
  ...problem,
  constraints: problem.constraints.map((one) => (one.type === "total_spend" ? { ...one, value } : one)),
});

/** The optimum by bisection on the price of money alone: what each channel takes at that price adds up to the budget. */
function bruteForce(problem: AllocationProblem): Float64Array {
  const { value } = budgetOf(problem);
  const taken = (logPrice: number) =>
    Float64Array.from(problem.channels, ({ curve, lower, upper }) =>
      Math.min(upper ?? Number.POSITIVE_INFINITY, Math.max(lower, inverseSlope(curve, Math.exp(logPrice)))),
    );
  let low = -60;
  let high = 60;
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (sum(taken(middle)) > value) low = middle;
    else high = middle;
  }
  return taken(high);
}

describe("the best plan", () => {
  test("agrees with bisection on the price of money on 300 problems of 2 to 20 channels", () => {
    let ran = 0;
    fc.assert(
      fc.property(budgetProblem, (problem) => {
        const plan = optimal(allocate(problem));
        const reference = bruteForce(problem);
        const { value } = budgetOf(problem);
        const worth = problem.channels.reduce((total, { curve }, i) => total + curveValue(curve, reference[i]!), 0);
        expect(Math.abs(plan.objectiveValue - worth)).toBeLessThan(1e-9 * worth);
        // Where the last unit brings next to nothing, many plans are best
        if (plan.duals.budget! < (1e-4 * worth) / value) return;
        for (const [i, spend] of plan.spend.entries())
          expect(Math.abs(spend - reference[i]!)).toBeLessThan(1e-6 * value);
        ran++;
      }),
      { numRuns: 300 },
    );
    expect(ran).toBeGreaterThan(250);
  });

  test("is worth at least as much as every plan on a grid", () => {
    const curves = [
      { type: "hill", beta: 300000, k: 40000, s: 1 },
      { type: "power", a: 620, p: 0.52 },
      { type: "exp", a: 60000, b: 30000 },
    ] as const;
    const problem: AllocationProblem = {
      objective: { type: "max_profit", response_weight: 0.6, spend_weight: -1 },
      channels: curves.map((curve, i) => ({ name: `c${i}`, curve, lower: 0, upper: 60000, current: null })),
      constraints: [
        { type: "total_spend", sense: "<=", value: 80000 },
        { type: "group_spend", name: "g", members: ["c0", "c1"], min: null, max: 50000 },
        { type: "blended_roas_floor", value: 4.6 },
      ],
    };
    const plan = optimal(allocate(problem));
    let seen = 0;
    let best = Number.NEGATIVE_INFINITY;
    for (let a = 0; a <= 50000; a += 500)
      for (let b = 0; a + b <= 50000; b += 500)
        for (let c = 0; c <= 60000 && a + b + c <= 80000; c += 500) {
          const response = curveValue(curves[0], a) + curveValue(curves[1], b) + curveValue(curves[2], c);
          if (response < 4.6 * (a + b + c)) continue;
          seen++;
          best = Math.max(best, 0.6 * response - a - b - c);
        }
    expect(seen).toBeGreaterThan(10_000);
    expect(plan.objectiveValue).toBeGreaterThanOrEqual(best);
    expect(plan.objectiveValue).toBeLessThan(best * 1.001);
    expect(plan.duals.multiplier).toBeGreaterThan(0);
  });

  test("carries a proof on any mix of limits, and keeps every limit as it was written", () => {
    const seen = { optimal: 0, infeasible: 0, stopped: 0 };
    fc.assert(
      fc.property(anyProblem, (problem) => {
        const plan = allocate(problem);
        seen[plan.status]++;
        if (plan.status !== "optimal") return;
        expect(Math.abs(plan.certificate.gap)).toBeLessThanOrEqual(1e-8);
        expect(plan.certificate.feasibility).toBeLessThanOrEqual(1e-9);
        expect(worstBreach(problem, plan.spend, plan.response)).toBeLessThan(2e-9);
      }),
      { numRuns: 300, seed: 11 },
    );
    expect(seen.optimal).toBeGreaterThan(100);
    expect(seen.infeasible).toBeGreaterThan(20);
    expect(seen.stopped).toBe(0);
  });

  test("satisfies the optimality conditions with the prices that it reports", () => {
    let interior = 0;
    fc.assert(
      fc.property(anyProblem, (problem) => {
        const plan = allocate(problem);
        if (plan.status !== "optimal") return;
        const { objective, channels, constraints } = problem;
        const { duals, spend, binding } = plan;
        const floor = constraints.find((one) => one.type === "blended_roas_floor")?.value ?? 0;
        const groups = constraints.filter((one) => one.type === "group_spend");
        const weight = objective.response_weight + (duals.multiplier ?? 0);
        for (const [i, { name, curve, lower, upper }] of channels.entries()) {
          const shared = groups.reduce(
            (total, { members }, g) => total + (members.includes(name) ? duals.groups[g]! : 0),
            0,
          );
          const cost = (duals.budget ?? 0) + (duals.multiplier ?? 0) * floor + shared - objective.spend_weight;
          const reduced = weight * curveSlope(curve, spend[i]!) - cost;
          if (Number.isFinite(reduced))
            expect(Math.abs(duals.reducedCost[i]! - reduced)).toBeLessThan(1e-9 * (weight + Math.abs(cost)));
          const held = binding.some((limit) => limit.channel === name) || spend[i] === 0;
          if (held) continue;
          expect(spend[i]).toBeGreaterThan(lower);
          expect(spend[i]).toBeLessThan(upper ?? Number.POSITIVE_INFINITY);
          expect(Math.abs(reduced)).toBeLessThan(1e-5 * (weight + Math.abs(cost)));
          interior++;
        }
      }),
      { numRuns: 200, seed: 12 },
    );
    expect(interior).toBeGreaterThan(200);
  });
});

describe("laws", () => {
  test("a looser limit never lowers the optimum", () => {
    let ran = 0;
    fc.assert(
      fc.property(anyProblem, fc.nat(100), (problem, pick) => {
        const plan = allocate(problem);
        const at = pick % (problem.constraints.length + 1);
        const looser: AllocationProblem = {
          ...problem,
          channels: problem.channels.map((channel) =>
            at === problem.constraints.length
              ? { ...channel, lower: channel.lower / 2, upper: channel.upper === null ? null : channel.upper * 1.5 }
              : channel,
          ),
          constraints: problem.constraints.map((constraint, i) => (i === at ? loosen(constraint) : constraint)),
        };
        if (plan.status !== "optimal") return;
        const size = Math.abs(plan.objectiveValue) + sum(plan.spend);
        expect(optimal(allocate(looser)).objectiveValue).toBeGreaterThanOrEqual(plan.objectiveValue - 1e-9 * size);
        ran++;
      }),
      { numRuns: 200, seed: 13 },
    );
    expect(ran).toBeGreaterThan(80);
  });

  test("each further unit of budget is worth no more than the one before, and its price says how much", () => {
    let ran = 0;
    fc.assert(
      fc.property(budgetProblem, (problem) => {
        const { value } = budgetOf(problem);
        const step = value * 1e-4;
        const [less, here, more] = [value - step, value, value + step].map((budget) =>
          allocate(withBudget(problem, budget)),
        );
        if (less!.status !== "optimal" || more!.status !== "optimal") return;
        const plan = optimal(here!);
        const rise = (more!.objectiveValue - plan.objectiveValue) / step;
        const before = (plan.objectiveValue - less!.objectiveValue) / step;
        const noise = (1e-10 * plan.objectiveValue) / step;
        expect(rise).toBeLessThanOrEqual(before + noise);
        // The price is the slope between the two secants
        expect(plan.duals.budget).toBeGreaterThanOrEqual(rise - noise);
        expect(plan.duals.budget).toBeLessThanOrEqual(before + noise);
        ran++;
      }),
      { numRuns: 150 },
    );
    expect(ran).toBeGreaterThan(100);
  });

  test("another currency changes nothing but the scale", () => {
    let ran = 0;
    fc.assert(
      fc.property(anyProblem, (problem) => {
        const plan = allocate(problem);
        const other = allocate(inThousandths(problem));
        expect(other.status).toBe(plan.status);
        if (plan.status !== "optimal" || other.status !== "optimal") return;
        const size = sum(plan.spend) + Math.abs(plan.objectiveValue);
        expect(Math.abs(other.objectiveValue / 1000 - plan.objectiveValue)).toBeLessThan(1e-9 * size);
        for (const [i, spend] of plan.spend.entries())
          expect(Math.abs(other.spend[i]! / 1000 - spend)).toBeLessThan(1e-6 * size);
        ran++;
      }),
      { numRuns: 150, seed: 14 },
    );
    expect(ran).toBeGreaterThan(50);
  });

  test("the order of the channels changes nothing but the order", () => {
    let ran = 0;
    fc.assert(
      fc.property(anyProblem, (problem) => {
        const plan = allocate(problem);
        const reversed = allocate({ ...problem, channels: problem.channels.toReversed() });
        expect(reversed.status).toBe(plan.status);
        if (plan.status !== "optimal" || reversed.status !== "optimal") return;
        const size = sum(plan.spend);
        for (const [i, spend] of reversed.spend.toReversed().entries())
          expect(Math.abs(spend - plan.spend[i]!)).toBeLessThanOrEqual(1e-6 * size);
        ran++;
      }),
      { numRuns: 150, seed: 15 },
    );
    expect(ran).toBeGreaterThan(50);
  });

  test("identical channels get identical spend, also on straight lines and without any effect", () => {
    for (const curve of [
      { type: "log", a: 50000, b: 12000 },
      { type: "power", a: 3, p: 1 },
      { type: "exp", a: 0, b: 12000 },
    ] as const) {
      const problem: AllocationProblem = {
        objective: { type: "max_response", response_weight: 1, spend_weight: 0 },
        channels: ["w", "x", "y", "z"].map((name) => ({ name, curve, lower: 0, upper: null, current: null })),
        constraints: [{ type: "total_spend", sense: "=", value: 100000 }],
      };
      const plan = optimal(allocate(problem));
      for (const spend of plan.spend) expect(Math.abs(spend - 25000)).toBeLessThan(0.1);
      expect(optimal(allocate(problem)).spend).toEqual(plan.spend);
    }
  });
});

function loosen(constraint: Constraint): Constraint {
  switch (constraint.type) {
    case "total_spend":
      return { type: "total_spend", sense: "<=", value: constraint.value * 1.3 };
    case "group_spend":
      return {
        ...constraint,
        min: constraint.min === null ? null : constraint.min * 0.7,
        max: constraint.max === null ? null : constraint.max * 1.3,
      };
    case "change_limit_pct":
      return { ...constraint, value: constraint.value * 2 };
    case "channel_roas_floor": {
      const values = Object.entries(constraint.values).map(([name, floor]) => [name, floor * 0.8] as const);
      return { ...constraint, values: Object.fromEntries(values) };
    }
    case "weighted_spend":
      return { ...constraint, max: null };
    case "blended_roas_floor":
    case "group_roas_floor":
    case "min_total_response":
      return { ...constraint, value: constraint.value * 0.8 };
    default:
      return { ...constraint, value: constraint.value * 1.3 };
  }
}

function inThousandths(problem: AllocationProblem): AllocationProblem {
  const times = (amount: number | null) => (amount === null ? null : amount * 1000);
  return {
    ...problem,
    channels: problem.channels.map(({ name, curve, lower, upper, current }) => ({
      name,
      curve: scaleCurve(curve, 1 / 1000, 1 / 1000),
      lower: lower * 1000,
      upper: times(upper),
      current: times(current),
    })),
    constraints: problem.constraints.map((one) => {
      if (one.type === "total_spend") return { ...one, value: one.value * 1000 };
      return one.type === "group_spend" ? { ...one, min: times(one.min), max: times(one.max) } : one;
    }),
  };
}

describe("straight stretches", () => {
  const plan = (channels: object[], constraints: object[]) => {
    const parsed = parseAllocationProblem({ objective: { type: "max_response" }, channels, constraints });
    if (parsed.kind === "refused") throw new Error(parsed.reason);
    return optimal(allocate(parsed.problem));
  };
  const line = { name: "line", curve: { type: "power", a: 2, p: 1 } };
  const log = { name: "log", curve: { type: "log", a: 60000, b: 10000 } };

  test("a linear channel takes what is left once the others fall to its return", () => {
    const { spend, duals } = plan([line, log], [{ type: "total_spend", sense: "=", value: 50000 }]);
    expect(spend[1]).toBeCloseTo(20000, 4);
    expect(spend[0]).toBeCloseTo(30000, 4);
    expect(duals.budget).toBeCloseTo(2, 9);
  });

  test("money that has to be spent goes where it does no harm", () => {
    const dead = { name: "dead", curve: { type: "exp", a: 0, b: 100 } };
    const { spend, duals } = plan([{ ...log, upper: 5000 }, dead], [{ type: "total_spend", sense: "=", value: 50000 }]);
    expect(spend[0]).toBeCloseTo(5000, 6);
    expect(spend[1]).toBeCloseTo(45000, 6);
    expect(duals.budget).toBeCloseTo(0, 9);
  });

  test("a budget of nothing is planned too", () => {
    const { spend, objectiveValue } = plan(
      [log, { ...line, name: "b" }],
      [{ type: "total_spend", sense: "=", value: 0 }],
    );
    expect([...spend]).toEqual([0, 0]);
    expect(objectiveValue).toBe(0);
  });
});

test("spend that nothing stops is reported, not invented", () => {
  const stopped = allocate({
    objective: { type: "max_response", response_weight: 1, spend_weight: 0 },
    channels: [{ name: "tv", curve: { type: "log", a: 1, b: 1 }, lower: 0, upper: null, current: null }],
    constraints: [],
  });
  expect(stopped).toEqual({
    status: "stopped",
    reason: "nothing stops the spend of tv: give a total, a maximum, a return floor or a price of spend",
  });
});
