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
    [
      "a return of some",
      { type: "group_roas_floor", name: "g", members: ["A", "C"], value: 2 },
      [25, 80, 25],
      [26, 5, 25],
    ],
    [
      "a cost per conversion of some",
      { type: "cpa_ceiling", value: 5, conversions: { A: 0.5, B: 0.5 }, members: ["A"] },
      [25, 80, 80],
      [26, 5, 5],
    ],
    ["a target", { type: "min_total_response", value: 120, weights: { C: 1 } }, [5, 5, 5], [5, 4, 5]],
    [
      "touches, by the number that money buys and by a delivery curve",
      { type: "contact_cap", name: "m", value: 60, touches: { A: 2, B: { type: "hill", beta: 40, k: 30, s: 1 } } },
      [20, 30, 80],
      [21, 30, 5],
    ],
    [
      "a mix of spends",
      { type: "weighted_spend", name: "w", weights: { A: 1, B: -1 }, min: 0, max: 10 },
      [30, 20, 5],
      [31, 20, 5],
    ],
    [
      "stock, which forbids nothing",
      { type: "response_cap", name: "s", value: 1, perResponse: {} },
      [5, 5, 5],
      [4, 5, 5],
    ],
    ["a return of one", { type: "channel_roas_floor", values: { B: 2 } }, [40, 10, 40], [5, 11, 5]],
  ])("sees %s", (_, constraint, kept, broken) => {
    expect(keepsLimits(problem([constraint]), kept, responses)).toBe(true);
    expect(keepsLimits(problem([constraint]), broken, responses)).toBe(false);
  });

  it("sees all or nothing, and steps", () => {
    const { channels, ...rest } = problem([]);
    const own = (wishes: object) => ({ ...rest, channels: [{ ...channels[0]!, lower: 0, ...wishes }] });
    const kept = (wishes: object, spend: number) => keepsLimits(own(wishes), [spend], [0]);
    expect([0, 20, 30].map((spend) => kept({ minimumIfOn: 20 }, spend))).toEqual([true, true, true]);
    expect(kept({ minimumIfOn: 20 }, 19)).toBe(false);
    expect([0, 15, 30].map((spend) => kept({ step: 15 }, spend))).toEqual([true, true, true]);
    expect(kept({ step: 15 }, 16)).toBe(false);
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
