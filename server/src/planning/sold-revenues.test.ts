import { type AllocationProblem, allocate } from "@touchline/solver";
import { describe, expect, it } from "vitest";
import { revenueAt } from "./revenue-curve.ts";
import { soldRevenues } from "./sold-revenues.ts";

const stocked = (value: number, perResponse: Record<string, number> = { A: 0.1, B: 0.2 }): AllocationProblem => ({
  objective: { type: "max_response", response_weight: 1, spend_weight: 0 },
  channels: ["A", "B", "C"].map((name, i) => ({
    name,
    curve: { type: "hill", beta: 500 * (i + 1), k: 100, s: 1 },
    ...{ lower: 20, upper: 400, current: 50 },
  })),
  constraints: [
    { type: "response_cap", name: "boots", value, perResponse },
    { type: "total_spend", sense: "=", value: 600 },
  ],
});

const REVENUES = [100, 200, 300];
const ALIKE = [1, 1, 1];

describe("what can be sold", () => {
  it("is everything where stock lasts", () => {
    expect(soldRevenues(stocked(50), REVENUES, ALIKE)).toEqual(REVENUES);
  });

  it("takes no more than there is, gives up first what is worth least a unit of it, and leaves others alone", () => {
    const [a, b, c] = soldRevenues(stocked(25), REVENUES, ALIKE);
    expect([a, c]).toEqual([100, 300]);
    expect(0.1 * a! + 0.2 * b!).toBeCloseTo(25, 12);
    const scarce = soldRevenues(stocked(5), REVENUES, ALIKE);
    expect(scarce[0]).toBeCloseTo(50, 12);
    expect(scarce.slice(1)).toEqual([0, 300]);
    expect(soldRevenues(stocked(0), REVENUES, ALIKE)).toEqual([0, 0, 300]);
  });

  it("counts what the goal says a channel's revenue is worth", () => {
    const [a, b] = soldRevenues(stocked(40), REVENUES, [1, 3, 1]);
    expect([a, b]).toEqual([0, 200]);
  });

  it("gives up alike of what is worth the same", () => {
    const [a, b] = soldRevenues(stocked(25), REVENUES, [1, 2, 1]);
    expect(a! / 100).toBeCloseTo(b! / 200, 12);
    expect(0.1 * a! + 0.2 * b!).toBeCloseTo(25, 12);
  });

  it("is worth what the optimiser certifies, for one stock", () => {
    let scarce = 0;
    for (const weights of [{}, { A: 2, B: 0.5 }, { A: 0.2, B: 1, C: 3 }] as Record<string, number>[]) {
      for (const value of [20, 60, 150, 1000]) {
        const limited = stocked(value, { A: 0.1, B: 0.2, C: 0.05 });
        const problem = { ...limited, objective: { ...limited.objective, weights } };
        const found = allocate(problem);
        if (found.status !== "optimal") throw new Error(found.status);
        const worth = problem.channels.map(({ name }) => weights[name] ?? 1);
        const full = problem.channels.map(({ curve }, i) => revenueAt(curve, found.spend[i]!));
        const sold = soldRevenues(problem, full, worth);
        if (sold.some((each, i) => each < full[i]!)) scarce++;
        const total = sold.reduce((sum, each, i) => sum + worth[i]! * each, 0);
        expect(Math.abs(total / found.objectiveValue - 1)).toBeLessThan(1e-8);
      }
    }
    expect(scarce).toBeGreaterThan(5);
  });
});
