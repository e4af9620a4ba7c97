import { type Curve, curveSlope, curveValue, isConcave } from "@touchline/solver";
import { describe, expect, it } from "vitest";
import { concaveAt } from "./concave-at.ts";

describe("a curve without an S", () => {
  it("is the curve itself where it has none", () => {
    const curve: Curve = { type: "hill", beta: 100, k: 50, s: 0.9 };
    expect(concaveAt(curve, 30)).toBe(curve);
  });

  it("brings the same at today's spend, and as much for the next unit", () => {
    const curve: Curve = { type: "hill", beta: 100, k: 50, s: 1.2 };
    const concave = concaveAt(curve, 40);
    expect(isConcave(concave)).toBe(true);
    expect(curveValue(concave, 40)).toBeCloseTo(curveValue(curve, 40), 10);
    expect(curveSlope(concave, 40)).toBeCloseTo(curveSlope(curve, 40), 10);
  });

  it("brings the same at today's spend, and less than in proportion for the next unit, at the foot of an S", () => {
    const curve: Curve = { type: "hill", beta: 100, k: 50, s: 3 };
    const concave = concaveAt(curve, 10);
    expect(curveValue(concave, 10)).toBeCloseTo(curveValue(curve, 10), 10);
    expect(curveSlope(concave, 10)).toBeLessThan(curveValue(curve, 10) / 10);
  });
});
