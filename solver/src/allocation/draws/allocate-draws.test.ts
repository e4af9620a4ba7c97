import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type Engines, type LinearRow, loadHighs, simplexEngine } from "../../linear/index.ts";
import { curveSlope, curveValue, scaleCurve } from "../../response/curve-families.ts";
import { allocate } from "../allocate.ts";
import { allocateDraws, type DrawsAllocation } from "./allocate-draws.ts";
import { drawsProblem } from "./draws.arbitrary.ts";
import type { DrawsObjective, DrawsProblem, OptimalDrawsAllocation } from "./problem.ts";
import { meanOfWorst, responseByDraw } from "./spread.ts";

let engines: Engines;
beforeAll(async () => {
  engines = { small: simplexEngine, large: await loadHighs() };
});

const solve = (problem: DrawsProblem) => allocateDraws(problem, engines);
const withObjective = (problem: DrawsProblem, objective: DrawsObjective): DrawsProblem => ({ ...problem, objective });
const cvar = (problem: DrawsProblem, alpha: number) => withObjective(problem, { type: "cvar_of_draws", alpha });

function optimal(allocation: DrawsAllocation): OptimalDrawsAllocation {
  if (allocation.status !== "optimal") throw new Error(`no plan: ${JSON.stringify(allocation)}`);
  return allocation;
}

const relative = (a: number, b: number) => Math.abs(a - b) / Math.max(Math.abs(b), 1e-300);

/** A world of its own: sizes and bends from a small linear generator, so that every run sees the same numbers. */
function market(channels: number, worlds: number, seed = 7): DrawsProblem {
  let state = seed;
  const random = () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
  return {
    objective: { type: "cvar_of_draws", alpha: 0.15 },
    channels: Array.from({ length: channels }, (_, i) => {
      const [size, bend] = [4e4 + 2e5 * random(), 1e4 + 5e4 * random()];
      return {
        name: `channel ${i}`,
        draws: Array.from({ length: worlds }, () => ({
          type: "hill" as const,
          beta: size * (0.3 + 1.4 * random()),
          k: bend * (0.5 + random()),
          s: 1,
        })),
        lower: i % 4 === 0 ? 3000 : 0,
        upper: i % 3 === 0 ? 40_000 : null,
        current: 15_000,
      };
    }),
    constraints: [
      { type: "total_spend", sense: "=", value: 15_000 * channels },
      { type: "group_spend", name: "video", members: ["channel 0", "channel 1"], min: 35_000, max: null },
      { type: "group_spend", name: "social", members: ["channel 1", "channel 2"], min: null, max: 28_000 },
    ],
  };
}

/**
 * The same problem as one linear programme (Rockafellar and Uryasev): worlds' curves by tangents in small steps around
 * `plan`. Returns an upper bound on the optimum, which tangents are, and it is close where they lie close.
 */
function cvarByTangents(problem: DrawsProblem, plan: Float64Array, width: number): number {
  const { channels, constraints, objective } = problem;
  if (objective.type !== "cvar_of_draws") throw new Error("only CVaR");
  const count = channels[0]!.draws.length;
  const m = channels.length;
  const money = plan.reduce((sum, x) => sum + x, 0);
  const unit = 1e5;
  // Columns: x, eta, u by world, response by channel and world
  const eta = m;
  const short = (d: number) => m + 1 + d;
  const response = (i: number, d: number) => m + 1 + count + i * count + d;
  const columns = m + 1 + count + m * count;
  const cost = new Float64Array(columns);
  cost[eta] = 1;
  for (let d = 0; d < count; d++) cost[short(d)] = -1 / (objective.alpha * count);
  const upper = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
  const rows: LinearRow[] = [];
  channels.forEach(({ draws, lower, upper: most }, i) => {
    upper[i] = (most ?? 1e12) / money;
    if (lower > 0) rows.push({ sense: ">=", value: lower / money, columns: [i], coefficients: [1] });
    const points = [-8, -4, -2, -1, -0.5, -0.25, 0, 0.25, 0.5, 1, 2, 4, 8].map((t) => plan[i]! + t * width * money);
    draws.forEach((curve, d) => {
      for (const at of [...points, 10, 1000, 0.5 * money, money]) {
        if (at <= 0) continue;
        const slope = curveSlope(curve, at);
        const value = (curveValue(curve, at) - slope * at) / unit;
        rows.push({
          sense: "<=",
          value,
          columns: [response(i, d), i],
          coefficients: [1, (-slope * money) / unit],
        });
      }
    });
  });
  for (let d = 0; d < count; d++)
    rows.push({
      sense: "<=",
      value: 0,
      columns: [eta, short(d), ...channels.map((_, i) => response(i, d))],
      coefficients: [1, -1, ...channels.map(() => -1)],
    });
  for (const one of constraints) {
    if (one.type !== "total_spend" && one.type !== "group_spend") throw new Error(one.type);
    const members = channels.flatMap(({ name }, i) =>
      one.type === "total_spend" || one.members.includes(name) ? [i] : [],
    );
    const row = (sense: LinearRow["sense"], value: number) =>
      rows.push({ sense, value: value / money, columns: members, coefficients: members.map(() => 1) });
    if (one.type === "total_spend") row(one.sense, one.value);
    else if (one.min !== null) row(">=", one.min);
    if (one.type === "group_spend" && one.max !== null) row("<=", one.max);
  }
  const outcome = engines.large.solve({ objective: cost, upper, rows });
  if (outcome.kind !== "optimal") throw new Error(JSON.stringify(outcome));
  return outcome.value * unit;
}

describe("a plan for the bad worlds", () => {
  test("agrees with one linear programme over all worlds to 1e-8", () => {
    const problem = market(5, 40);
    const plan = optimal(solve(problem));
    const bound = cvarByTangents(problem, plan.spend, 1e-4);
    expect(bound).toBeGreaterThanOrEqual(plan.objectiveValue * (1 - 1e-9));
    expect(relative(bound, plan.objectiveValue)).toBeLessThan(1e-8);
    expect(Math.abs(plan.certificate.gap)).toBeLessThan(1e-10);
    expect(plan.certificate.feasibility).toBeLessThan(1e-12);
  });

  test("has the price of money that a little more of it really earns", () => {
    const problem = market(6, 30);
    const withTotal = (value: number) => ({
      ...problem,
      constraints: problem.constraints.map((one) => (one.type === "total_spend" ? { ...one, value } : one)),
    });
    const step = 0.5;
    const worth = (value: number) => optimal(solve(withTotal(value))).objectiveValue;
    const slope = (worth(90_000 + step) - worth(90_000 - step)) / (2 * step);
    expect(relative(optimal(solve(problem)).duals.budget!, slope)).toBeLessThan(1e-6);
  });

  test("is proved on any mix of limits, and what is impossible is named", () => {
    const seen = { optimal: 0, infeasible: 0, stopped: 0 };
    fc.assert(
      fc.property(drawsProblem(25), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (problem, alpha) => {
        const plan = solve(cvar(problem, alpha));
        seen[plan.status]++;
        if (plan.status !== "optimal") return;
        expect(Math.abs(plan.certificate.gap)).toBeLessThan(1e-8);
        expect(plan.certificate.feasibility).toBeLessThan(1e-9);
        expect(relative(meanOfWorst(responseByDraw(problem, plan.spend), alpha), plan.objectiveValue)).toBeLessThan(
          1e-12,
        );
        expect(
          relative(
            [...plan.drawWeights].reduce((sum, one) => sum + one, 0),
            1,
          ),
        ).toBeLessThan(1e-12);
      }),
      { numRuns: 120, seed: 5 },
    );
    expect(seen.optimal).toBeGreaterThan(70);
    expect(seen.stopped).toBe(0);
  });

  test("never promises more than the mean, and gives up mean for it", () => {
    let ran = 0;
    fc.assert(
      fc.property(drawsProblem(12), (problem) => {
        const mean = solve(problem);
        if (mean.status !== "optimal") return;
        let last = mean.objectiveValue;
        for (const alpha of [0.8, 0.4, 0.1]) {
          const plan = optimal(solve(cvar(problem, alpha)));
          expect(plan.objectiveValue).toBeLessThanOrEqual(last * (1 + 1e-9));
          expect(plan.spread.mean).toBeLessThanOrEqual(mean.spread.mean * (1 + 1e-9));
          expect(plan.objectiveValue).toBeGreaterThanOrEqual(
            meanOfWorst(responseByDraw(problem, mean.spend), alpha) * (1 - 1e-9),
          );
          last = plan.objectiveValue;
        }
        ran++;
      }),
      { numRuns: 60, seed: 3 },
    );
    expect(ran).toBeGreaterThan(30);
  });

  test("moves from the mean to CVaR as caution grows", () => {
    const problem = market(5, 40);
    const at = (caution: number) => optimal(solve(withObjective(problem, { type: "cautious", alpha: 0.15, caution })));
    const worst = (plan: OptimalDrawsAllocation) => meanOfWorst(responseByDraw(problem, plan.spend), 0.15);
    const plans = [0, 0.25, 0.5, 0.75, 1].map(at);
    for (const [t, plan] of plans.entries()) {
      if (t === 0) continue;
      expect(plan.spread.mean).toBeLessThanOrEqual(plans[t - 1]!.spread.mean * (1 + 1e-12));
      expect(worst(plan)).toBeGreaterThanOrEqual(worst(plans[t - 1]!) * (1 - 1e-12));
    }
    expect(relative(plans[4]!.objectiveValue, optimal(solve(problem)).objectiveValue)).toBeLessThan(1e-12);
    expect(relative(plans[0]!.objectiveValue, plans[0]!.spread.mean)).toBeLessThan(1e-12);
    expect(worst(plans[4]!)).toBeGreaterThan(1.001 * worst(plans[0]!));
  });
});

describe("the laws of draws", () => {
  test("CVaR of all worlds is the mean, and so is a single draw the plan on it", () => {
    let ran = 0;
    fc.assert(
      fc.property(drawsProblem(6), (problem) => {
        const mean = solve(problem);
        const all = solve(cvar(problem, 1));
        expect(all.status).toBe(mean.status);
        if (mean.status !== "optimal" || all.status !== "optimal") return;
        expect(all.objectiveValue).toBe(mean.objectiveValue);
        const one = { ...problem, channels: problem.channels.map((one) => ({ ...one, draws: one.draws.slice(0, 1) })) };
        const single = solve(one);
        const cautious = solve(cvar(one, 0.3));
        const plain = allocate({
          objective: { type: "max_response", response_weight: 1, spend_weight: 0 },
          channels: one.channels.map(({ draws, ...channel }) => ({ ...channel, curve: draws[0]! })),
          constraints: one.constraints,
        });
        expect(single.status).toBe(plain.status);
        expect(cautious.status).toBe(plain.status);
        if (plain.status !== "optimal" || single.status !== "optimal" || cautious.status !== "optimal") return;
        expect(single.objectiveValue).toBe(plain.objectiveValue);
        expect(relative(cautious.objectiveValue, plain.objectiveValue)).toBeLessThan(1e-9);
        ran++;
      }),
      { numRuns: 60, seed: 9 },
    );
    expect(ran).toBeGreaterThan(25);
  });

  test("a little more caution than none is next to the mean: two methods agree", () => {
    let ran = 0;
    fc.assert(
      fc.property(drawsProblem(10), (problem) => {
        const mean = solve(problem);
        if (mean.status !== "optimal") return;
        const near = optimal(solve(withObjective(problem, { type: "cautious", alpha: 0.5, caution: 1e-12 })));
        expect(relative(near.objectiveValue, mean.objectiveValue)).toBeLessThan(1e-9);
        if (mean.duals.budget !== null && mean.duals.budget > 1e-3)
          expect(relative(near.duals.budget!, mean.duals.budget)).toBeLessThan(1e-6);
        ran++;
      }),
      { numRuns: 60, seed: 4 },
    );
    expect(ran).toBeGreaterThan(25);
  });

  test("the same plan in any currency, in any order, and on repetition", () => {
    const problem = market(6, 30);
    const plan = optimal(solve(problem));
    expect(solve(problem)).toEqual(plan);
    for (const factor of [1e-6, 1e6]) {
      const scaled = {
        ...problem,
        channels: problem.channels.map((one) => ({
          ...one,
          draws: one.draws.map((curve) => scaleCurve(curve, 1, 1 / factor)),
        })),
      };
      const other = optimal(solve(scaled));
      expect(relative(other.objectiveValue, factor * plan.objectiveValue)).toBeLessThan(1e-10);
      for (const [i, spend] of other.spend.entries()) expect(Math.abs(spend - plan.spend[i]!)).toBeLessThan(1e-3);
    }
    const reversed = optimal(solve({ ...problem, channels: [...problem.channels].reverse() }));
    expect(relative(reversed.objectiveValue, plan.objectiveValue)).toBeLessThan(1e-11);
    for (const [i, spend] of [...reversed.spend].reverse().entries())
      expect(Math.abs(spend - plan.spend[i]!)).toBeLessThan(1e-3);
  });

  test("a looser limit never lowers the worth", () => {
    const problem = market(6, 20);
    const plan = optimal(solve(problem));
    for (const loosened of problem.constraints.slice(1)) {
      const other = optimal(solve({ ...problem, constraints: problem.constraints.filter((one) => one !== loosened) }));
      expect(other.objectiveValue).toBeGreaterThanOrEqual(plan.objectiveValue * (1 - 1e-10));
    }
  });
});

test("weights by channel, profit and caution go together", () => {
  const problem = market(5, 40);
  const objective: DrawsObjective = {
    type: "cvar_of_draws",
    alpha: 0.25,
    response_weight: 0.5,
    spend_weight: -1,
    weights: { "channel 0": 2, "channel 4": 0.5 },
  };
  const constraints = [{ type: "total_spend", sense: "<=", value: 400_000 } as const];
  const plan = optimal(solve({ ...problem, objective, constraints }));
  const spent = plan.spend.reduce((sum, x) => sum + x, 0);
  const worst = meanOfWorst(responseByDraw({ ...problem, objective }, plan.spend), 0.25);
  expect(relative(plan.objectiveValue, 0.5 * worst - spent)).toBeLessThan(1e-12);
  expect(plan.duals.budget).toBe(0);
  expect(spent).toBeLessThan(399_000);
  expect(Math.abs(plan.certificate.gap)).toBeLessThan(1e-10);
});

test("what leaves no choice at all is still a plan", () => {
  const problem = market(3, 10);
  const floors = problem.channels.map((one) => ({ ...one, lower: 5000 }));
  const constraints = [{ type: "total_spend", sense: "=", value: 15_000 } as const];
  const plan = optimal(solve({ ...problem, channels: floors, constraints }));
  expect([...plan.spend]).toEqual([5000, 5000, 5000]);
});

test("limits that cannot be kept together are named", () => {
  const problem = market(4, 10);
  const constraints = [...problem.constraints, { type: "total_spend", sense: "<=", value: 30_000 } as const];
  const answer = solve({ ...problem, constraints });
  expect(answer.status).toBe("infeasible");
  expect(answer.status === "infeasible" && answer.conflict.length).toBeGreaterThan(1);
});

test("S-shaped draws and uneven draws are refused", () => {
  const problem = market(3, 4);
  const bent = {
    ...problem.channels[0]!,
    draws: Array.from({ length: 4 }, () => ({ type: "hill", beta: 1, k: 1, s: 2 }) as const),
  };
  expect(solve({ ...problem, channels: [bent, ...problem.channels.slice(1)] }).status).toBe("stopped");
  const uneven = { ...problem.channels[0]!, draws: problem.channels[0]!.draws.slice(1) };
  expect(() => solve({ ...problem, channels: [uneven, ...problem.channels.slice(1)] })).toThrow(RangeError);
});
