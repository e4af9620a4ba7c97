import { describe, expect, it } from "vitest";
import { demandIndex, seasonIndex } from "./season.ts";

/** A year that swells and falls, with weekends at half. */
const year = Float64Array.from({ length: 365 }, (_, day) => {
  const season = 1 + 0.4 * Math.sin((2 * Math.PI * day) / 365);
  return 1_000 * season * (day % 7 < 2 ? 0.5 : 1);
});

describe("the season's index", () => {
  it("is 1 on every day of an even year", () => {
    for (const index of seasonIndex(new Float64Array(100).fill(250))) expect(index).toBeCloseTo(1, 12);
  });

  it("is 1 on every day where nothing was sold, and empty for no days", () => {
    expect([...seasonIndex(new Float64Array(5))]).toEqual([1, 1, 1, 1, 1]);
    expect(seasonIndex(new Float64Array(0))).toHaveLength(0);
  });

  it("is the same in another currency", () => {
    const scaled = seasonIndex(year.map((day) => day * 1_000));
    for (const [day, index] of seasonIndex(year).entries()) expect(scaled[day]).toBeCloseTo(index, 12);
  });

  it("has a mean near 1 over a year", () => {
    const indexes = seasonIndex(year);
    expect(indexes.reduce((sum, index) => sum + index, 0) / indexes.length).toBeCloseTo(1, 1);
  });

  it("rises and falls with the market, not with the day of the week", () => {
    const indexes = seasonIndex(year);
    expect(indexes[91]).toBeGreaterThan(1.3);
    expect(indexes[273]).toBeLessThan(0.7);
    for (let day = 100; day < 250; day++) expect(Math.abs(indexes[day + 1]! - indexes[day]!)).toBeLessThan(0.03);
  });

  it("reads the same backwards", () => {
    const backwards = seasonIndex(year.toReversed()).toReversed();
    for (const [day, index] of seasonIndex(year).entries()) expect(backwards[day]).toBeCloseTo(index, 12);
  });

  it("never falls below a fifth, so that a dead month cannot blow a curve up", () => {
    const paused = year.map((revenue, day) => (day > 100 && day < 200 ? 0 : revenue));
    const indexes = seasonIndex(paused);
    expect(indexes[150]).toBe(0.2);
    expect(Math.min(...indexes)).toBe(0.2);
  });
});

describe("the index of demand", () => {
  it("rises and falls with the day of the week too", () => {
    const indexes = demandIndex(year);
    for (let day = 100; day < 250; day++) {
      const season = 1 + 0.4 * Math.sin((2 * Math.PI * day) / 365);
      const weekday = (day % 7 < 2 ? 0.5 : 1) / (6 / 7);
      expect(indexes[day]! / (season * weekday)).toBeGreaterThan(0.9);
      expect(indexes[day]! / (season * weekday)).toBeLessThan(1.1);
    }
  });

  it("is 1 on every day of an even year, and where nothing was sold", () => {
    for (const index of demandIndex(new Float64Array(100).fill(250))) expect(index).toBeCloseTo(1, 12);
    expect([...demandIndex(new Float64Array(5))]).toEqual([1, 1, 1, 1, 1]);
  });
});
