import { describe, expect, it } from "vitest";
import { freeLimits, shop, unfittedChannel } from "./curves.fixture.ts";
import { planSplit } from "./plan-split.ts";

const compared = /less than the .* that the plan settles at/;

describe("why a channel is cut", () => {
  it("is the budget where there is nothing to spend, never a comparison with a price of nothing", () => {
    const { allocation } = planSplit(shop, { ...freeLimits, budget: 0 });
    const cut = allocation.filter(({ why }) => why.code === "earns-less");
    expect(cut.length).toBeGreaterThan(1);
    for (const { recommended, reason, why } of cut) {
      expect(recommended).toBe("0.00");
      expect(why.marginalPlan).toBeNull();
      expect(why.marginalThen).toBeGreaterThan(why.marginalNow!);
      expect(reason).toMatch(/^The budget ends before /);
    }
  });

  it("is a shared limit where the channel earns more than the plan", () => {
    const group = { type: "group_spend", name: "g", members: ["Search"], min: null, max: 1 } as const;
    const { allocation } = planSplit(shop, { ...freeLimits, constraints: [group] });
    const search = allocation.find(({ channel }) => channel === "Search")!;
    expect(search.why.marginalNow).toBeGreaterThan(search.why.marginalPlan!);
    expect(search.reason).toMatch(/^Search is stopped by the budget, or by a limit that it shares/);
  });

  it("is the comparison with the plan otherwise", () => {
    const { allocation } = planSplit(shop, freeLimits);
    const cut = allocation.filter(({ why }) => why.code === "earns-less");
    expect(cut.length).toBeGreaterThan(0);
    for (const { reason, why } of cut) {
      expect(why.marginalNow).toBeLessThan(why.marginalPlan!);
      expect(reason).toMatch(compared);
    }
  });
});

describe("a channel whose spend hardly varied", () => {
  const locked = { channel: "Email", lower: null, upper: null, locked: true };

  it.each([
    ["left alone", []],
    ["locked", [locked]],
  ] as const)("has no marginal return and no price when it is %s", (_how, bounds) => {
    const { allocation, shadowPrices } = planSplit(shop, { ...freeLimits, bounds: [...bounds] });
    const row = allocation.find(({ channel }) => channel === "Email")!;
    expect(row.recommended).toBe(row.current);
    expect([row.marginalRoas, row.why.marginalNow, row.why.marginalThen]).toEqual([null, null, null]);
    expect(shadowPrices.filter(({ constraint }) => constraint.includes("Email"))).toEqual([]);
  });
});

describe("no channel with a curve", () => {
  it("leaves today's split and says that nothing can be planned", () => {
    const plan = planSplit({ currency: "EUR", channels: [], withoutCurve: [unfittedChannel("New", 10)] }, freeLimits);
    expect(plan.status).toBe("leave");
    expect(plan.warnings.map(({ code }) => code)).toEqual(["nothing-to-plan"]);
  });
});
