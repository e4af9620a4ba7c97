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
  withPeriod,
} from "./limits.ts";

const tight: Limits = {
  period: "month",
  budget: 12_000.5,
  exact: true,
  maxChange: null,
  bounds: [{ channel: "Paid Search: brand & co", lower: 100, upper: null, locked: false }],
};

describe("the limits in the address", () => {
  it("come back from it as they went in, through the text of a URL", () => {
    for (const limits of [DEFAULT_LIMITS, tight, { ...DEFAULT_LIMITS, maxChange: 0, budget: 0 }]) {
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

  it("are what the server accepts", () => {
    for (const limits of [DEFAULT_LIMITS, tight]) expect(ProposeInput.parse(limits)).toEqual(limits);
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
    expect(withPeriod(DEFAULT_LIMITS, "day")).toEqual({ ...DEFAULT_LIMITS, period: "day" });
  });
});
