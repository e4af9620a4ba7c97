import { describe, expect, test } from "vitest";
import { evidenceOf, type LiftTest, testedEffect } from "./lift-evidence.ts";
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
