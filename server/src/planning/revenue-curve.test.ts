import type { Curve } from "@touchline/solver";
import { describe, expect, it } from "vitest";
import { curvePerPeriod, marginalAt, revenueAt } from "./revenue-curve.ts";

const curves: Curve[] = [
  { type: "hill", beta: 900, k: 80, s: 1 },
  { type: "power", a: 12, p: 0.6 },
  {
    type: "mixture",
    parts: [
      { weight: 0.3, curve: { type: "hill", beta: 700, k: 50, s: 0.8 } },
      { weight: 0.7, curve: { type: "exp", a: 400, b: 60 } },
    ],
  },
];

describe("a curve of a day", () => {
  it("earns seven times as much in a week of seven times the spend, and as much with the next unit", () => {
    for (const curve of curves) {
      const week = curvePerPeriod(curve, 7);
      for (const spend of [1, 40, 500]) {
        expect(revenueAt(week, 7 * spend)).toBeCloseTo(7 * revenueAt(curve, spend), 9);
        expect(marginalAt(week, 7 * spend)).toBeCloseTo(marginalAt(curve, spend), 9);
      }
    }
  });

  it("says a finite figure for the first unit, even where it begins upright", () => {
    for (const curve of curves) {
      expect(Number.isFinite(marginalAt(curve, 0))).toBe(true);
      expect(marginalAt(curve, 0)).toBeGreaterThan(marginalAt(curve, 1));
    }
  });

  it("earns nothing without spend", () => {
    for (const curve of curves) {
      expect(revenueAt(curve, 0)).toBe(0);
      expect(revenueAt(curve, -5)).toBe(0);
    }
  });
});
