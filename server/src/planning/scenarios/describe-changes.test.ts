import { describe, expect, it } from "vitest";
import type { ProposeInput, Scenario } from "../../contract/index.ts";
import { fittedChannel, freeLimits, shop } from "../curves.fixture.ts";
import { planSplit } from "../plan-split.ts";
import { describeChanges } from "./describe-changes.ts";
import { limitChanges } from "./limit-changes.ts";

const input: ProposeInput = { ...freeLimits, period: "week" };
const scenario = (plan = planSplit(shop, input)): Scenario => ({
  ...{ id: "0000-1111", name: "Base", input, plan, run: "r" },
  ...{ savedAt: "2026-01-05T10:00:00.000Z", savedBy: "ann" },
});
const planned = (
  curves: Parameters<typeof planSplit>[0],
  limits: ProposeInput = input,
  slope: number | null = null,
) => ({
  plan: planSplit(curves, limits),
  marginalAt: () => slope,
});
const shopWith = (search: { ceiling?: number; currentSpend?: number }) => ({
  ...shop,
  channels: [
    fittedChannel("Search", { ceiling: 1_000, halfSpend: 100, currentSpend: 60, ...search }),
    ...shop.channels.slice(1),
  ],
});

describe("against a plan that was saved", () => {
  it("nothing changed where limits and data are the same", () => {
    const now = planned(shop);
    expect(describeChanges(scenario(), input, now, now.plan)).toMatchObject({ limits: [], channels: [] });
  });

  it("a channel that the curves say less of moved by data, and by its curve", () => {
    const now = planned(shopWith({ ceiling: 700 }), input, 1.5);
    const { channels, text } = describeChanges(scenario(), input, now, now.plan);
    const search = channels.find(({ channel }) => channel === "Search")!;
    expect(search).toMatchObject({ code: "curve", byLimits: 0, marginalAfter: 1.5 });
    expect(Number(search.after)).toBeLessThan(Number(search.before));
    expect(search.byData).toBeCloseTo(Number(search.after) - Number(search.before), 6);
    expect(search.text).toMatch(/its next unit of money brings 1\.50, then it was/);
    expect(text).toMatch(/^Against "Base", saved on 2026-01-05, 0 limits read otherwise and 2 channels are/);
  });

  it("limits that move a channel further than the data are named", () => {
    const limits = { ...input, budget: 300 };
    const now = planned(shop, limits);
    const { channels, limits: changed } = describeChanges(scenario(), limits, now, planned(shop).plan);
    expect(changed).toMatchObject([{ code: "budget", before: "what is spent today", after: 300 }]);
    expect(channels.length).toBeGreaterThan(0);
    for (const { code, byData } of channels) expect([code, byData]).toEqual(["limits", 0]);
  });

  it("channels that came and went are told as such", () => {
    const old = scenario();
    const gone = planned({ ...shop, channels: shop.channels.filter(({ channel }) => channel !== "Video") });
    const codes = describeChanges(old, input, gone, gone.plan).channels.map(({ channel, code }) => [channel, code]);
    expect(codes).toContainEqual(["Video", "gone"]);
    const back = describeChanges(scenario(gone.plan), input, planned(shop), planned(shop).plan);
    expect(back.channels.find(({ channel }) => channel === "Video")).toMatchObject({ code: "new", before: null });
  });

  it("another period is the same plan by the day", () => {
    const monthly = { ...input, period: "month" as const };
    const now = planned(shop, monthly);
    const { limits, channels } = describeChanges(scenario(), monthly, now, planned(shop).plan);
    expect(limits.map(({ code }) => code)).toEqual(["period"]);
    expect(channels).toEqual([]);
  });
});

describe("limits that read otherwise", () => {
  it("are found wherever they stand", () => {
    const after: ProposeInput = {
      ...input,
      goal: "margin",
      minRoas: 2,
      bounds: [{ channel: "Search", lower: 5, upper: null, locked: false, step: 10 }],
      groups: [{ name: "Social", members: ["Video", "Email"], min: null, max: 50 }],
      contacts: [{ name: "Mail", channels: ["Email"], people: 900, perPersonAndWeek: 2 }],
    };
    expect(limitChanges(input, after).map(({ text }) => text)).toEqual([
      "goal: revenue, now margin",
      "lowest ROAS: none, now 2",
      "Search: none, now at least 5, in steps of 10",
      "Social: none, now Email and Video at most 50",
      "Mail: none, now 2 a week to 900 people",
    ]);
    expect(limitChanges(after, after)).toEqual([]);
  });
});
