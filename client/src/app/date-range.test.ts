import { describe, expect, it } from "vitest";
import {
  comparedRange,
  countDays,
  listDays,
  overlapOf,
  PRESETS,
  presetRange,
  previousRange,
  resolveRange,
} from "./date-range.ts";

const days = { from: "2024-11-01", to: "2025-10-31" };

describe("the days of a page", () => {
  it("are those of the address", () => {
    expect(resolveRange({ from: "2025-01-01", to: "2025-01-31" }, days)).toEqual({
      from: "2025-01-01",
      to: "2025-01-31",
    });
  });

  it.each([
    [{}],
    [{ from: "2025-01-31" }],
    [{ from: "2025-02-30", to: "2025-03-01" }],
    [{ from: "2025-03-02", to: "2025-03-01" }],
    [{ from: "yesterday", to: "today" }],
    [{ from: "1999-01-01", to: "1999-12-31" }],
  ])("fall back to the last 28 days of data for %o", (asked) => {
    expect(resolveRange(asked, days)).toEqual({ from: "2025-10-04", to: "2025-10-31" });
  });

  it("never reach beyond the data, however wide the address is", () => {
    expect(resolveRange({ from: "0001-01-01", to: "9999-12-31" }, days)).toEqual(days);
  });

  it("are all of them where there are fewer than 28", () => {
    const few = { from: "2025-10-20", to: "2025-10-31" };
    expect(resolveRange({}, few)).toEqual(few);
  });
});

describe("the range before", () => {
  it("is as long and ends the day before, over a change of clocks and a leap day", () => {
    for (const range of [
      { from: "2025-10-04", to: "2025-10-31" },
      { from: "2024-03-01", to: "2024-03-01" },
      { from: "2025-03-15", to: "2025-04-11" },
    ]) {
      const before = previousRange(range);
      expect(countDays(before)).toBe(countDays(range));
      expect(listDays({ from: before.from, to: range.to })).toHaveLength(2 * countDays(range));
    }
    expect(previousRange({ from: "2024-03-01", to: "2024-03-01" })).toEqual({ from: "2024-02-29", to: "2024-02-29" });
  });
});

describe("the presets", () => {
  it("count from the last day of data", () => {
    expect(presetRange("last7", days)).toEqual({ from: "2025-10-25", to: "2025-10-31" });
    expect(presetRange("thisMonth", days)).toEqual({ from: "2025-10-01", to: "2025-10-31" });
    expect(presetRange("previousMonth", days)).toEqual({ from: "2025-09-01", to: "2025-09-30" });
    expect(presetRange("all", days)).toEqual(days);
  });

  it("name weeks from Monday to Sunday, quarters and years", () => {
    // 31 October 2025 is a Friday.
    expect(presetRange("lastDay", days)).toEqual({ from: "2025-10-31", to: "2025-10-31" });
    expect(presetRange("thisWeek", days)).toEqual({ from: "2025-10-27", to: "2025-10-31" });
    expect(presetRange("previousWeek", days)).toEqual({ from: "2025-10-20", to: "2025-10-26" });
    expect(presetRange("thisQuarter", days)).toEqual({ from: "2025-10-01", to: "2025-10-31" });
    expect(presetRange("previousQuarter", days)).toEqual({ from: "2025-07-01", to: "2025-09-30" });
    expect(presetRange("thisYear", days)).toEqual({ from: "2025-01-01", to: "2025-10-31" });
    expect(presetRange("previousYear", days)).toEqual({ from: "2024-11-01", to: "2024-12-31" });
    expect(presetRange("last12months", days)).toEqual({ from: "2024-11-01", to: "2025-10-31" });
  });

  it("lie inside the data or are none, on whatever day it ends", () => {
    for (const to of listDays({ from: "2025-12-20", to: "2026-03-05" })) {
      const data = { from: "2025-12-01", to };
      for (const preset of PRESETS) {
        const range = presetRange(preset, data);
        expect([preset, to, range === null || overlapOf(range, data)]).toEqual([preset, to, range ?? true]);
      }
    }
  });

  it("move on with the data, and days of one's own do not", () => {
    const later = { from: days.from, to: "2025-11-07" };
    expect(resolveRange({ days: "last7" }, later)).toEqual({ from: "2025-11-01", to: "2025-11-07" });
    expect(resolveRange({ days: "last7", from: "2025-10-01", to: "2025-10-02" }, later)).toEqual({
      ...{ from: "2025-10-01", to: "2025-10-02" },
    });
  });

  it("offer no month without data", () => {
    expect(presetRange("previousMonth", { from: "2025-10-05", to: "2025-10-31" })).toBeNull();
  });
});

describe("two ranges", () => {
  it("overlap in the days that both have, or not at all", () => {
    expect(overlapOf({ from: "2024-01-01", to: "2024-11-02" }, days)).toEqual({ from: "2024-11-01", to: "2024-11-02" });
    expect(overlapOf({ from: "2026-01-01", to: "2026-01-02" }, days)).toBeNull();
  });
});

describe("the compared days", () => {
  const range = { from: "2025-03-01", to: "2025-03-28" };

  it("are the ones before, the same weekdays or the same dates of a year before, or none", () => {
    expect(comparedRange(range, "previous")).toEqual({ from: "2025-02-01", to: "2025-02-28" });
    expect(comparedRange(range, "weekdays")).toEqual({ from: "2024-03-02", to: "2024-03-29" });
    expect(comparedRange(range, "year")).toEqual({ from: "2024-03-01", to: "2024-03-28" });
    expect(comparedRange(range, "none")).toBeNull();
    expect(comparedRange({ from: "2024-02-29", to: "2024-02-29" }, "year")).toEqual({
      ...{ from: "2023-02-28", to: "2023-02-28" },
    });
  });
});
