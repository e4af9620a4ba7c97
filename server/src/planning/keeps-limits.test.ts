import { type AllocationProblem, allocate, type Constraint } from "@touchline/solver";
import { describe, expect, it } from "vitest";
import { keepsLimits } from "./keeps-limits.ts";

const problem = (constraints: Constraint[]): AllocationProblem => ({
  objective: { type: "max_response", response_weight: 1, spend_weight: 0 },
  channels: ["A", "B", "C"].map((name, i) => ({
    name,
    curve: { type: "hill", beta: 100 * (i + 1), k: 50, s: 1 },
    lower: 5,
    upper: 80,
    current: 30,
  })),
  constraints,
});
const total: Constraint = { type: "total_spend", sense: "<=", value: 100 };
const responses = [10, 20, 90];

describe("whether a split keeps the limits", () => {
  it.each<[string, Constraint, kept: number[], broken: number[]]>([
    ["a channel's bounds", total, [5, 5, 80], [4, 5, 80]],
    ["a total at most", total, [30, 30, 40], [30, 30, 41]],
    ["an exact total", { type: "total_spend", sense: "=", value: 100 }, [30, 30, 40], [30, 30, 39]],
    [
      "a group's floor",
      { type: "group_spend", name: "g", members: ["A", "C"], min: 50, max: null },
      [25, 5, 25],
      [25, 80, 24],
    ],
    [
      "a group's cap",
      { type: "group_spend", name: "g", members: ["A", "C"], min: null, max: 50 },
      [25, 80, 25],
      [25, 5, 26],
    ],
    ["a change limit", { type: "change_limit_pct", value: 20 }, [24, 36, 30], [24, 37, 30]],
    ["a return over all", { type: "blended_roas_floor", value: 2 }, [20, 20, 20], [20, 20, 21]],
    ["a return of one", { type: "channel_roas_floor", values: { B: 2 } }, [40, 10, 40], [5, 11, 5]],
  ])("sees %s", (_, constraint, kept, broken) => {
    expect(keepsLimits(problem([constraint]), kept, responses)).toBe(true);
    expect(keepsLimits(problem([constraint]), broken, responses)).toBe(false);
  });

  it("is true of every optimum", () => {
    const sets: Constraint[][] = [
      [total],
      [
        { type: "total_spend", sense: "=", value: 70 },
        { type: "blended_roas_floor", value: 2 },
      ],
      [total, { type: "change_limit_pct", value: 20 }, { type: "channel_roas_floor", values: { A: 1.2 } }],
      [total, { type: "group_spend", name: "g", members: ["A", "B"], min: 60, max: null }],
    ];
    for (const constraints of sets) {
      const outcome = allocate(problem(constraints));
      if (outcome.status !== "optimal") throw new Error(`expected an optimum, got ${outcome.status}`);
      expect(keepsLimits(problem(constraints), [...outcome.spend], [...outcome.response])).toBe(true);
    }
  });
});
