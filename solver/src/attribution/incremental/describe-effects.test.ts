import { describe, expect, test } from "vitest";
import { describeHeld, describeTested } from "./describe-effects.ts";
import { LAG_BINS, LAG_EDGES_DAYS } from "./lag-curves.ts";

const USUAL = 0.002;
const tested = (mean: number, excess: number) =>
  describeTested("Brand", { excess }, { mean, standardError: 20 }, USUAL);

describe("a flagged channel that was tested", () => {
  test("gets the mean of its tests with their interval, and is said to stand on them alone", () => {
    const { conversions, low, high, isTested, calibration } = tested(100, 400);
    expect({ conversions, isTested, calibration }).toEqual({ conversions: 100, isTested: true, calibration: 1 });
    expect(low).toBeCloseTo(100 - 1.645 * 20, 9);
    expect(high).toBeCloseTo(100 + 1.645 * 20, 9);
    expect(tested(10, 400).low).toBe(0);
  });

  test("takes of a conversion that follows at once the part that the tests found, and nothing of later ones", () => {
    const { effectByLag, perTouch } = tested(100, 400);
    expect(effectByLag).toHaveLength(LAG_BINS);
    effectByLag.forEach((rate, bin) => {
      const isAtOnce = LAG_EDGES_DAYS[bin + 1]! <= 16 / 24;
      expect(rate / (rate + USUAL)).toBeCloseTo(isAtOnce ? 100 / 400 : 0, 12);
    });
    expect(perTouch).toBeCloseTo(effectByLag[0]! * (16 / 24), 12);
  });

  test("has half of its effect after half of the time that it works", () => {
    expect(tested(100, 400).halfLifeDays).toBeCloseTo(8 / 24, 12);
  });

  test("never takes all of a conversion, whatever a test claims", () => {
    const { effectByLag } = tested(5_000, 400);
    expect(effectByLag[0]! / (effectByLag[0]! + USUAL)).toBeCloseTo(0.95, 12);
  });

  test("gets nothing where the tests found nothing, or nothing follows its touches", () => {
    for (const { effectByLag, perTouch, halfLifeDays } of [tested(0, 400), tested(100, 0)]) {
      expect(effectByLag.every((rate) => rate === 0)).toBe(true);
      expect({ perTouch, halfLifeDays }).toEqual({ perTouch: 0, halfLifeDays: null });
    }
  });
});

test("a flagged channel without a test gets nothing, and up to 30 % of what follows it may be real", () => {
  const signature = { channel: 0, soonPerTouch: 1, shareSoon: 1, excess: 400, isFlagged: true };
  expect(describeHeld("Brand", signature)).toMatchObject({ conversions: 0, high: 120, isTested: false });
  expect(describeHeld("Direct", { ...signature, isFlagged: false })).toMatchObject({ conversions: 0, high: 0 });
});
