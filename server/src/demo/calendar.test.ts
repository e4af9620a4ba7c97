import { describe, expect, it } from "vitest";
import { Random } from "../random.ts";
import { DayClock, dayOf, prepareCalendar, prepareSeason } from "./calendar.ts";

const paris = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris", dateStyle: "short", timeStyle: "medium" });
const inParis = (second: number) => paris.format(second * 1000);

describe("the shop's calendar", () => {
  it("starts every day at midnight in Paris, also around the changes of the clock", () => {
    const calendar = prepareCalendar("2027-04-10", 900);
    expect(calendar.dates).toHaveLength(900);
    calendar.dates.forEach((date, day) => {
      expect(inParis(calendar.starts[day]!)).toBe(`${date} 00:00:00`);
    });
    const lengths = new Set(calendar.dates.map((_, day) => (calendar.starts[day + 1]! - calendar.starts[day]!) / 3600));
    expect([...lengths].sort()).toEqual([23, 24, 25]);
  });

  it("finds the day of a moment, and says when it lies outside", () => {
    const calendar = prepareCalendar("2026-10-31", 60);
    for (let day = 0; day < 60; day++) {
      expect(dayOf(calendar, calendar.starts[day]!)).toBe(day);
      expect(dayOf(calendar, calendar.starts[day + 1]! - 1)).toBe(day);
    }
    expect(dayOf(calendar, calendar.starts[0]! - 1)).toBe(-1);
    expect(dayOf(calendar, calendar.starts[60]!)).toBe(60);
  });

  it.each(["2026-02-30", "31/10/2026", "2026-1-1", ""])("refuses the last day %j", (lastDay) => {
    expect(() => prepareCalendar(lastDay, 10)).toThrow(RangeError);
  });

  it("draws times inside the day, more in the evening than at night", () => {
    const calendar = prepareCalendar("2026-10-31", 10); // holds the day of 25 hours
    const clock = new DayClock(calendar, new Random(3));
    const hours = new Array<number>(24).fill(0);
    for (let draw = 0; draw < 20_000; draw++) {
      const day = draw % 10;
      const second = clock.draw(day);
      expect(dayOf(calendar, second)).toBe(day);
      hours[Number(inParis(second).slice(11, 13))]!++;
    }
    expect(hours[21]!).toBeGreaterThan(10 * hours[3]!);
  });
});

describe("the season", () => {
  const calendar = prepareCalendar("2026-10-31", 365);
  const season = prepareSeason(calendar);
  const weekFrom = (date: string) => {
    const start = calendar.dates.indexOf(date);
    return season.demand.subarray(start, start + 7).reduce((sum, index) => sum + index, 0) / 7;
  };

  it("has a mean of 1 over the year", () => {
    expect(season.demand.reduce((sum, index) => sum + index, 0) / 365).toBeCloseTo(1, 12);
  });

  it("peaks on Black Friday, rises for Christmas and both sales, and sleeps in the middle of August", () => {
    expect(calendar.dates[season.demand.indexOf(Math.max(...season.demand))]).toBe("2025-11-28");
    const ordinary = weekFrom("2026-03-09");
    expect(weekFrom("2025-12-08")).toBeGreaterThan(1.2 * ordinary);
    expect(weekFrom("2026-01-07")).toBeGreaterThan(1.2 * ordinary);
    expect(weekFrom("2026-06-24")).toBeGreaterThan(1.2 * ordinary);
    expect(weekFrom("2026-08-10")).toBeLessThan(0.8 * ordinary);
  });

  it("gives a day the same index in a short calendar as in a long one", () => {
    const short = prepareSeason(prepareCalendar("2026-10-31", 30));
    expect([...short.demand]).toEqual([...season.demand.subarray(335)]);
  });

  it("sells for less during the sales and for more before Christmas", () => {
    const on = (date: string) => season.orderValue[calendar.dates.indexOf(date)]!;
    expect(on("2026-01-10")).toBeLessThan(on("2026-03-10"));
    expect(on("2025-12-10")).toBeGreaterThan(on("2026-03-10"));
  });
});
