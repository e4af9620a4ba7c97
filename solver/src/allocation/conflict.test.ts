import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allocate, type InfeasibleAllocation } from "./allocate.ts";
import { anyProblem } from "./allocation.arbitrary.ts";
import type { AllocationProblem, Constraint, Limit } from "./problem.ts";

/** The problem without this limit, or with another number in it. */
function changed(problem: AllocationProblem, limit: Limit, to: number | null): AllocationProblem {
  const channels = problem.channels.map((channel) => {
    if (limit.type === "channel_min" && limit.channel === channel.name) return { ...channel, lower: to ?? 0 };
    if (limit.type === "channel_max" && limit.channel === channel.name) return { ...channel, upper: to };
    return channel;
  });
  const constraints = problem.constraints.flatMap((one): Constraint[] => {
    if (one.type === "group_spend" && "group" in limit && limit.group === one.name)
      return [limit.type === "group_min" ? { ...one, min: to } : { ...one, max: to }];
    if (one.type === "channel_roas_floor" && limit.type === "channel_roas_floor")
      return [{ ...one, values: { ...one.values, [limit.channel]: to ?? 0 } }];
    if (one.type !== limit.type || one.type === "channel_roas_floor") return [one];
    return to === null ? [] : [{ ...one, value: to }];
  });
  return { ...problem, channels, constraints };
}

const keep = (problem: AllocationProblem, limits: readonly Limit[], all: readonly Limit[]) =>
  all.filter((limit) => !limits.includes(limit)).reduce((left, limit) => changed(left, limit, null), problem);

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

test("of any conflict every limit is needed, and every repair works", () => {
  let conflicts = 0;
  let repaired = 0;
  fc.assert(
    fc.property(anyProblem, (given) => {
      const outcome = allocate(given);
      if (outcome.status !== "infeasible") return;
      conflicts++;
      const all = everyLimit(given);
      const conflict = all.filter((limit) =>
        outcome.conflict.some((one) => JSON.stringify(one) === JSON.stringify(limit)),
      );
      expect(conflict).toHaveLength(outcome.conflict.length);
      expect(isInfeasible(keep(given, conflict, all))).toBe(true);
      for (const limit of conflict) {
        const without = keep(
          given,
          conflict.filter((other) => other !== limit),
          all,
        );
        expect(isInfeasible(without)).toBe(false);
      }
      for (const { limit, to } of outcome.repairs) {
        expect(allocate(changed(given, limit, to)).status).toBe("optimal");
        repaired++;
      }
    }),
    { numRuns: 150, seed: 21 },
  );
  expect(conflicts).toBeGreaterThan(15);
  expect(repaired).toBeGreaterThan(15);
});

/** Written out again on purpose: the product's own list of limits is what the conflicts are made from. */
function everyLimit({ channels, constraints }: AllocationProblem): Limit[] {
  return [
    ...channels.flatMap(({ name: channel, lower, upper }): Limit[] => [
      ...(lower > 0 ? [{ type: "channel_min", channel, value: lower } as const] : []),
      ...(upper !== null ? [{ type: "channel_max", channel, value: upper } as const] : []),
    ]),
    ...constraints.flatMap((one): Limit[] => {
      if (one.type === "total_spend") return [{ type: one.type, sense: one.sense, value: one.value }];
      if (one.type === "channel_roas_floor")
        return Object.entries(one.values).map(([channel, value]) => ({ type: one.type, channel, value }));
      if (one.type !== "group_spend") return [{ type: one.type, value: one.value }];
      return [
        ...(one.min ? [{ type: "group_min", group: one.name, value: one.min } as const] : []),
        ...(one.max !== null ? [{ type: "group_max", group: one.name, value: one.max } as const] : []),
      ];
    }),
  ];
}
