import { describe, expect, it } from "vitest";
import { type Curve, curveSlope, curveValue, isConcave } from "./curve-families.ts";
import type { DrawnDelivery } from "./delivery/draw-deliveries.ts";
import { averageCurve, responseCurves } from "./response-draws.ts";

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const deliveries: DrawnDelivery[] = Array.from({ length: 120 }, (_, i) => ({
  shape: {
    family: (["hill", "log", "exp", "logistic"] as const)[i % 4]!,
    exponent: i % 8 === 0 ? 0.8 : 1,
    elasticity: 0.4 + (i % 10) / 40,
  },
  level: 500 + i,
}));
const effect = { revenuePerTouch: 2, usualVolume: 560, wear: 0.03, wearCentre: 0.03, wearDeviation: 0.02 };
const current = 130;
const respond = (creditDeviation: number) =>
  responseCurves({ reference: 100, draws: deliveries }, effect, { current, creditDeviation, random: generator(5) });
const meanOf = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

describe("a response curve", () => {
  it("is the mean of its draws at today's spend, in value and slope, where the credit is sure", () => {
    const { mean, draws } = respond(0);
    expect(curveValue(mean, current) / meanOf(draws.map((draw) => curveValue(draw, current)))).toBeCloseTo(1, 9);
    expect(curveSlope(mean, current) / meanOf(draws.map((draw) => curveSlope(draw, current)))).toBeCloseTo(1, 6);
    for (const spend of [65, 260])
      expect(curveValue(mean, spend) / meanOf(draws.map((draw) => curveValue(draw, spend)))).toBeCloseTo(1, 2);
  });

  it("does not move with the uncertainty of the credit, which its draws carry", () => {
    expect(respond(0.4).mean).toEqual(respond(0).mean);
    const values = respond(0.4).draws.map((draw) => curveValue(draw, current));
    const mean = meanOf(values);
    const deviation = Math.sqrt(meanOf(values.map((value) => (value / mean - 1) ** 2)));
    expect(deviation).toBeGreaterThan(0.3);
    expect(deviation).toBeLessThan(0.5);
  });

  it("bends more where touches wear out", () => {
    const worn = { ...effect, wearCentre: 0.3, wearDeviation: 0 };
    const options = { current, creditDeviation: 0, random: generator(5) };
    const { mean } = responseCurves({ reference: 100, draws: deliveries }, worn, options);
    const elasticity = (curve: Curve) => (curveSlope(curve, current) * current) / curveValue(curve, current);
    expect(elasticity(mean) / elasticity(respond(0).mean)).toBeCloseTo(0.7 / 0.97, 1);
  });
});

describe("an average of curves", () => {
  it("has one part a family, as heavy as the family is frequent, and is concave", () => {
    const curve = averageCurve(respond(0).draws, current);
    if (curve.type !== "mixture") throw new Error("four families were averaged into one");
    expect(curve.parts.map(({ weight }) => weight)).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(isConcave(curve)).toBe(true);
  });

  it("of one curve is that curve", () => {
    const only: Curve = { type: "hill", beta: 1_000, k: 80, s: 1 };
    const curve = averageCurve([only, only], 130);
    expect(curve.type).toBe("hill");
    for (const spend of [10, 130, 900]) expect(curveValue(curve, spend)).toBeCloseTo(curveValue(only, spend), 6);
  });

  it("passes on curves that bring nothing", () => {
    const nothing: Curve = { type: "hill", beta: 0, k: 1, s: 1 };
    expect(curveValue(averageCurve([nothing, nothing], 10), 10)).toBe(0);
  });
});
