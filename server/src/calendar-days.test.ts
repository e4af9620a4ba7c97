import { describe, expect, test } from "vitest";
import { countDays, listDays, shiftDay } from "./calendar-days.ts";

describe("days", () => {
  test("pass over ends of months, leap days and clock changes without a gap", () => {
    expect(listDays("2024-02-27", "2024-03-02")).toEqual([
      "2024-02-27",
      "2024-02-28",
      "2024-02-29",
      "2024-03-01",
      "2024-03-02",
    ]);
    expect(listDays("2026-03-28", "2026-03-30")).toEqual(["2026-03-28", "2026-03-29", "2026-03-30"]);
    expect(shiftDay("2026-01-01", -1)).toBe("2025-12-31");
  });

  test("a range has as many days as it lists, and none when it is reversed", () => {
    expect(countDays("2026-01-01", "2026-12-31")).toBe(365);
    expect(listDays("2026-01-01", "2026-12-31")).toHaveLength(365);
    expect(listDays("2026-01-02", "2026-01-01")).toEqual([]);
  });
});
