import { describe, expect, it } from "vitest";
import { fittedChannel, freeLimits, shop } from "./curves.fixture.ts";
import { planSplit } from "./plan-split.ts";

/** What it brings is known within a factor of e either way, so that its spend may at most be divided or multiplied by about e. */
const unsure = {
  ...shop,
  channels: [
    fittedChannel("Search", {
      ...{ ceiling: 1_000, halfSpend: 100, currentSpend: 60 },
      ceilingFactors: [Math.exp(-1), 1, Math.exp(1)],
    }),
    ...shop.channels.slice(1),
  ],
};
const group = (name: string, members: string[], max: number) => ({ name, members, min: null, max });

describe("what nobody asked for", () => {
  it("holds a channel where its curve is trusted, and says so", () => {
    const { allocation, shadowPrices } = planSplit(unsure, { ...freeLimits, budget: 1_000 });
    const search = allocation.find(({ channel }) => channel === "Search")!;
    expect(Number(search.recommended)).toBeCloseTo(60 * Math.E, 1);
    expect(search.why).toMatchObject({ code: "at-upper", stop: { type: "trusted_max" } });
    expect(search.reason).toContain("as far as its curve is trusted");
    expect(shadowPrices.map(({ limit }) => limit.type)).toContain("trusted_max");
  });

  it("gives way to what somebody asked for, and only on that side", () => {
    const low = planSplit(unsure, { ...freeLimits, groups: [group("both", ["Search"], 5)] });
    expect(low.status).toBe("optimal");
    expect(Number(low.allocation.find(({ channel }) => channel === "Search")!.recommended)).toBeLessThanOrEqual(5);
    const email = planSplit(unsure, { ...freeLimits, groups: [group("mail", ["Email"], 4)] });
    expect(email.status).toBe("optimal");
    expect(Number(email.allocation.find(({ channel }) => channel === "Email")!.recommended)).toBeLessThanOrEqual(4);
  });

  it("does not give way to a target: it says what can be reached as far as the curves are trusted", () => {
    const plan = planSplit(unsure, { ...freeLimits, target: 1_300 });
    expect(plan.status).toBe("infeasible");
    expect(plan.conflict.map(({ type }) => type)).toContain("trusted_max");
    expect(plan.repair.find(({ type }) => type === "min_total_response")!.to).toBeLessThan(1_300);
  });

  it("leaves limits of the caller that contradict each other alone", () => {
    const bounds = [{ channel: "Search", lower: 50, upper: null, locked: false }];
    const plan = planSplit(unsure, { ...freeLimits, bounds, groups: [group("both", ["Search"], 5)] });
    expect(plan.status).toBe("infeasible");
    expect(plan.conflict.map(({ type }) => type).sort()).toEqual(["channel_min", "group_max"]);
  });
});
