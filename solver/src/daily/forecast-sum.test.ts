import { describe, expect, it } from "vitest";
import { forecastSum } from "./forecast-sum.ts";
import { FLAT_WEEK, type Habit, OFFICE_WEEK, SHOP_WEEK, seeded, simulateDays } from "./simulated-days.fixture.ts";

const HABITS: Readonly<Record<string, Habit>> = {
  steady: { noise: 0.1, drift: 0, growth: 0, week: SHOP_WEEK },
  noisy: { noise: 0.3, drift: 0, growth: 0, week: FLAT_WEEK },
  wandering: { noise: 0.1, drift: 0.03, growth: 0, week: OFFICE_WEEK },
  restless: { noise: 0.05, drift: 0.06, growth: 0, week: SHOP_WEEK },
  growing: { noise: 0.1, drift: 0.01, growth: 0.004, week: SHOP_WEEK },
};

const HISTORY = 84;
const SERIES = 150;

/** Ends of months that were never seen, of many accounts with one habit. */
function foretell(habit: Habit, days: number, seed: number) {
  let [inside, error] = [0, 0];
  for (let account = 1; account <= SERIES; account++) {
    const series = simulateDays(habit, HISTORY + days, seeded(seed * 1_000 + account));
    const truth = series.slice(HISTORY).reduce((sum, day) => sum + day, 0);
    const end = forecastSum(series.slice(0, HISTORY), days, 0.8)!.at(-1)!;
    if (end.low <= truth && truth <= end.high) inside++;
    error += end.mean / truth - 1;
  }
  return { coverage: inside / SERIES, bias: error / SERIES };
}

describe("the forecast of a sum", () => {
  it("continues a week that repeats itself exactly, without any width", () => {
    const week = [120, 100, 100, 90, 130, 40, 0];
    const series = Array.from({ length: 56 }, (_, day) => week[day % 7]!);
    const ahead = forecastSum(series, 10, 0.8)!;
    let expected = 0;
    for (const [day, { mean, low, high }] of ahead.entries()) {
      expected += week[day % 7]!;
      expect(mean / expected).toBeCloseTo(1, 9);
      expect((high - low) / expected).toBeLessThan(1e-6);
    }
    expect(ahead).toHaveLength(10);
  });

  it("holds the truth about as often as it says, with little bias, on series it never saw", { timeout: 60_000 }, () => {
    const results = Object.entries(HABITS).flatMap(([name, habit], i) =>
      [7, 21].map((days) => ({ name, days, ...foretell(habit, days, i + 1) })),
    );
    for (const { name, days, coverage, bias } of results) {
      const where = `${name}, ${days} days: coverage ${coverage.toFixed(3)}, bias ${bias.toFixed(4)}`;
      expect(coverage, where).toBeGreaterThan(0.7);
      // A level that never moves is not known to be one: its interval is the careful side.
      expect(coverage, where).toBeLessThan(0.98);
      expect(Math.abs(bias), where).toBeLessThan(0.045);
    }
    const mean = results.reduce((sum, { coverage }) => sum + coverage, 0) / results.length;
    expect(Math.abs(mean - 0.8), `mean coverage ${mean}`).toBeLessThan(0.05);
    expect(results).toHaveLength(10);
  });

  it("is a thousand times as large in a currency of a thousandth", () => {
    const series = simulateDays(HABITS.wandering!, 60, seeded(9));
    const [small, large] = [series, series.map((day) => 1_000 * day)].map((each) => forecastSum(each, 12, 0.8)!);
    for (const [day, { mean, low, high }] of small!.entries()) {
      expect(large![day]!.mean / mean).toBeCloseTo(1_000, 6);
      expect(large![day]!.low / low).toBeCloseTo(1_000, 6);
      expect(large![day]!.high / high).toBeCloseTo(1_000, 6);
    }
  });

  it("never falls from one day to the next, nor below nothing", () => {
    const falling = Array.from({ length: 60 }, (_, day) => Math.max(0, 600 - 11 * day));
    const ahead = forecastSum(falling, 30, 0.8)!;
    for (const [day, { mean, low, high }] of ahead.entries()) {
      expect(low).toBeGreaterThanOrEqual(day === 0 ? 0 : ahead[day - 1]!.low);
      expect(mean).toBeGreaterThanOrEqual(low);
      expect(high).toBeGreaterThanOrEqual(mean);
    }
  });

  it("goes over gaps, and says nothing where too little is known", () => {
    const series = Array.from({ length: 56 }, (_, day) => (day % 9 === 4 ? null : 100));
    expect(forecastSum(series, 5, 0.8)!.at(-1)!.mean).toBeCloseTo(500, 6);
    expect(forecastSum([1, 2, 3, null, null, null, null, null], 5, 0.8)).toBeNull();
    expect(
      forecastSum(
        Array.from({ length: 20 }, () => 0),
        2,
        0.8,
      ),
    ).toEqual([
      { mean: 0, low: 0, high: 0 },
      { mean: 0, low: 0, high: 0 },
    ]);
  });
});
