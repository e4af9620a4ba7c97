import type { AllocationProblem, Objective } from "@touchline/solver";
import { describe, expect, it } from "vitest";
import { freeLimits, shop } from "./curves.fixture.ts";
import { NO_FACTS } from "./plan-facts.ts";
import { planSplit } from "./plan-split.ts";
import type { PlanLimits } from "./prepare-channels.ts";
import { preparePlan } from "./prepare-plan.ts";
import { drawnGains } from "./split-worth.ts";

const { prepared, problem } = preparePlan(shop, freeLimits, NO_FACTS);
const { channels } = prepared;
const today = channels.map(({ current }) => current);
/** More into the first channel, nothing taken from the others. */
const more = today.map((spend, i) => (i === 0 ? spend + 40 : spend));

function gainsFor(objective: Partial<Objective>, constraints = problem.constraints) {
  const asked: AllocationProblem = { ...problem, objective: { ...problem.objective, ...objective }, constraints };
  return drawnGains("day", asked, channels, more);
}

describe("what a split gains over today's", () => {
  it("is nothing for today's own, in every draw", () => {
    for (const gain of drawnGains("day", problem, channels, today))
      expect(gain).toEqual({ revenue: 0, value: 0, objective: 0 });
  });

  it("is revenue alone where spend has no price, less the spend for a profit", () => {
    const revenue = gainsFor({});
    const profit = gainsFor({ type: "max_profit", spend_weight: -1 });
    expect(revenue).toHaveLength(3);
    for (const [i, gain] of revenue.entries()) {
      expect(gain.value).toBe(gain.revenue);
      expect(gain.objective).toBe(gain.revenue);
      expect(profit[i]!.value).toBeCloseTo(gain.revenue - 40, 9);
      expect(profit[i]!.objective).toBeCloseTo(gain.revenue - 40, 9);
    }
  });

  it("counts by the objective the return that is asked of each unit, and for the least spend nothing but spend", () => {
    const free = gainsFor({});
    for (const [i, gain] of gainsFor({ type: "target_mroi", spend_weight: -2 }).entries()) {
      expect(gain.value).toBe(free[i]!.value);
      expect(gain.objective).toBeCloseTo(free[i]!.revenue - 80, 9);
    }
    const least = gainsFor({ type: "min_spend", response_weight: 0, spend_weight: -1 });
    for (const [i, { value, objective }] of least.entries()) {
      expect(value).toBe(free[i]!.value);
      expect(objective).toBeCloseTo(-40, 9);
    }
  });

  it("is nothing where the stock is sold today already", () => {
    const [first] = channels;
    const stock = { type: "response_cap", name: "boots", value: 1, perResponse: { [first!.name]: 1 } } as const;
    for (const { revenue, objective } of gainsFor({}, [stock])) expect([revenue, objective]).toEqual([0, 0]);
  });
});

describe("today's split", () => {
  it("is left alone where too few draws sell more by the optimum, because there is no more to sell", () => {
    const facts = { ...NO_FACTS, capacities: { boots: { Search: 1 } } };
    const limits: PlanLimits = {
      ...{ ...freeLimits, budget: 170, bounds: [{ channel: "Video", lower: null, upper: null, locked: true }] },
      capacities: [{ name: "boots", of: { type: "conversions" }, value: 400, unitsPerConversion: 1 }],
    };
    // Today sells 375 in the mean and all 400 in the best of the three draws.
    const plan = planSplit(shop, limits, facts);
    expect(plan.warnings.map(({ code }) => code)).toContain("unconvincing");
    expect(plan.considered!.expected.goal.probabilityOfGain).toBeCloseTo(2 / 3, 12);
  });
});
