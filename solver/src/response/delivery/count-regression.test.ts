import { describe, expect, it } from "vitest";
import { drawCoefficients, fitCounts } from "./count-regression.ts";

const DAYS = 400;
const cause = Float64Array.from({ length: DAYS }, (_, day) => Math.sin(day / 9));
const ones = new Float64Array(DAYS).fill(1);
const offset = Float64Array.from({ length: DAYS }, (_, day) => (day % 5) / 10);
const counts = offset.map((each, day) => Math.exp(each + 3 + 0.5 * cause[day]!));
const free = Float64Array.of(0, 0);
const start = Float64Array.of(1, 0);

describe("counts explained by causes", () => {
  it("give back the coefficients that made them", () => {
    for (const excess of [0, 0.2]) {
      const days = { counts, causes: [ones, cause], precision: free };
      const { coefficients } = fitCounts(days, offset, ones, { excess, clumping: 1 }, start);
      expect(coefficients[0]).toBeCloseTo(3, 5);
      expect(coefficients[1]).toBeCloseTo(0.5, 5);
    }
  });

  it("leave out the days that are held out", () => {
    const wrong = counts.map((count, day) => (day < 50 ? 10 * count : count));
    const weights = ones.map((_, day) => (day < 50 ? 0 : 1));
    const days = { counts: wrong, causes: [ones, cause], precision: free };
    expect(fitCounts(days, offset, weights, { excess: 0, clumping: 1 }, start).coefficients[0]).toBeCloseTo(3, 5);
  });

  it("pull a coefficient towards 0 as far as that is assumed", () => {
    const scatter = { excess: 0, clumping: 1 };
    const days = (precision: number) => ({ counts, causes: [ones, cause], precision: Float64Array.of(0, precision) });
    const slopes = [0, 1e3, 1e5].map((each) => fitCounts(days(each), offset, ones, scatter, start).coefficients[1]!);
    expect(slopes[0]).toBeGreaterThan(slopes[1]!);
    expect(slopes[1]).toBeGreaterThan(slopes[2]!);
    expect(slopes[2]).toBeGreaterThan(0);
  });

  it("are drawn around the fit as widely as the information leaves them", () => {
    const fit = fitCounts(
      { counts, causes: [ones], precision: Float64Array.of(0) },
      offset,
      ones,
      { excess: 0, clumping: 4 },
      Float64Array.of(1),
    );
    const total = counts.reduce((sum, count) => sum + count, 0);
    expect(drawCoefficients(fit, () => 1)[0]! - fit.coefficients[0]!).toBeCloseTo(2 / Math.sqrt(total), 4);
  });
});
