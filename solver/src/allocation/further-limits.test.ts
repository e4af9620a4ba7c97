import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadHighs, simplexEngine } from "../linear/index.ts";
import { type Curve, curveValue } from "../response/curve-families.ts";
import { type Allocation, allocate, type OptimalAllocation } from "./allocate.ts";
import { richProblem } from "./allocation.arbitrary.ts";
import { loosened, renamed, withResponses } from "./changed-problems.fixture.ts";
import { lagrangianBound, solveTangents } from "./independent-checks.fixture.ts";
import { worstBreach } from "./limits.fixture.ts";
import type { AllocationProblem, Constraint } from "./problem.ts";

const engines = { small: simplexEngine, large: await loadHighs() };
const solve = (problem: AllocationProblem) => allocate(problem, engines);

function optimal(allocation: Allocation): OptimalAllocation {
  if (allocation.status !== "optimal") throw new Error(`no plan: ${JSON.stringify(allocation)}`);
  return allocation;
}

const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, one) => total + one, 0);
const size = (plan: OptimalAllocation) => Math.abs(plan.objectiveValue) + sum(plan.spend);

const search = { type: "hill", beta: 420000, k: 60000, s: 1 } as const;
const video = { type: "power", a: 620, p: 0.52 } as const;
const display = { type: "exp", a: 60000, b: 30000 } as const;

function planning(curves: Record<string, Curve>, constraints: Constraint[], lower: Record<string, number> = {}) {
  const channels = Object.entries(curves).map(([name, curve]) => ({
    name,
    curve,
    lower: lower[name] ?? 0,
    upper: null,
    current: 20000,
  }));
  const objective = { type: "max_response", response_weight: 1, spend_weight: 0 } as const;
  return { objective, channels, constraints } satisfies AllocationProblem;
}

const total = (value: number) => ({ type: "total_spend", sense: "<=", value }) as const;

describe("each limit does what it says", () => {
  test("a response target costs least where the last unit of response costs the same everywhere", () => {
    const target = { type: "min_total_response", value: 300000 } as const;
    const problem = planning({ search, video, display }, [target]);
    const plan = optimal(solve({ ...problem, objective: { type: "min_spend", response_weight: 0, spend_weight: -1 } }));
    expect(plan.objectiveValue).toBeCloseTo(-sum(plan.spend), 6);
    expect(Math.abs(sum(plan.response) / 300000 - 1)).toBeLessThan(1e-12);
    for (const [i, slope] of plan.marginal.entries())
      if (plan.spend[i]! > 0) expect(Math.abs(slope * plan.duals.multiplier! - 1)).toBeLessThan(1e-9);
    // The other way round the same money brings the same response
    const { objectiveValue } = optimal(solve(planning({ search, video, display }, [total(sum(plan.spend))])));
    expect(Math.abs(objectiveValue / 300000 - 1)).toBeLessThan(1e-12);
  });

  test("money leaves a channel once its stock is gone, and one more unit of stock is worth its price", () => {
    const stock = (value: number) =>
      ({ type: "response_cap", name: "seats", value, perResponse: { search: 0.01 } }) as const;
    const at = (value: number) => optimal(solve(planning({ search, video }, [total(100000), stock(value)])));
    const free = at(1e9);
    expect(free.response[0]! / 100).toBeGreaterThan(1500);
    const plan = at(1500);
    expect(plan.response[0]).toBeCloseTo(150000, 4);
    expect(sum(plan.spend)).toBeCloseTo(100000, 4);
    const { price } = plan.binding.find(({ limit }) => limit.type === "response_cap")!;
    const slope = (at(1501).objectiveValue - at(1499).objectiveValue) / 2;
    expect(Math.abs(price / slope - 1)).toBeLessThan(1e-5);
  });

  test("response beyond the stock is worth nothing, but spend that is committed stays", () => {
    const stock = {
      type: "response_cap",
      name: "seats",
      value: 120000,
      perResponse: { search: 1, display: 1 },
    } as const;
    const problem = planning({ search, display }, [total(100000), stock], { search: 40000, display: 10000 });
    const plan = optimal(solve(problem));
    expect([...plan.spend]).toEqual([40000, 10000]);
    expect(plan.objectiveValue).toBeCloseTo(120000, 6);
    expect(plan.marginal.some((slope) => slope === 0)).toBe(true);
    expect(Math.abs(plan.certificate.gap)).toBeLessThan(1e-8);
  });

  test("weights send money to what is worth more", () => {
    const problem = planning({ a: search, b: search }, [total(60000)]);
    const plan = optimal(solve({ ...problem, objective: { ...problem.objective, weights: { a: 2 } } }));
    expect(plan.spend[0]! / plan.spend[1]!).toBeGreaterThan(1.5);
    expect(Math.abs(2 * plan.marginal[0]! - plan.marginal[1]!)).toBeLessThan(1e-9);
    expect(Math.abs(plan.objectiveValue - 2 * plan.response[0]! - plan.response[1]!)).toBeLessThan(1e-6);
  });

  test("a cap of messages bounds a channel by its delivery, and several channels together by touches a unit", () => {
    const delivery = { type: "exp", a: 900000, b: 40000 } as const;
    const one = { type: "contact_cap", name: "mail", value: 300000, touches: { video: delivery } } as const;
    const alone = optimal(solve(planning({ search, video }, [total(100000), one])));
    expect(curveValue(delivery, alone.spend[1]!)).toBeCloseTo(300000, 3);
    const both = { type: "contact_cap", name: "all", value: 600000, touches: { search: 5, video: 20 } } as const;
    const plan = optimal(solve(planning({ search, video }, [total(100000), both])));
    expect(5 * plan.spend[0]! + 20 * plan.spend[1]!).toBeCloseTo(600000, 3);
    const mixed = { ...both, touches: { search: 5, video: delivery } };
    const refused = solve(planning({ search, video }, [total(100000), mixed]));
    expect(refused).toMatchObject({ status: "stopped", reason: expect.stringContaining("contact cap all") });
  });

  test("a CPA ceiling and a group's return floor hold for their members only", () => {
    const conversions = { search: 0.01, video: 0.02, display: 0.01 };
    const ceiling = { type: "cpa_ceiling", value: 80, conversions, members: ["display"] } as const;
    const floor = { type: "group_roas_floor", name: "g", members: ["search", "video"], value: 4 } as const;
    const plan = optimal(solve(planning({ search, video, display }, [total(250000), ceiling, floor])));
    expect(plan.spend[2]! / (0.01 * plan.response[2]!)).toBeCloseTo(80, 6);
    expect(Math.abs((plan.response[0]! + plan.response[1]!) / (plan.spend[0]! + plan.spend[1]!) - 4)).toBeLessThan(
      1e-8,
    );
    expect(plan.binding.map(({ limit }) => limit.type)).toEqual(["cpa_ceiling", "group_roas_floor"]);
  });
});

describe("laws, with every kind of limit mixed", () => {
  test("a plan carries a proof and keeps every limit as it was written", () => {
    const seen = { optimal: 0, infeasible: 0, stopped: 0 };
    const bound = new Map<string, number>();
    fc.assert(
      fc.property(richProblem, (problem) => {
        const plan = solve(problem);
        seen[plan.status]++;
        if (plan.status !== "optimal") return;
        expect(Math.abs(plan.certificate.gap)).toBeLessThanOrEqual(1e-8);
        expect(worstBreach(problem, plan.spend, plan.response)).toBeLessThanOrEqual(2e-9);
        for (const { limit } of plan.binding) bound.set(limit.type, (bound.get(limit.type) ?? 0) + 1);
      }),
      { numRuns: 80, seed: 31 },
    );
    expect(seen.optimal).toBeGreaterThan(35);
    expect(seen.infeasible).toBeGreaterThan(15);
    expect(seen.stopped).toBe(0);
    for (const type of ["min_total_response", "response_cap", "contact_cap", "weighted_max", "group_roas_floor"])
      expect(bound.get(type) ?? 0, type).toBeGreaterThan(0);
  });

  test("the prices alone prove the value (strong duality)", () => {
    let ran = 0;
    fc.assert(
      fc.property(richProblem, (problem) => {
        const plan = solve(problem);
        if (plan.status !== "optimal") return;
        const bound = lagrangianBound(problem, plan);
        expect(Math.abs(bound - plan.objectiveValue)).toBeLessThan(1e-6 * size(plan));
        ran++;
      }),
      { numRuns: 60, seed: 32 },
    );
    expect(ran).toBeGreaterThan(25);
  });

  test("a price is the slope of the optimum in its limit", () => {
    let ran = 0;
    fc.assert(
      fc.property(richProblem, fc.nat(20), (problem, pick) => {
        const plan = solve(problem);
        if (plan.status !== "optimal") return;
        const priced = problem.constraints.filter(({ type }) => LINEAR.includes(type));
        const limit = priced[pick % Math.max(1, priced.length)];
        if (limit === undefined || !("value" in limit)) return;
        const { price } = plan.binding.find((one) => sameLimit(one.limit, limit)) ?? { price: 0 };
        const signed = limit.type === "min_total_response" ? -price : price;
        const at = (value: number) => solve(replaced(problem, limit, { ...limit, value }));
        const step = limit.value * 1e-4;
        const [less, more] = [at(limit.value - step), at(limit.value + step)];
        const noise = (1e-9 * size(plan)) / step;
        // The optimum is concave in the limit: its slope lies between the two secants
        if (more.status === "optimal")
          expect(signed).toBeGreaterThanOrEqual((more.objectiveValue - plan.objectiveValue) / step - noise);
        if (less.status === "optimal")
          expect(signed).toBeLessThanOrEqual((plan.objectiveValue - less.objectiveValue) / step + noise);
        ran++;
      }),
      { numRuns: 60, seed: 33 },
    );
    expect(ran).toBeGreaterThan(25);
  });

  test("a looser limit never lowers the optimum", () => {
    let ran = 0;
    fc.assert(
      fc.property(richProblem, fc.nat(20), (problem, pick) => {
        const plan = solve(problem);
        const limit = problem.constraints[pick % problem.constraints.length];
        if (plan.status !== "optimal" || limit === undefined) return;
        const looser = optimal(solve(replaced(problem, limit, loosened(limit))));
        expect(looser.objectiveValue).toBeGreaterThanOrEqual(plan.objectiveValue - 1e-9 * size(plan));
        ran++;
      }),
      { numRuns: 60, seed: 34 },
    );
    expect(ran).toBeGreaterThan(25);
  });

  test("responses a million times larger or smaller, other names and another order change nothing else", () => {
    let ran = 0;
    fc.assert(
      fc.property(richProblem, (problem) => {
        const plan = solve(problem);
        const again = solve(problem);
        expect(JSON.stringify(again)).toBe(JSON.stringify(plan));
        for (const other of [
          withResponses(problem, 1e-6),
          withResponses(problem, 1e6),
          renamed(problem),
          { ...problem, channels: problem.channels.toReversed(), constraints: problem.constraints.toReversed() },
        ]) {
          const same = solve(other);
          expect(same.status).toBe(plan.status);
          if (plan.status !== "optimal" || same.status !== "optimal") continue;
          const spend =
            other.channels[0]!.name === "channel 0" || other.channels[0]!.name.startsWith("x")
              ? same.spend
              : same.spend.toReversed();
          for (const [i, x] of plan.spend.entries())
            expect(Math.abs(spend[i]! - x)).toBeLessThan(1e-5 * sum(plan.spend));
        }
        ran++;
      }),
      { numRuns: 25, seed: 35 },
    );
    expect(ran).toBe(25);
  });

  test("agrees with HiGHS on the same curves as two hundred tangents each", () => {
    let ran = 0;
    fc.assert(
      fc.property(richProblem, (problem) => {
        fc.pre(problem.channels.length <= 6);
        const plan = solve(problem);
        if (plan.status !== "optimal") return;
        const dense = solveTangents(problem, plan, engines.large);
        expect(dense).toBeGreaterThan(plan.objectiveValue - 1e-7 * size(plan));
        expect(dense).toBeLessThan(plan.objectiveValue + 2e-3 * size(plan));
        ran++;
      }),
      { numRuns: 60, seed: 36 },
    );
    expect(ran).toBeGreaterThan(15);
  });

  test("is worth at least as much as every allowed plan on a grid", () => {
    let seen = 0;
    fc.assert(
      fc.property(richProblem, (problem) => {
        fc.pre(problem.channels.length === 2);
        const plan = solve(problem);
        const { response_weight, spend_weight, weights } = problem.objective;
        const most = problem.channels.map(({ upper, current }) => upper ?? 4 * current!);
        for (let a = 0; a <= 60; a++)
          for (let b = 0; b <= 60; b++) {
            const spend = Float64Array.of((most[0]! * a) / 60, (most[1]! * b) / 60);
            const response = Float64Array.from(spend, (x, i) => curveValue(problem.channels[i]!.curve, x));
            if (worstBreach(problem, spend, response) > 0) continue;
            const worth = problem.channels.map(({ name }) => weights?.[name] ?? 1);
            const value = response_weight * sum(response.map((one, i) => one * worth[i]!)) + spend_weight * sum(spend);
            expect(optimal(plan).objectiveValue).toBeGreaterThanOrEqual(value * (1 - Math.sign(value) * 1e-9));
            seen++;
          }
      }),
      { numRuns: 25, seed: 37 },
    );
    expect(seen).toBeGreaterThan(2000);
  });
});

const LINEAR = ["total_spend", "min_total_response", "response_cap", "contact_cap"];

function sameLimit(limit: { type: string }, constraint: Constraint): boolean {
  const names = "name" in limit && "name" in constraint ? limit.name === constraint.name : true;
  return limit.type === constraint.type && names;
}

const replaced = (problem: AllocationProblem, old: Constraint, one: Constraint | null): AllocationProblem => ({
  ...problem,
  constraints: problem.constraints.flatMap((other) => (other === old ? (one ?? []) : other)),
});
