import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allocate, type InfeasibleAllocation, type OptimalAllocation } from "./allocate.ts";
import { anyProblem, richProblem } from "./allocation.arbitrary.ts";
import { changed, everyLimit, without } from "./limits.fixture.ts";
import type { AllocationProblem, Constraint } from "./problem.ts";

const isInfeasible = (problem: AllocationProblem) => allocate(problem).status === "infeasible";

const curves = {
  search: { type: "hill", beta: 420000, k: 60000, s: 1 },
  video: { type: "power", a: 620, p: 0.52 },
  display: { type: "exp", a: 60000, b: 30000 },
} as const;

function problem(
  lower: Record<string, number>,
  constraints: Constraint[],
  upper: Record<string, number> = {},
): AllocationProblem {
  return {
    objective: { type: "max_response", response_weight: 1, spend_weight: 0 },
    channels: Object.entries(curves).map(([name, curve]) => ({
      name,
      curve,
      lower: lower[name] ?? 0,
      upper: upper[name] ?? null,
      current: 20000,
    })),
    constraints,
  };
}

const TOTAL = { type: "total_spend", sense: "<=", value: 50000 } as const;
const LEAST_SPEND = { type: "min_spend", response_weight: 0, spend_weight: -1 } as const;

function optimal(given: AllocationProblem): OptimalAllocation {
  const outcome = allocate(given);
  if (outcome.status !== "optimal") throw new Error(`no plan: ${JSON.stringify(outcome)}`);
  return outcome;
}

function conflictOf(given: AllocationProblem): InfeasibleAllocation {
  const outcome = allocate(given);
  if (outcome.status !== "infeasible") throw new Error(`expected a conflict, got ${outcome.status}`);
  return outcome;
}

describe("a conflict names the limits that contradict each other and the least change that ends it", () => {
  test("minimums above the budget", () => {
    const total = { type: "total_spend", sense: "<=", value: 50000 } as const;
    const { conflict, repairs } = conflictOf(problem({ search: 40000, video: 30000, display: 500 }, [total]));
    expect(conflict).toEqual([
      { type: "channel_min", channel: "search", value: 40000 },
      { type: "channel_min", channel: "video", value: 30000 },
      total,
    ]);
    expect(repairs.map(({ limit, to }) => [limit.type, to])).toEqual([
      ["total_spend", 70500],
      ["channel_min", 19500],
      ["channel_min", 9500],
    ]);
  });

  test("a budget that has to be spent above all maximums", () => {
    const total = { type: "total_spend", sense: "=", value: 50000 } as const;
    const { conflict, repairs } = conflictOf(problem({}, [total], { search: 10000, video: 10000, display: 10000 }));
    expect(conflict).toHaveLength(4);
    expect(repairs[0]).toEqual({ limit: total, to: 30000 });
  });

  test("a maximum below what the change limit leaves", () => {
    const change = { type: "change_limit_pct", value: 10 } as const;
    const { conflict, repairs } = conflictOf(problem({}, [change], { video: 15000 }));
    expect(conflict).toEqual([{ type: "channel_max", channel: "video", value: 15000 }, change]);
    expect(repairs.map(({ limit, to }) => [limit.type, to])).toEqual([
      ["channel_max", 18000],
      ["change_limit_pct", 25],
    ]);
  });

  test("a group's maximum below its members' minimums", () => {
    const group = { type: "group_spend", name: "g", members: ["search", "video"], min: null, max: 30000 } as const;
    const { conflict, repairs } = conflictOf(problem({ search: 20000, video: 15000 }, [group]));
    expect(conflict.map(({ type }) => type)).toEqual(["channel_min", "channel_min", "group_max"]);
    expect(repairs[0]).toEqual({ limit: { type: "group_max", group: "g", value: 30000 }, to: 35000 });
  });

  test("a channel's return floor that its minimum spend cannot reach", () => {
    const floor = { type: "channel_roas_floor", values: { search: 5 } } as const;
    const { conflict, repairs } = conflictOf(problem({ search: 40000 }, [floor]));
    // 420000 * x / (60000 + x) >= 5 * x up to x = 24000; at 40000 the return is 4.2
    expect(conflict.map(({ type }) => type)).toEqual(["channel_min", "channel_roas_floor"]);
    expect(repairs.map(({ to }) => Number(to.toPrecision(9)))).toEqual([4.2, 24000]);
  });

  test("a blended return floor that no allowed plan reaches", () => {
    const floor = { type: "blended_roas_floor", value: 9 } as const;
    const given = problem({ search: 30000 }, [{ type: "total_spend", sense: "<=", value: 90000 }, floor]);
    const { conflict, repairs } = conflictOf(given);
    expect(conflict).toEqual([{ type: "channel_min", channel: "search", value: 30000 }, floor]);
    expect(repairs.length).toBe(2);
    for (const { limit, to } of repairs) {
      expect(allocate(changed(given, limit, to)).status).toBe("optimal");
      // Least: half of one per cent of the way back is impossible again
      expect(isInfeasible(changed(given, limit, to + 0.005 * (limit.value - to)))).toBe(true);
    }
  });
});

describe("limits that ask for response, stock and contacts", () => {
  const stock = (value: number) =>
    ({ type: "response_cap", name: "stock", value, perResponse: { search: 1, video: 1, display: 1 } }) as const;

  test("a target beyond what the curves can give", () => {
    const total = { type: "total_spend", sense: "<=", value: 60000 } as const;
    const target = { type: "min_total_response", value: 1e6 } as const;
    const { conflict, repairs } = conflictOf(problem({}, [total, target]));
    expect(conflict).toEqual([total, target]);
    const most = optimal(problem({}, [total])).objectiveValue;
    const lowered = repairs.find(({ limit }) => limit.type === "min_total_response")!;
    expect(Math.abs(lowered.to / most - 1)).toBeLessThan(1e-8);
    const raised = repairs.find(({ limit }) => limit.type === "total_spend")!;
    const { spend } = optimal({ ...problem({}, [target]), objective: LEAST_SPEND });
    expect(Math.abs(raised.to / spend.reduce((sum, one) => sum + one, 0) - 1)).toBeLessThan(1e-8);
  });

  test("a target that no money reaches", () => {
    const target = { type: "min_total_response", value: 1e6 } as const;
    const given = problem({}, [target], { video: 1000 });
    const saturating = { ...given, channels: given.channels.map((one) => ({ ...one, curve: curves.display })) };
    const { conflict, repairs } = conflictOf(saturating);
    expect(conflict.at(-1)).toEqual(target);
    expect(repairs.length).toBeGreaterThan(0);
  });

  test("stock that ends before a commitment has earned its return", () => {
    const floor = { type: "blended_roas_floor", value: 3 } as const;
    const { conflict, repairs } = conflictOf(problem({ search: 40000 }, [floor, stock(60000)]));
    expect(conflict).toEqual([
      { type: "channel_min", channel: "search", value: 40000 },
      floor,
      { type: "response_cap", name: "stock", value: 60000 },
    ]);
    expect(repairs.map(({ limit, to }) => [limit.type, Number(to.toPrecision(8))])).toEqual([
      ["channel_min", 20000],
      ["blended_roas_floor", 1.5],
      ["response_cap", 120000],
    ]);
  });

  test("a cap of messages below what a minimum sends, per unit of spend and by a delivery curve", () => {
    for (const touches of [50, { type: "log", a: 1e6, b: 30000 } as const]) {
      const cap = { type: "contact_cap", name: "mail", value: 500_000, touches: { video: touches } } as const;
      const given = problem({ video: 30000 }, [{ ...TOTAL, value: 90000 }, cap]);
      const { conflict, repairs } = conflictOf(given);
      expect(conflict.map(({ type }) => type)).toEqual(["channel_min", "contact_cap"]);
      const sent = typeof touches === "number" ? touches * 30000 : 1e6 * Math.log(2);
      const raised = repairs.find(({ limit }) => limit.type === "contact_cap")!;
      expect(Math.abs(raised.to / sent - 1)).toBeLessThan(1e-9);
      for (const { limit, to } of repairs) expect(allocate(changed(given, limit, to)).status).toBe("optimal");
      expect(repairs).toHaveLength(2);
    }
  });

  test("a CPA ceiling below what the minimums cost a conversion", () => {
    const ceiling = { type: "cpa_ceiling", value: 20, conversions: { search: 0.01 }, members: ["search"] } as const;
    const { conflict, repairs } = conflictOf(problem({ search: 40000 }, [ceiling, TOTAL]));
    expect(conflict.map(({ type }) => type)).toEqual(["channel_min", "cpa_ceiling"]);
    // 40000 in search bring 168000, which are 1680 conversions
    const raised = repairs.find(({ limit }) => limit.type === "cpa_ceiling")!;
    expect(Math.abs(raised.to / (40000 / 1680) - 1)).toBeLessThan(1e-8);
  });

  test("a total below what a weighted limit asks for", () => {
    const weights = { search: 1, video: 0.5 };
    const fees = { type: "weighted_spend", name: "fees", weights, min: 60000, max: null } as const;
    const { conflict, repairs } = conflictOf(problem({}, [{ ...TOTAL, value: 50000 }, fees]));
    expect(conflict.map(({ type }) => type)).toEqual(["total_spend", "weighted_min"]);
    // With a hair's breadth of room, without which there is a single plan and its price is infinite
    expect(repairs.map(({ limit, to }) => [limit.type, Number(to.toPrecision(8))])).toEqual([
      ["weighted_min", 50000],
      ["total_spend", 60000],
    ]);
  });

  test("an exact total that a return floor cannot stand is lowered to the last that it can", () => {
    const floor = { type: "blended_roas_floor", value: 4 } as const;
    const total = { ...TOTAL, sense: "=", value: 400000 } as const;
    const { conflict, repairs } = conflictOf(problem({}, [total, floor]));
    expect(conflict).toEqual([total, floor]);
    const lowered = repairs.find(({ limit }) => limit.type === "total_spend")!;
    const best = optimal(problem({}, [{ ...total, value: lowered.to }]));
    expect(Math.abs(best.objectiveValue / lowered.to / 4 - 1)).toBeLessThan(1e-8);
  });
});

test.each([
  ["the limits of spend and return", anyProblem, 150, 21],
  ["every kind of limit", richProblem, 45, 22],
])("of any conflict every limit is needed, and every repair works: %s", (_, problems, numRuns, seed) => {
  let conflicts = 0;
  let repaired = 0;
  fc.assert(
    fc.property(problems, (given) => {
      const outcome = allocate(given);
      if (outcome.status !== "infeasible") return;
      conflicts++;
      const all = everyLimit(given);
      const conflict = all.filter((limit) =>
        outcome.conflict.some((one) => JSON.stringify(one) === JSON.stringify(limit)),
      );
      expect(conflict).toHaveLength(outcome.conflict.length);
      const others = all.filter((limit) => !conflict.includes(limit));
      expect(isInfeasible(without(given, others))).toBe(true);
      for (const limit of conflict) expect(isInfeasible(without(given, [...others, limit]))).toBe(false);
      for (const { limit, to } of outcome.repairs) {
        expect(allocate(changed(given, limit, to)).status).toBe("optimal");
        repaired++;
      }
    }),
    { numRuns, seed },
  );
  expect(conflicts).toBeGreaterThan(15);
  expect(repaired).toBeGreaterThan(15);
});
