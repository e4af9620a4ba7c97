import { DAYS_PER_PERIOD, ProposeInput } from "@touchline/server/contract";
import { describe, expect, it } from "vitest";
import {
  boundsOf,
  DEFAULT_LIMITS,
  type Limits,
  limitsOf,
  parseLimitsSearch,
  searchOf,
  withBounds,
  withPart,
  withPeriod,
} from "./limits.ts";

const tight: Limits = {
  period: "month",
  budget: 12_000.5,
  exact: true,
  maxChange: null,
  bounds: [{ channel: "Paid Search: brand & co", lower: 100, upper: null, locked: false }],
};

/** Everything that can be asked for at once. */
const full: Limits = {
  ...tight,
  bounds: [
    { channel: "Search", lower: null, upper: null, locked: false, fixed: 700 },
    { channel: "Video", lower: 1, upper: 2, locked: false, minimumIfOn: 70, step: 7, minRoas: 1.5, maxCpa: 30 },
  ],
  goal: "margin",
  productWeights: [{ productGroup: "Shoes", weight: 0.5 }],
  target: 700,
  caution: 0.4,
  minRoas: 2,
  maxCpa: 40,
  groups: [{ name: "Social", members: ["Video", "Search"], min: 70, max: null, minRoas: 1 }],
  capacities: [{ name: "Stock", value: 70, of: { type: "conversions" }, unitsPerConversion: 2 }],
  contacts: [{ name: "Mail", channels: ["Email"], people: 1000, perPersonAndWeek: 2 }],
};

describe("the limits in the address", () => {
  it("come back from it as they went in, through the text of a URL", () => {
    for (const limits of [DEFAULT_LIMITS, tight, full, { ...DEFAULT_LIMITS, maxChange: 0, budget: 0 }]) {
      const text = JSON.stringify(searchOf(limits));
      expect(limitsOf(parseLimitsSearch(JSON.parse(text)))).toEqual(limits);
    }
  });

  it("are nothing at all for the default plan", () => {
    expect(searchOf(DEFAULT_LIMITS)).toEqual({});
    expect(Object.keys(searchOf(tight)).length).toBeGreaterThan(3);
  });

  it("fall back part by part where they make no sense", () => {
    const parsed = parseLimitsSearch({
      period: "year",
      budget: -5,
      exact: "yes",
      change: 99,
      bounds: [{ channel: 1 }],
    });
    expect(limitsOf(parsed)).toEqual(DEFAULT_LIMITS);
    expect(parseLimitsSearch({ period: "day", budget: "much" })).toEqual({ period: "day" });
  });

  it("leave out what makes no sense of the rarer ones, and what is off", () => {
    const parsed = parseLimitsSearch({
      goal: "revenue",
      caution: 0,
      target: -1,
      groups: [{ name: "" }],
      stock: [],
      roas: 2,
    });
    expect(limitsOf(parsed)).toEqual({ ...DEFAULT_LIMITS, minRoas: 2 });
    expect(withPart(withPart(full, "groups", []), "goal", null)).not.toHaveProperty("groups");
  });

  it("are what the server accepts", () => {
    for (const limits of [DEFAULT_LIMITS, tight, full]) expect(ProposeInput.parse(limits)).toEqual(limits);
  });
});

describe("limits on a channel", () => {
  it("replace the ones before and leave other channels alone", () => {
    const once = withBounds(tight, { channel: "Video", lower: null, upper: 50, locked: false });
    const twice = withBounds(once, { channel: "Video", lower: 10, upper: 50, locked: false });
    expect(twice.bounds).toHaveLength(2);
    expect(boundsOf(twice, "Video").lower).toBe(10);
    expect(boundsOf(twice, "Paid Search: brand & co").lower).toBe(100);
  });

  it("disappear when nothing is left of them", () => {
    const freed = withBounds(tight, { channel: "Paid Search: brand & co", lower: null, upper: null, locked: false });
    expect(freed.bounds).toEqual([]);
  });
});

describe("another period", () => {
  it("keeps the daily rate of every amount", () => {
    const weekly = withPeriod(tight, "week");
    expect(weekly.budget).toBeCloseTo((12_000.5 * 7) / DAYS_PER_PERIOD.month, 2);
    expect(boundsOf(weekly, "Paid Search: brand & co")).toMatchObject({ lower: 23, upper: null });
    const daily = withPeriod({ ...full, period: "week" }, "day");
    expect(daily).toMatchObject({ target: 100, minRoas: 2, groups: [{ min: 10, max: null, minRoas: 1 }] });
    expect(daily.capacities?.[0]).toMatchObject({ value: 10, unitsPerConversion: 2 });
    expect(boundsOf(daily, "Search").fixed).toBe(100);
    expect(boundsOf(daily, "Video")).toMatchObject({ minimumIfOn: 10, step: 7, minRoas: 1.5, maxCpa: 30 });
    expect(daily.contacts).toEqual(full.contacts);
    expect(withPeriod(DEFAULT_LIMITS, "day")).toEqual({ ...DEFAULT_LIMITS, period: "day" });
  });
});
