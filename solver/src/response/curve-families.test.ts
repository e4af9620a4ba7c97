import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Curve,
  curveCurvature,
  curveSlope,
  curveValue,
  inverseSlope,
  isConcave,
  scaleCurve,
} from "./curve-families.ts";

const families: Curve[] = [
  { type: "hill", beta: 300000, k: 40000, s: 1 },
  { type: "hill", beta: 300000, k: 40000, s: 0.6 },
  { type: "log", a: 95000, b: 22000 },
  { type: "power", a: 620, p: 0.52 },
  { type: "exp", a: 60000, b: 30000 },
  { type: "logistic", a: 52000, lam: 6e-5 },
];
const sShaped: Curve = { type: "hill", beta: 300000, k: 45000, s: 3 };
const named = [...families, sShaped].map(
  (curve) => [`${curve.type}${curve.type === "hill" ? ` s=${curve.s}` : ""}`, curve] as const,
);

const relative = (a: number, b: number) => Math.abs(a - b) / Math.max(Math.abs(b), 1e-300);

describe.each(named)("%s", (_, curve) => {
  test("starts at zero and never falls", () => {
    expect(curveValue(curve, 0)).toBe(0);
    let last = 0;
    for (let x = 1e-3; x < 1e8; x *= 1.7) {
      expect(curveValue(curve, x)).toBeGreaterThanOrEqual(last);
      last = curveValue(curve, x);
    }
  });

  test("has the slope and the curvature of its own differences", () => {
    for (const x of [300, 5000, 40000, 200000]) {
      const h = x * 1e-4;
      const slope = (curveValue(curve, x + h) - curveValue(curve, x - h)) / (2 * h);
      const curvature = (curveSlope(curve, x + h) - curveSlope(curve, x - h)) / (2 * h);
      expect(relative(curveSlope(curve, x), slope)).toBeLessThan(1e-6);
      expect(relative(curveCurvature(curve, x), curvature)).toBeLessThan(1e-6);
    }
  });

  test("is the same curve in any currency", () => {
    const inThousands = scaleCurve(curve, 1000, 1000);
    for (const x of [0, 3, 500, 80000]) {
      expect(relative(1000 * curveValue(inThousands, x / 1000), curveValue(curve, x))).toBeLessThan(1e-13);
      if (x > 0) expect(relative(curveSlope(inThousands, x / 1000), curveSlope(curve, x))).toBeLessThan(1e-13);
    }
  });
});

test("small spends keep their digits", () => {
  const tiny = 1e-9;
  expect(relative(curveValue({ type: "exp", a: 60000, b: 30000 }, tiny), 2 * tiny)).toBeLessThan(1e-13);
  expect(relative(curveValue({ type: "log", a: 60000, b: 30000 }, tiny), 2 * tiny)).toBeLessThan(1e-13);
  expect(relative(curveValue({ type: "logistic", a: 60000, lam: 1e-4 }, tiny), 3 * tiny)).toBeLessThan(1e-13);
});

test("a saturated curve has slope zero, not NaN", () => {
  for (const curve of families) {
    expect(curveSlope(curve, 1e12)).toBeGreaterThanOrEqual(0);
    expect(curveSlope(curve, 1e12)).toBeLessThan(0.01);
  }
});

test("the first unit on a power curve is worth without end", () => {
  expect(curveSlope({ type: "power", a: 620, p: 0.52 }, 0)).toBe(Number.POSITIVE_INFINITY);
  expect(curveSlope({ type: "power", a: 3, p: 1 }, 0)).toBe(3);
  expect(curveSlope({ type: "power", a: 0, p: 0.5 }, 0)).toBe(0);
});

test("concave families are told from S-shaped ones", () => {
  expect(families.map(isConcave)).toEqual(families.map(() => true));
  expect(isConcave(sShaped)).toBe(false);
  expect(isConcave({ type: "power", a: 1, p: 1.2 })).toBe(false);
});

describe("the spend at which the margin has fallen to a price", () => {
  test("has that price as its slope", () => {
    let ran = 0;
    for (const curve of families)
      for (const x of [1e-6, 10, 4000, 60000, 150000]) {
        const back = inverseSlope(curve, curveSlope(curve, x));
        expect(relative(curveSlope(curve, back), curveSlope(curve, x))).toBeLessThan(1e-12);
        ran++;
      }
    expect(ran).toBe(30);
  });

  test("is worth more than any other spend at that price", () => {
    let ran = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...families),
        fc.double({ min: 1e-3, max: 20, noNaN: true }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        (curve, price, other) => {
          const best = inverseSlope(curve, price);
          const worth = (x: number) => curveValue(curve, x) - price * x;
          expect(worth(other)).toBeLessThanOrEqual(worth(best) + 1e-9 * curveValue(curve, other));
          ran++;
        },
      ),
    );
    expect(ran).toBeGreaterThanOrEqual(100);
  });

  test("is zero where the first unit does not earn it, and endless where nothing stops", () => {
    expect(inverseSlope({ type: "exp", a: 60000, b: 30000 }, 2)).toBe(0);
    expect(inverseSlope({ type: "exp", a: 60000, b: 30000 }, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(inverseSlope({ type: "power", a: 3, p: 1 }, 2)).toBe(Number.POSITIVE_INFINITY);
    expect(inverseSlope({ type: "power", a: 3, p: 1 }, 4)).toBe(0);
  });

  test("is refused for an S-shaped curve, which has two", () => {
    expect(() => inverseSlope(sShaped, 1)).toThrow(RangeError);
  });
});
