import { describe, expect, it } from "vitest";
import { fittedChannel, freeLimits, shop, unfittedChannel } from "./curves.fixture.ts";
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
      expect(reason).toMatch(/: the budget ends before it; /);
    }
  });

  it("is a shared limit where the channel earns more than the plan", () => {
    const group = { type: "group_spend", name: "g", members: ["Search"], min: null, max: 1 } as const;
    const { allocation } = planSplit(shop, { ...freeLimits, constraints: [group] });
    const search = allocation.find(({ channel }) => channel === "Search")!;
    expect(search.why.marginalNow).toBeGreaterThan(search.why.marginalPlan!);
    expect(search.why.stop).toEqual({ type: "group_max", group: "g", value: 1 });
    expect(search.reason).toMatch(/^Search -59: stopped by the cap of 1 of g; the next euro there would still bring/);
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

describe("a channel whose effect nothing tells from none", () => {
  const unsure = fittedChannel("Radio", { ceiling: 900, halfSpend: 100, currentSpend: 50, flags: ["not-identified"] });

  it("keeps its spend until a test tells, without a marginal return or a price", () => {
    const { allocation, shadowPrices } = planSplit({ ...shop, channels: [...shop.channels, unsure] }, freeLimits);
    const row = allocation.find(({ channel }) => channel === "Radio")!;
    expect(row).toMatchObject({
      recommended: row.current,
      marginalRoas: null,
      why: { code: "uncertain", marginalNow: null },
    });
    expect(row.reason).toMatch(/too uncertain to move money on/);
    expect(shadowPrices.filter(({ constraint }) => constraint.includes("Radio"))).toEqual([]);
  });
});

describe("no channel with a curve", () => {
  it("leaves today's split and says that nothing can be planned", () => {
    const plan = planSplit({ currency: "EUR", channels: [], withoutCurve: [unfittedChannel("New", 10)] }, freeLimits);
    expect(plan.status).toBe("leave");
    expect(plan.warnings.map(({ code }) => code)).toEqual(["nothing-to-plan"]);
  });
});
