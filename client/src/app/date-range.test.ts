import { describe, expect, it } from "vitest";
import { countDays, listDays, overlapOf, presetRange, previousRange, resolveRange } from "./date-range.ts";

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
