import { describe, expect, it } from "vitest";
import { readWeekly, writeWeekly } from "./week-schedule.ts";

describe("a schedule of one time a week", () => {
  it("is read from its expression and written back", () => {
    expect(readWeekly("0 6 * * 1")).toEqual({ weekday: 1, time: "06:00" });
    expect(readWeekly("30 14 * * 7")).toEqual({ weekday: 0, time: "14:30" });
    for (const cron of ["0 6 * * 1", "5 0 * * 0", "59 23 * * 6"]) expect(writeWeekly(readWeekly(cron)!)).toBe(cron);
  });

  it("is none where the expression says more", () => {
    for (const cron of ["0 6 1 * 1", "*/5 6 * * 1", "0 6 * * 1-5", "61 6 * * 1", "0 24 * * 1", ""])
      expect(readWeekly(cron)).toBeNull();
  });
});
