import { describe, expect, test } from "vitest";
import { clearByTests, evidenceOf, type LiftTest, testedEffect } from "./lift-evidence.ts";
import type { IncrementalStatistics } from "./statistics.ts";

const none = {
  offsets: new Uint32Array(1),
  channel: new Uint16Array(),
  bin: new Uint8Array(),
  count: new Float32Array(),
};

/** Two channels on ten days in two buckets: a touch a day of the first, two of the second. */
const STATISTICS: IncrementalStatistics = {
  ...{ channels: ["A", "B"], days: 10, buckets: 2, touchesByHour: new Float64Array(48) },
  touchesByDay: Float64Array.from({ length: 2 * 2 * 10 }, (_, at) => 1 + (Math.floor(at / 10) % 2)),
  conversions: {
    ...{ day: new Uint16Array(), hour: new Uint8Array(), bucket: new Uint8Array() },
    ...{ history: none, before: none, after: none },
  },
};
const TEST: LiftTest = {
  ...{ id: "t", channel: 1, firstDay: 6, lastDay: 9, incremental: 30, standardError: 10, part: 0.5 },
};

describe("a lift test", () => {
  test("is about its part of the touches of the fitted days", () => {
    expect(evidenceOf(TEST, STATISTICS, { fitted: [1], firstDay: 2 })).toEqual([
      { channel: 0, incremental: 30, standardError: 10, share: (4 / 8) * 0.5 },
    ]);
  });

  test("says nothing of channels that are not fitted, of days without touches, or without an error", () => {
    const days = { fitted: [0, 1], firstDay: 2 };
    expect(evidenceOf(TEST, STATISTICS, { ...days, fitted: [0] })).toEqual([]);
    expect(evidenceOf({ ...TEST, firstDay: 20, lastDay: 30 }, STATISTICS, days)).toEqual([]);
    expect(evidenceOf({ ...TEST, standardError: 0 }, STATISTICS, days)).toEqual([]);
  });

  test("alone tells the effect of all fitted days; two of them count by their precision", () => {
    expect(testedEffect([TEST], STATISTICS, 1, 2)).toEqual({ mean: 120, standardError: 40 });
    expect(testedEffect([TEST], STATISTICS, 0, 2)).toBeNull();
    const exact = { ...TEST, id: "u", incremental: 20, standardError: 5 };
    const both = testedEffect([TEST, exact], STATISTICS, 1, 2)!;
    expect(both.mean).toBeCloseTo((120 / 1600 + 80 / 400) / (1 / 1600 + 1 / 400), 9);
    expect(both.standardError).toBeCloseTo(1 / Math.sqrt(1 / 1600 + 1 / 400), 9);
    expect(testedEffect([{ ...TEST, incremental: -30 }], STATISTICS, 1, 2)!.mean).toBe(0);
  });
});

describe("a flagged channel that a test speaks of", () => {
  const signature = { channel: 1, soonPerTouch: 0.1, shareSoon: 0.9, excess: 50, isFlagged: true };
  /** Three conversions that a touch of the channel came shortly before. */
  const followed: IncrementalStatistics = {
    ...STATISTICS,
    conversions: {
      ...STATISTICS.conversions,
      day: Uint16Array.of(3, 4, 5),
      before: {
        offsets: Uint32Array.of(0, 1, 2, 3),
        channel: Uint16Array.of(1, 1, 1),
        bin: new Uint8Array(3),
        count: Float32Array.of(1, 1, 1),
      },
    },
  };
  const isFlagged = (test: Partial<LiftTest>) =>
    clearByTests([signature], [{ ...TEST, ...test }], followed)[0]!.isFlagged;

  test("loses its flag where the test found more than follows its touches at once, beyond its error", () => {
    expect(isFlagged({ incremental: 30, standardError: 1 })).toBe(false);
    expect(isFlagged({ incremental: 30, standardError: 30 })).toBe(true);
    expect(isFlagged({ incremental: 0.1, standardError: 0.01 })).toBe(true);
  });

  test("keeps it where no test speaks of it", () => {
    expect(clearByTests([signature], [{ ...TEST, channel: 0 }], followed)[0]).toBe(signature);
    expect(clearByTests([{ ...signature, isFlagged: false }], [TEST], followed)[0]!.isFlagged).toBe(false);
  });
});
