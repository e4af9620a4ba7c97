import { describe, expect, it } from "vitest";
import { addMonths, dayAfterKey, prepareMonth, weekdayOf } from "./calendar-month.ts";

describe("a month of the calendar", () => {
  it("has each of its days once, in the column of its weekday, from Monday on", () => {
    for (const [month, length] of [
      ["2026-02-11", 28],
      ["2024-02-29", 29],
      ["2026-03-01", 31],
      ["2026-11-30", 30],
    ] as const) {
      const { first, weeks } = prepareMonth(month);
      const shown = weeks.flat().filter((day) => day !== null);
      expect(shown).toHaveLength(length);
      expect(shown[0]).toBe(first);
      expect([...shown].sort()).toEqual(shown);
      for (const week of weeks) {
        expect(week).toHaveLength(7);
        week.forEach((day, column) => {
          if (day !== null) expect(weekdayOf(day)).toBe(column);
        });
      }
    }
  });
});

describe("the keys of the calendar", () => {
  it("go by days, weeks, to the ends of the week, and by months and years", () => {
    const from = "2026-03-31";
    const reached = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown"].map(
      (key) => dayAfterKey(key, from, false),
    );
    expect(reached).toEqual([
      ...["2026-03-30", "2026-04-01", "2026-03-24", "2026-04-07"],
      ...["2026-03-30", "2026-04-05", "2026-02-28", "2026-04-30"],
    ]);
    expect(dayAfterKey("PageUp", "2024-02-29", true)).toBe("2023-02-28");
    expect(dayAfterKey("a", from, false)).toBeUndefined();
  });

  it("come back after as many months forwards as backwards", () => {
    expect(addMonths(addMonths("2026-01-15", 13), -13)).toBe("2026-01-15");
  });
});
