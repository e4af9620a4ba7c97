import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadHighs, simplexEngine } from "../../linear/index.ts";
import { curveSlope, curveValue, scaleCurve } from "../../response/curve-families.ts";
import { type Allocation, allocate, type OptimalAllocation } from "../allocate.ts";
import { budgetProblem } from "../allocation.arbitrary.ts";
import type { AllocationProblem, ChannelPlan, Constraint } from "../problem.ts";
import { allocateInteger } from "./allocate-integer.ts";
import { smallProblem } from "./integer.arbitrary.ts";

const engines = { small: simplexEngine, large: await loadHighs() };
const solve = (problem: AllocationProblem): Allocation => allocateInteger(problem, engines);

function optimal(allocation: Allocation): OptimalAllocation {
  if (allocation.status !== "optimal") throw new Error(JSON.stringify(allocation));
  return allocation;
}

const response = { type: "max_response", response_weight: 1, spend_weight: 0 } as const;
const atMost = (value: number): Constraint => ({ type: "total_spend", sense: "<=", value });
const sCurve = (name: string, beta: number, k: number, s = 3): ChannelPlan => ({
  name,
  curve: { type: "hill", beta, k, s },
  lower: 0,
  upper: 100_000,
  current: null,
});
const flat = (name: string, a: number, b: number): ChannelPlan => ({
  name,
  curve: { type: "log", a, b },
  lower: 0,
  upper: 100_000,
  current: null,
});

/** What a plan is worth; null where it breaks a limit, a step or a gap. */
function worthOf({ channels, constraints, objective }: AllocationProblem, spend: readonly number[]): number | null {
  const sum = (of: readonly number[]) => of.reduce((total, one) => total + one, 0);
  const answers = channels.map(({ curve }, i) => curveValue(curve, spend[i]!));
  const [spent, gained] = [sum(spend), sum(answers)];
  for (const [i, { upper, minimumIfOn, step }] of channels.entries()) {
    const x = spend[i]!;
    if (x > upper! || (x > 0 && x < (minimumIfOn ?? 0))) return null;
    if (step !== undefined && Math.abs(x / step - Math.round(x / step)) > 1e-9) return null;
  }
  const isKept = constraints.every((limit) => {
    switch (limit.type) {
      case "total_spend":
        return spent <= limit.value;
      case "group_spend":
        return sum(spend.filter((_, i) => limit.members.includes(channels[i]!.name))) <= limit.max!;
      case "blended_roas_floor":
        return gained >= limit.value * spent;
      case "min_total_response":
        return gained >= limit.value;
      default:
        throw new Error(`not counted here: ${limit.type}`);
    }
  });
  return isKept ? objective.response_weight * gained + objective.spend_weight * spent : null;
}

/** The best plan on a grid, by counting: the multiples of a step, or so many points and the ends. */
function bestOnGrid(problem: AllocationProblem, points: number): number | null {
  const grids = problem.channels.map(({ upper, step, minimumIfOn }) => {
    const by = step ?? upper! / points;
    const grid = Array.from({ length: Math.floor(upper! / by + 1e-9) + 1 }, (_, k) => k * by);
    return step === undefined ? [...grid, upper!, minimumIfOn ?? 0] : grid;
  });
  let best: number | null = null;
  const visit = (spend: readonly number[]) => {
    const grid = grids[spend.length];
    if (grid !== undefined) {
      for (const x of grid) visit([...spend, x]);
      return;
    }
    const worth = worthOf(problem, spend);
    if (worth !== null && (best === null || worth > best)) best = worth;
  };
  visit([]);
  return best;
}

const near = (value: number, expected: number, within = 1e-9) =>
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(within * (1 + Math.abs(expected)));

describe("all or nothing", () => {
  const channels = [flat("search", 90_000, 20_000), flat("video", 60_000, 30_000)].map((one) => ({
    ...one,
    minimumIfOn: 40_000,
  }));

  test("a channel that cannot be had by halves is off, and the money goes where its minimum is reached", () => {
    const plan = optimal(solve({ objective: response, channels, constraints: [atMost(70_000)] }));
    expect([...plan.spend]).toEqual([70_000, 0]);
    expect(plan.certificate).toMatchObject({ gap: 0, feasibility: 0, scope: "global" });
  });

  test("prices are those of the channels that are on", () => {
    const plan = optimal(solve({ objective: response, channels, constraints: [atMost(100_000)] }));
    const slope = curveSlope(channels[0]!.curve, plan.spend[0]!);
    expect(Math.abs(plan.duals.budget! / slope - 1)).toBeLessThan(1e-12);
    expect(plan.binding.map(({ limit }) => limit.type)).toContain("total_spend");
  });
});

describe("steps", () => {
  test("spends are whole multiples to the last digit, also of steps that no binary number holds", () => {
    const channels = [flat("a", 9, 0.7), flat("b", 5, 0.4)].map((one) => ({ ...one, step: 0.1, upper: 3 }));
    const plan = optimal(solve({ objective: response, channels, constraints: [atMost(1.55)] }));
    for (const x of plan.spend) expect(x).toBe(Math.round(x / 0.1) * 0.1);
    expect(plan.spend[0]! + plan.spend[1]!).toBeCloseTo(1.5, 12);
    expect(plan.duals.budget).toBeNull();
  });

  test("a total that the steps never add up to is impossible, with the totals that they do add up to", () => {
    const channels = [flat("a", 9e4, 7e3), flat("b", 5e4, 4e3)].map((one) => ({ ...one, step: 5000 }));
    const total: Constraint = { type: "total_spend", sense: "=", value: 12_000 };
    const outcome = solve({ objective: response, channels, constraints: [total] });
    expect(outcome).toEqual({ status: "infeasible", conflict: [total], repairs: [{ limit: total, to: 10_000 }] });
  });
});

describe("S-curves", () => {
  test("one channel is put over its hump instead of two before theirs", () => {
    const channels = [sCurve("a", 200_000, 30_000), sCurve("b", 190_000, 30_000)];
    const plan = optimal(solve({ objective: response, channels, constraints: [atMost(40_000)] }));
    expect([...plan.spend]).toEqual([40_000, 0]);
    expect(plan.certificate.scope).toBe("global");
  });

  test("a channel may have to stand in the steep part of its curve where a limit pins it there", () => {
    const channels = [{ ...sCurve("a", 200_000, 30_000), upper: 25_000 }, sCurve("b", 190_000, 60_000)];
    const total: Constraint = { type: "total_spend", sense: "=", value: 35_000 };
    const plan = optimal(solve({ objective: response, channels, constraints: [total] }));
    expect(plan.spend[0]! + plan.spend[1]!).toBeCloseTo(35_000, 9);
    const best = Math.max(
      ...Array.from(
        { length: 25_001 },
        (_, x) => curveValue(channels[0]!.curve, x) + curveValue(channels[1]!.curve, 35_000 - x),
      ),
    );
    expect(plan.objectiveValue).toBeGreaterThanOrEqual(best * (1 - 1e-12));
    expect(plan.certificate.gap).toBeLessThan(1e-9);
  });

  test("a return floor on a channel leaves out spends before its hump, and 0 stays", () => {
    const [a, b] = [sCurve("a", 60_000, 30_000), flat("b", 90_000, 20_000)];
    const floor: Constraint = { type: "channel_roas_floor", values: { a: 1.1 } };
    for (const budget of [20_000, 60_000, 90_000]) {
      const plan = optimal(solve({ objective: response, channels: [a, b], constraints: [atMost(budget), floor] }));
      const x = plan.spend[0]!;
      expect(x === 0 || curveValue(a.curve, x) >= 1.1 * x * (1 - 1e-12)).toBe(true);
    }
  });
});

describe("limits that cannot hold together with minimums when on", () => {
  test("are named, each with the least change that would do", () => {
    const channels = [
      { ...flat("a", 9e4, 7e3), minimumIfOn: 30_000 },
      { ...flat("b", 5e4, 4e3), upper: 20_000 },
    ];
    const total: Constraint = { type: "total_spend", sense: "=", value: 24_000 };
    const outcome = solve({ objective: response, channels, constraints: [total] });
    if (outcome.status !== "infeasible") throw new Error(outcome.status);
    expect(outcome.conflict).toEqual([{ type: "channel_max", channel: "b", value: 20_000 }, total]);
    const repairs = new Map(outcome.repairs.map(({ limit, to }) => [limit.type, to]));
    expect(repairs.get("channel_max")).toBe(24_000);
    expect(repairs.get("total_spend")).toBe(20_000);
  });

  test("without anything that stops spend, say so", () => {
    const channels = [{ ...flat("a", 9e4, 7e3), upper: null, minimumIfOn: 5 }];
    expect(solve({ objective: response, channels, constraints: [] })).toMatchObject({
      status: "stopped",
      reason: expect.stringContaining("nothing stops the spend of a"),
    });
  });
});

describe("random problems", () => {
  test("in steps have the best plan of all that can be counted", () => {
    let compared = 0;
    fc.assert(
      fc.property(smallProblem(true), (problem) => {
        const best = bestOnGrid(problem, 0);
        const allocation = solve(problem);
        expect(allocation.status).toBe(best === null ? "infeasible" : "optimal");
        if (allocation.status !== "optimal") return;
        expect(Math.abs(allocation.objectiveValue - best!)).toBeLessThan(1e-9 * (1 + Math.abs(best!)));
        compared++;
      }),
      { numRuns: 60, seed: 31 },
    );
    expect(compared).toBeGreaterThan(30);
  });

  test("have no better plan on a fine grid, and are proved to 1e-9", () => {
    let compared = 0;
    fc.assert(
      fc.property(smallProblem(false), (problem) => {
        const allocation = solve(problem);
        const best = bestOnGrid(problem, 250);
        if (allocation.status !== "optimal") {
          expect(best).toBeNull();
          return;
        }
        expect(allocation.certificate.scope).toBe("global");
        expect(allocation.certificate.gap).toBeLessThan(1e-9);
        expect(allocation.certificate.feasibility).toBeLessThan(1e-9);
        if (best !== null) expect(allocation.objectiveValue).toBeGreaterThan(best - 1e-9 * (1 + Math.abs(best)));
        compared++;
      }),
      { numRuns: 60, seed: 33 },
    );
    expect(compared).toBeGreaterThan(30);
  });

  test("that are concave have the plan and the prices of the concave solver", () => {
    fc.assert(
      fc.property(budgetProblem, (problem) => {
        const bounded = {
          ...problem,
          channels: problem.channels.map((one) => ({ ...one, upper: one.upper ?? 3 * one.current! })),
        };
        const [plan, concave] = [optimal(solve(bounded)), optimal(allocate(bounded, engines))];
        expect(Math.abs(plan.objectiveValue / concave.objectiveValue - 1)).toBeLessThan(1e-10);
        expect(Math.abs(plan.duals.budget! - concave.duals.budget!)).toBeLessThan(1e-6 * (1 + concave.duals.budget!));
      }),
      { numRuns: 25, seed: 35 },
    );
  });

  test("have the same plan in other units of response, under other names and in another order", () => {
    let compared = 0;
    fc.assert(
      fc.property(smallProblem(false), fc.constantFrom(1e-6, 1e6), (problem, unit) => {
        if (problem.objective.type !== "max_response") return;
        const allocation = solve(problem);
        if (allocation.status !== "optimal") return;
        const scaled = {
          ...problem,
          channels: problem.channels
            .map((one) => ({ ...one, name: `other ${one.name}`, curve: scaleCurve(one.curve, 1, 1 / unit) }))
            .reverse(),
          constraints: problem.constraints.map((limit): Constraint => {
            if (limit.type === "blended_roas_floor") return { ...limit, value: limit.value * unit };
            return limit.type === "group_spend"
              ? { ...limit, members: limit.members.map((name) => `other ${name}`) }
              : limit;
          }),
        };
        const other = optimal(solve(scaled));
        near(other.objectiveValue / unit, allocation.objectiveValue);
        for (const [i, x] of [...other.spend].reverse().entries())
          expect(Math.abs(x - allocation.spend[i]!)).toBeLessThan(1e-6 * 1e5);
        compared++;
      }),
      { numRuns: 60, seed: 37 },
    );
    expect(compared).toBeGreaterThan(15);
  });

  test("are never worth less with a looser total, and the same way again", () => {
    fc.assert(
      fc.property(smallProblem(true), (problem) => {
        const allocation = solve(problem);
        expect(solve(problem)).toEqual(allocation);
        if (allocation.status !== "optimal") return;
        const loosened = problem.constraints.map((limit) =>
          limit.type === "total_spend" ? { ...limit, value: limit.value * 1.3 } : limit,
        );
        const loose = optimal(solve({ ...problem, constraints: loosened }));
        expect(loose.objectiveValue).toBeGreaterThan(
          allocation.objectiveValue - 1e-9 * (1 + Math.abs(allocation.objectiveValue)),
        );
      }),
      { numRuns: 30, seed: 39 },
    );
  });
});

test("twenty channels with minimums, steps of several sizes and groups are settled within the nodes of one answer", () => {
  const steps = [1000, 2500, 5000, 2000];
  const channels = Array.from({ length: 20 }, (_, i): ChannelPlan => {
    const size = 20_000 + ((i * 7919) % 31) * 1000;
    return {
      name: `channel ${i}`,
      curve:
        i % 3 === 0 ? { type: "hill", beta: 4 * size, k: size, s: 1 + (i % 4) } : { type: "log", a: 3 * size, b: size },
      lower: 0,
      upper: 3 * size,
      current: size,
      minimumIfOn: 0.5 * size,
      step: steps[i % 4]!,
    };
  });
  const members = channels.slice(0, 7).map(({ name }) => name);
  const group: Constraint = { type: "group_spend", name: "first", members, min: null, max: 150_000 };
  const plan = optimal(solve({ objective: response, channels, constraints: [atMost(501_234), group] }));
  expect(plan.certificate).toMatchObject({ scope: "global", feasibility: 0 });
  expect(plan.certificate.gap).toBeLessThan(1e-9);
});
