import type { AllocationProblem } from "@touchline/solver";
import { describe, expect, it } from "vitest";
import { soldRevenues } from "./sold-revenues.ts";

const stocked = (value: number): AllocationProblem => ({
  objective: { type: "max_response", response_weight: 1, spend_weight: 0 },
  channels: ["A", "B", "C"].map((name) => ({
    name,
    curve: { type: "hill", beta: 1, k: 1, s: 1 },
    ...{ lower: 0, upper: null, current: 0 },
  })),
  constraints: [{ type: "response_cap", name: "boots", value, perResponse: { A: 0.1, B: 0.2 } }],
});

describe("what can be sold", () => {
  it("is everything where stock lasts", () => {
    expect(soldRevenues(stocked(100), [100, 200, 300])).toEqual([100, 200, 300]);
  });

  it("takes no more than there is, from each that draws on it alike, and leaves others alone", () => {
    const sold = soldRevenues(stocked(25), [100, 200, 300]);
    expect(0.1 * sold[0]! + 0.2 * sold[1]!).toBeCloseTo(25, 12);
    expect(sold[0]! / 100).toBeCloseTo(sold[1]! / 200, 12);
    expect(sold[2]).toBe(300);
  });
});
