import { describe, expect, it } from "vitest";
import { prepareSeries } from "./daily-series.ts";
import { phaseOf } from "./month-phase.ts";
import { aheadOfAll, foretell, type Pace, paceLine } from "./pace-line.ts";

const WEEK = [100, 100, 100, 100, 100, 50, 50];
const weeks = (count: number) => Array.from({ length: 7 * count }, (_, day) => WEEK[day % 7]!);

/** Ten weeks of one pattern; the last 14 days lie in a month of 28. */
const pace: Pace = { values: weeks(10), known: 14, all: 28, spent: "1200.00", plan: "2000", isForetold: true };

describe("the pace of a month", () => {
  it("ends where a steady pattern ends, and says what would land on plan", () => {
    const line = paceLine(pace, foretell(pace));
    expect(line.forecast!.mean).toBeCloseTo(2_400, 6);
    expect(line).toMatchObject({ status: "ahead", isCertain: true, planToDate: "1000.00", spent: "1200.00" });
    expect(line.dailyToLand).toBeCloseTo(800 / 14, 9);
    expect(line.runRate).toBeCloseTo(600 / 7, 9);
    expect(line.ahead).toHaveLength(14);
    expect(line.daily).toHaveLength(14);
  });

  it("is on plan within the threshold, and behind below it", () => {
    const status = (plan: string) => paceLine({ ...pace, plan }, foretell(pace)).status;
    expect(["2500", "2300", "2600", "2280"].map(status)).toEqual(["on-plan", "on-plan", "behind", "ahead"]);
    expect(paceLine({ ...pace, plan: null }, foretell(pace))).toMatchObject({ status: null, dailyToLand: null });
  });

  it("takes late days for not known yet, and fills them in", () => {
    const late = { ...pace, values: [...weeks(10).slice(0, -3), null, null, null], spent: "1000.00" };
    const line = paceLine(late, foretell(late));
    expect(line.forecast!.mean).toBeCloseTo(2_400, 6);
    expect(line.ahead).toHaveLength(17);
    // What the late days have cost counts: 1,200 are spent, as far as anybody can tell.
    expect(line.dailyToLand).toBeCloseTo(800 / 14, 6);
  });

  it("foretells nothing once the month is over, or too little is known", () => {
    expect(foretell({ ...pace, known: 28 })).toBeNull();
    expect(paceLine({ ...pace, known: 28, spent: "2400.00", isForetold: false }, null)).toMatchObject({
      ...{ forecast: null, status: "ahead", isCertain: true, dailyToLand: null },
    });
    expect(foretell({ ...pace, values: [1, 2, 3], known: 3 })).toBeNull();
  });

  it("of a channel that has stopped stays where it is", () => {
    const stopped = { ...pace, values: [...weeks(8), ...Array.from({ length: 14 }, () => 0)], spent: "0.00" };
    expect(foretell(stopped)!.at(-1)).toEqual({ mean: 0, low: 0, high: 0 });
  });

  it("of all channels adds up to theirs", () => {
    const own = [{ mean: 100, low: 90, high: 110 }];
    const channels = [[{ mean: 60, low: 0, high: 99 }], [{ mean: 45, low: 0, high: 99 }]];
    expect(aheadOfAll(own, channels, 1)).toEqual([{ mean: 105, low: 95, high: 115 }]);
    expect(aheadOfAll(own, [null], 1)).toEqual(own);
  });
});

describe("the days of a channel", () => {
  const days = { from: "2026-03-01", to: "2026-03-20" };
  const everyDay = new Set(Array.from({ length: 20 }, (_, i) => `2026-03-${String(i + 1).padStart(2, "0")}`));

  it("between its own are of nothing, after them not known, before them never there", () => {
    const amounts = new Map([
      ["2026-03-03", 5],
      ["2026-03-06", 7],
    ]);
    const { values, lastDay } = prepareSeries(amounts, { from: "2026-03-01", to: "2026-03-08" }, everyDay);
    expect(values).toEqual([null, null, 5, 0, 0, 7, null, null]);
    expect(lastDay).toBe("2026-03-06");
  });

  it("are over after two weeks of silence", () => {
    expect(prepareSeries(new Map([["2026-03-02", 5]]), days, everyDay).values.at(-1)).toBe(0);
    expect(prepareSeries(new Map(), days, everyDay)).toEqual({ values: Array(20).fill(null), lastDay: null });
  });
});

describe("the phase of a month", () => {
  const data = { firstDay: "2025-11-01", asOf: "2026-03-20", today: "2026-03-22" };

  it("is the one that the data stand in, and moves on with their last day", () => {
    expect(phaseOf(null, data)).toMatchObject({ month: "2026-03", phase: "current", days: { all: 31, known: 20 } });
    expect(phaseOf(null, { ...data, asOf: "2026-03-31", today: "2026-04-01" })).toMatchObject({
      ...{ month: "2026-04", phase: "current", days: { all: 30, known: 0 } },
    });
  });

  it("of old data stays with them", () => {
    const old = { ...data, asOf: "2026-03-31", today: "2026-09-01" };
    expect(phaseOf(null, old)).toMatchObject({ month: "2026-03", phase: "past", days: { all: 31, known: 31 } });
  });

  it("before is past, after is to come", () => {
    expect(phaseOf("2026-02", data)).toMatchObject({ phase: "past", days: { all: 28, known: 28 } });
    expect(phaseOf("2026-04", data)).toMatchObject({ phase: "future", days: { all: 30, known: 0 } });
    expect(phaseOf(null, { firstDay: "", asOf: null, today: "2026-03-22" })).toMatchObject({ month: "2026-03" });
  });
});
