import { describe, expect, test } from "vitest";
import { closingTouches, describeHeld, describeTested } from "./describe-effects.ts";
import { LAG_BINS, LAG_EDGES_DAYS } from "./lag-curves.ts";
import type { IncrementalStatistics } from "./statistics.ts";

const USUAL = 0.002;
/** Conversions with one, two or three touches shortly before. */
const CLOSING = Float64Array.from({ length: 400 }, (_, i) => 1 + (i % 3));
const tested = (mean: number, closing = CLOSING) =>
  describeTested("Brand", closing, { mean, standardError: 20 }, USUAL);
/** What all conversions give up to touches of these odds. */
const takenBy = (odds: number, closing = CLOSING) =>
  closing.reduce((sum, touches) => sum + (touches * odds) / (1 + touches * odds), 0);

describe("a flagged channel that was tested", () => {
  test("gets the mean of its tests with their interval, and is said to stand on them alone", () => {
    const { conversions, low, high, isTested, calibration } = tested(100);
    expect({ conversions, isTested, calibration }).toEqual({ conversions: 100, isTested: true, calibration: 1 });
    expect(low).toBeCloseTo(100 - 1.645 * 20, 9);
    expect(high).toBeCloseTo(100 + 1.645 * 20, 9);
    expect(tested(10).low).toBe(0);
  });

  test("takes what the tests found out of the conversions that follow at once, and nothing of later ones", () => {
    const { oddsByLag, effectByLag } = tested(100);
    expect(oddsByLag).toHaveLength(LAG_BINS);
    oddsByLag.forEach((odds, bin) => {
      const isAtOnce = LAG_EDGES_DAYS[bin + 1]! <= 16 / 24;
      expect(takenBy(odds)).toBeCloseTo(isAtOnce ? 100 : 0, 9);
      expect(effectByLag[bin]).toBeCloseTo(odds * USUAL, 12);
    });
  });

  test("has half of its effect after half of the time that it works", () => {
    expect(tested(100).halfLifeDays).toBeCloseTo(8 / 24, 12);
  });

  test("never takes all of the conversions, whatever a test claims", () => {
    expect(takenBy(tested(5_000).oddsByLag[0]!)).toBeCloseTo(0.95 * 400, 6);
  });

  test("gets nothing where the tests found nothing, or nothing follows its touches", () => {
    for (const { effectByLag, perTouch, halfLifeDays } of [tested(0), tested(100, new Float64Array())]) {
      expect(effectByLag.every((rate) => rate === 0)).toBe(true);
      expect({ perTouch, halfLifeDays }).toEqual({ perTouch: 0, halfLifeDays: null });
    }
  });
});

test("touches shortly before a conversion are counted by conversion, from the first fitted day on", () => {
  const before = {
    offsets: Uint32Array.of(0, 2, 3, 5),
    channel: Uint16Array.of(0, 1, 1, 1, 1),
    bin: Uint8Array.of(0, 0, 0, 1, LAG_BINS - 1),
    count: Float32Array.of(5, 2, 9, 3, 7),
  };
  const conversions = { day: Uint16Array.of(4, 1, 8), before };
  const statistics = { conversions } as unknown as IncrementalStatistics;
  expect([...closingTouches(statistics, 1, 2)]).toEqual([2, 3]);
  expect([...closingTouches(statistics, 0, 0)]).toEqual([5]);
});

test("a flagged channel without a test gets nothing, and up to 30 % of what follows it may be real", () => {
  const signature = { channel: 0, soonPerTouch: 1, shareSoon: 1, excess: 400, isFlagged: true };
  expect(describeHeld("Brand", signature)).toMatchObject({ conversions: 0, high: 120, isTested: false });
  expect(describeHeld("Direct", { ...signature, isFlagged: false })).toMatchObject({ conversions: 0, high: 0 });
});
