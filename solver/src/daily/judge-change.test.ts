import { describe, expect, it } from "vitest";
import { drawNormal } from "../draw-normal.ts";
import { judgeChange } from "./judge-change.ts";
import { seeded } from "./simulated-days.fixture.ts";

const SERIES = 4_000;

/** Share of changes that are called unusual on steady series: weeks that differ by chance alone. */
function falseAlarms(weeks: number, seed: number): number {
  const random = seeded(seed);
  let alarms = 0;
  for (let series = 0; series < SERIES; series++) {
    const totals = Array.from({ length: weeks }, () => 1_000 * Math.exp(0.08 * drawNormal(random)));
    if (judgeChange(totals, 0.9)!.isUnusual) alarms++;
  }
  return alarms / SERIES;
}

describe("whether a change is more than noise", () => {
  it("raises about one false alarm in ten on steady weeks, as the level says", { timeout: 30_000 }, () => {
    for (const weeks of [9, 13, 14, 27, 53]) {
      const rate = falseAlarms(weeks, weeks);
      expect(rate, `${weeks} weeks: ${rate}`).toBeGreaterThan(0.07);
      expect(rate, `${weeks} weeks: ${rate}`).toBeLessThan(0.13);
    }
  });

  it("sees a fall by half among weeks that differ by a few per cent", () => {
    const weeks = [100, 104, 98, 101, 103, 99, 102, 100, 101, 50];
    const judged = judgeChange(weeks, 0.9)!;
    expect(judged.isUnusual).toBe(true);
    expect(judged.factor).toBeCloseTo(50 / 101, 12);
    expect(judgeChange([...weeks.slice(0, -1), 103], 0.9)!.isUnusual).toBe(false);
  });

  it("is not blinded by one week of sales", () => {
    const weeks = [100, 104, 98, 101, 400, 99, 102, 100, 101, 103, 99, 60];
    expect(judgeChange(weeks, 0.9)!.isUnusual).toBe(true);
  });

  it("is the same in every currency", () => {
    const weeks = [100, 90, 120, 110, 95, 105, 99, 130];
    const [one, thousand] = [weeks, weeks.map((week) => 1_000 * week)].map((each) => judgeChange(each, 0.9)!);
    expect(thousand!.low).toBeCloseTo(one!.low, 12);
    expect(thousand!.high).toBeCloseTo(one!.high, 12);
  });

  it("says nothing where too little is known", () => {
    expect(judgeChange([1, 2, 3, 4, 5, 6, 7], 0.9)).toBeNull();
    expect(judgeChange([1, 2, 3, 4, 5, 6, 7, 8], 0.9)).not.toBeNull();
    expect(judgeChange([1, 2, 3, 4, 5, 6, 7, 8, 0], 0.9)).toBeNull();
    expect(judgeChange([1, 2, 3, 4, 5, 6, 7, 8, null], 0.9)).toBeNull();
  });

  it("calls nothing unusual where nothing ever changes, and everything that does", () => {
    const still = Array.from({ length: 12 }, () => 100);
    expect(judgeChange(still, 0.9)!.isUnusual).toBe(false);
    expect(judgeChange([...still, 101], 0.9)!.isUnusual).toBe(true);
  });
});
