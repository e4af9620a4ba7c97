import { describe, expect, test } from "vitest";
import { type Curve, curveSlope, curveValue, isConcave } from "../curve-families.ts";
import { curveThroughPoints } from "./curve-through-points.ts";

const along = (curve: Curve, widest: number, count = 20) =>
  Array.from({ length: count + 1 }, (_, i) => {
    const spend = (widest * i) / count;
    return { spend, response: curveValue(curve, spend) };
  });

describe("a curve through the points of a table", () => {
  test.each<[string, Curve]>([
    ["hill", { type: "hill", beta: 300_000, k: 40_000, s: 1 }],
    ["flat hill", { type: "hill", beta: 300_000, k: 40_000, s: 0.7 }],
    ["log", { type: "log", a: 95_000, b: 22_000 }],
    ["power", { type: "power", a: 620, p: 0.52 }],
    ["exp", { type: "exp", a: 60_000, b: 30_000 }],
    ["logistic", { type: "logistic", a: 52_000, lam: 6e-5 }],
    ["straight line", { type: "power", a: 2, p: 1 }],
  ])("comes within half a per cent of a %s, is concave and has its slope", (_, truth) => {
    const fit = curveThroughPoints(along(truth, 100_000))!;
    expect(isConcave(fit.curve)).toBe(true);
    expect(fit.deviation).toBeLessThan(5e-4);
    for (let spend = 12_500; spend <= 97_500; spend += 5_000) {
      const value = curveValue(truth, spend);
      expect(Math.abs(curveValue(fit.curve, spend) - value) / curveValue(truth, 100_000)).toBeLessThan(5e-3);
      expect(Math.abs(curveSlope(fit.curve, spend) / curveSlope(truth, spend) - 1)).toBeLessThan(0.05);
    }
  });

  test("is the Hill curve where the points first bend up", () => {
    const truth = { type: "hill", beta: 150_000, k: 30_000, s: 3 } as const;
    const fit = curveThroughPoints(along(truth, 90_000))!;
    expect(isConcave(fit.curve)).toBe(false);
    expect(fit.deviation).toBeLessThan(1e-3);
    expect(curveValue(fit.curve, 37_000) / curveValue(truth, 37_000)).toBeCloseTo(1, 2);
  });

  test("scales with spends and responses", () => {
    const points = along({ type: "log", a: 9, b: 2 }, 10, 12);
    const scaled = points.map(({ spend, response }) => ({ spend: spend * 1e6, response: response * 1e-6 }));
    const one = curveThroughPoints(points)!.curve;
    const other = curveThroughPoints(scaled)!.curve;
    for (const spend of [0.5, 3.3, 7, 20])
      expect(curveValue(other, spend * 1e6) / (curveValue(one, spend) * 1e-6)).toBeCloseTo(1, 4);
  });

  test("is refused where the response falls, or there is but one point", () => {
    expect(curveThroughPoints([{ spend: 1, response: 1 }])).toBeNull();
    expect(
      curveThroughPoints([
        { spend: 1, response: 2 },
        { spend: 2, response: 1 },
      ]),
    ).toBeNull();
  });
});
