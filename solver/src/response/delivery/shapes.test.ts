import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { curveSlope, curveValue, isConcave } from "../curve-families.ts";
import { boundPower, type DeliveryShape, deliveryCurve } from "./shapes.ts";

const shapes = fc
  .record({
    family: fc.constantFrom("hill", "log", "power", "exp", "logistic" as const),
    exponent: fc.double({ min: 0.4, max: 1, noNaN: true }),
    part: fc.double({ min: 0.01, max: 0.97, noNaN: true }),
  })
  .map(({ family, exponent, part }): DeliveryShape => {
    const highest = family === "hill" ? exponent : 1;
    return { family, exponent: highest, elasticity: part * highest };
  });
const amounts = fc.double({ min: 0.01, max: 1e6, noNaN: true });

describe("a shape", () => {
  it("gives a concave curve with its level and its elasticity at the reference", () => {
    fc.assert(
      fc.property(shapes, amounts, amounts, (shape, reference, level) => {
        const curve = deliveryCurve(shape, reference, level);
        expect(curveValue(curve, reference) / level).toBeCloseTo(1, 8);
        expect((curveSlope(curve, reference) * reference) / level).toBeCloseTo(shape.elasticity, 7);
        expect(isConcave(curve)).toBe(true);
      }),
    );
  });
});

describe("a power curve that is bounded", () => {
  it("keeps its elasticity, and saturates beyond the half-spend", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 0.98, noNaN: true }),
        fc.double({ min: 1.5, max: 30, noNaN: true }),
        (elasticity, halfSpend) => {
          const bounded = boundPower({ family: "power", exponent: 1, elasticity }, halfSpend);
          const curve = deliveryCurve(bounded, 1, 1);
          expect(curveSlope(curve, 1)).toBeCloseTo(elasticity, 7);
          expect(bounded.exponent).toBeLessThanOrEqual(1);
          expect(curveValue(curve, 1e4)).toBeLessThan(1e4 ** elasticity);
        },
      ),
    );
  });
});
