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
const mixture: Curve = {
  type: "mixture",
  parts: [
    { weight: 0.3, curve: families[0]! },
    { weight: 0.25, curve: families[2]! },
    { weight: 0.2, curve: families[4]! },
    { weight: 0.25, curve: families[5]! },
    { weight: 0, curve: { type: "power", a: 620, p: 0.52 } },
  ],
};
families.push(mixture);
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
    expect(ran).toBe(5 * families.length);
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

  test("never grows with the price, however near a hill is to one that begins straight", () => {
    for (const s of [0.5, 0.99, 1 - 1e-7, 1 - 1e-12, 1 - Number.EPSILON / 2]) {
      const curve = { type: "hill", beta: 50, k: 20, s } as const;
      let before = Number.POSITIVE_INFINITY;
      for (let logPrice = -20; logPrice < 20; logPrice += 0.01) {
        const spend = inverseSlope(curve, Math.exp(logPrice));
        expect(spend).toBeLessThanOrEqual(before * (1 + 1e-12));
        before = spend;
      }
      expect(before).toBeLessThan(1e-5);
    }
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

describe("a mixture of curves", () => {
  const single = families.filter(({ type }) => type !== "mixture");
  const drawn = fc
    .array(fc.record({ weight: fc.double({ min: 0, max: 2, noNaN: true }), curve: fc.constantFrom(...single) }), {
      minLength: 1,
      maxLength: 12,
    })
    .filter((parts) => parts.some(({ weight }) => weight > 1e-3))
    .map((parts): Curve => ({ type: "mixture", parts }));

  test("gives back the spend for the slope of any spend, to the last digits", () => {
    let ran = 0;
    fc.assert(
      fc.property(drawn, fc.double({ min: -6, max: 6, noNaN: true }), (curve, exponent) => {
        const slope = curveSlope(curve, 10 ** exponent);
        expect(relative(curveSlope(curve, inverseSlope(curve, slope)), slope)).toBeLessThan(1e-14);
        ran++;
      }),
      { numRuns: 500 },
    );
    expect(ran).toBe(500);
  });

  test("of one part is that part", () => {
    for (const curve of single) {
      const alone: Curve = { type: "mixture", parts: [{ weight: 2, curve }] };
      for (const x of [0, 1, 3000, 90000]) {
        expect(curveValue(alone, x)).toBe(2 * curveValue(curve, x));
        expect(curveSlope(alone, x)).toBe(2 * curveSlope(curve, x));
      }
      const back = inverseSlope(alone, 2 * curveSlope(curve, 3000));
      expect(relative(back, inverseSlope(curve, curveSlope(curve, 3000)))).toBeLessThan(1e-12);
    }
  });

  test("keeps the endless slope of a power part and ignores parts without weight", () => {
    const power: Curve = { type: "power", a: 620, p: 0.52 };
    const steep: Curve = { type: "mixture", parts: [{ weight: 1e-9, curve: power }] };
    expect(curveSlope(steep, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(curveSlope(mixture, 0)).toBeLessThan(20);
    expect(curveSlope({ type: "mixture", parts: [{ weight: 0, curve: power }] }, 0)).toBe(0);
    expect(inverseSlope({ type: "mixture", parts: [] }, 1)).toBe(0);
  });

  test("never stops where its straight parts alone earn the price", () => {
    const parts = [
      { weight: 0.5, curve: { type: "power", a: 3, p: 1 } },
      { weight: 0.5, curve: { type: "exp", a: 60000, b: 30000 } },
    ] as const;
    const curve: Curve = { type: "mixture", parts };
    expect(inverseSlope(curve, 1.5)).toBe(Number.POSITIVE_INFINITY);
    expect(relative(inverseSlope(curve, 1.75), inverseSlope(parts[1].curve, 0.5))).toBeLessThan(1e-13);
    expect(inverseSlope(curve, 2.5)).toBe(0);
  });

  test("is concave when all its parts are", () => {
    expect(isConcave(mixture)).toBe(true);
    const bent: Curve = { type: "mixture", parts: [{ weight: 1, curve: sShaped }] };
    expect(isConcave(bent)).toBe(false);
    expect(() => inverseSlope(bent, 1)).toThrow(RangeError);
  });
});
