import { describe, expect, it } from "vitest";
import { costIndex, mondayAfter, seasonAhead, weeksFrom } from "./weeks-ahead.ts";

const year = { from: "2025-01-01", to: "2025-12-31" };
const days = 365;

describe("weeks to come", () => {
  it("begin on the Monday after a day, and follow each other without a gap", () => {
    expect(["2025-12-28", "2025-12-29", "2025-12-31"].map(mondayAfter)).toEqual([
      "2025-12-29",
      "2026-01-05",
      "2026-01-05",
    ]);
    expect(weeksFrom("2026-02-23", 2)).toEqual([
      { from: "2026-02-23", to: "2026-03-01" },
      { from: "2026-03-02", to: "2026-03-08" },
    ]);
  });
});

describe("the season ahead", () => {
  it("is what the same weeks of last year were against the mean of the year", () => {
    const booked = Float64Array.from({ length: days }, (_, day) => (day < 90 ? 20 : 10));
    const { index, described } = seasonAhead(weeksFrom("2026-01-05", 4), year, booked, undefined);
    expect(described).toMatchObject({ basis: "last-year", from: "2025-01-06", to: "2025-02-02" });
    const mean = (90 * 20 + 275 * 10) / days;
    for (const each of index) expect(each).toBeCloseTo(20 / mean, 10);
  });

  it("covers a whole year, though its last days are not known yet", () => {
    const booked = Float64Array.from({ length: days }, (_, day) => 10 + day / 365);
    const { index, described } = seasonAhead(weeksFrom("2026-01-05", 52), year, booked, undefined);
    expect(described.basis).toBe("last-year");
    expect(index).toHaveLength(52);
    expect(index.every((each) => each > 0.9 && each < 1.1)).toBe(true);
  });

  it("is flat where every day was booked alike", () => {
    const { index } = seasonAhead(weeksFrom("2026-01-05", 3), year, new Float64Array(days).fill(7), "history");
    for (const each of index) expect(each).toBeCloseTo(1, 12);
  });

  it("is flat, and says so, where a year is not known or nobody wants it", () => {
    const short = { from: "2025-10-01", to: "2025-12-31" };
    const known = seasonAhead(weeksFrom("2026-01-05", 2), short, new Float64Array(92).fill(3), undefined);
    expect(known).toMatchObject({ index: [1, 1], described: { basis: "short" } });
    expect(known.described.text).toContain("stand on 92 days");
    expect(seasonAhead(weeksFrom("2026-01-05", 2), year, new Float64Array(days), "flat").described.basis).toBe("flat");
  });
});

describe("prices by week", () => {
  it("count for their days, alone or for every channel, one on top of the other", () => {
    const weeks = weeksFrom("2026-01-05", 2);
    const prices = [
      { channel: null, from: "2026-01-05", to: "2026-01-11", factor: 2 },
      { channel: "Search", from: "2026-01-10", to: "2026-01-12", factor: 1.5 },
    ];
    expect(costIndex(weeks, prices, "Video")).toEqual([2, 1]);
    const [first, second] = costIndex(weeks, prices, "Search");
    expect(first).toBeCloseTo((5 * 2 + 2 * 3) / 7, 12);
    expect(second).toBeCloseTo((1.5 + 6) / 7, 12);
  });
});
