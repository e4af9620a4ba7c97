import { describe, expect, test } from "vitest";
import { classifyIntent, type IntentStatistics, weighMarks } from "./intent.ts";
import { LAG_EDGES_DAYS } from "./lag-curves.ts";
import type { ConversionRows, SparseCounts } from "./statistics.ts";

const DIRECT = 0;
const RETARGETING = 1;
const TV = 2;
const NEAR = 3 - 2 / 24;
const binAt = (days: number): number => LAG_EDGES_DAYS.findLastIndex((edge) => edge <= days);

/** Each row: pairs of a channel and a lag in days. */
function sparse(rows: readonly (readonly (readonly [number, number])[])[]): SparseCounts {
  const all = rows.flat();
  const offsets = new Uint32Array(rows.length + 1);
  rows.forEach((row, r) => {
    offsets[r + 1] = offsets[r]! + row.length;
  });
  return {
    offsets,
    channel: Uint16Array.from(all, ([channel]) => channel),
    bin: Uint8Array.from(all, ([, days]) => binAt(days)),
    count: new Float32Array(all.length).fill(1),
  };
}

/** Visits a day before touches, near and far, by channel; 1,000 touches each. */
function intentOf(
  near: readonly number[],
  far: readonly number[],
  moments: readonly (readonly (readonly [number, number])[])[] = [[]],
): IntentStatistics {
  return {
    visits: [DIRECT],
    touches: new Float64Array(near.length).fill(1_000),
    visitsNear: Float64Array.from(near, (rate) => rate * 1_000 * NEAR),
    visitsFar: Float64Array.from(far, (rate) => rate * 1_000 * 20),
    moments: { hour: Uint8Array.from(moments, (_, i) => i % 24), before: sparse(moments) },
  };
}

describe("marks of intent", () => {
  test("are weighed against an own visit by the visits before them beyond the usual", () => {
    const weights = weighMarks(intentOf([0.5, 0.35, 0.1], [0.1, 0.15, 0.1]))!;
    expect(weights[DIRECT]).toBe(1);
    expect(weights[RETARGETING]).toBeCloseTo(0.5, 9);
    expect(weights[TV]).toBe(0);
  });

  test("are none where no channel is aimed, where nobody visits, or visits are few", () => {
    expect(weighMarks(intentOf([0.5, 0.1, 0.1], [0.1, 0.1, 0.1]))).toBeNull();
    expect(weighMarks(intentOf([0.1, 0.5, 0.1], [0.1, 0.1, 0.1]))).toBeNull();
    expect(weighMarks(intentOf([0, 0, 0], [0, 0, 0]))).toBeNull();
    expect(weighMarks(intentOf([0.005, 0.005, 0], [0, 0, 0]))).toBeNull();
    const nobody = { ...intentOf([0.5, 0.3], [0.1, 0.1]), touches: Float64Array.of(0, 1_000) };
    expect(weighMarks(nobody)).toBeNull();
  });

  test("never weigh more than three visits", () => {
    expect(weighMarks(intentOf([0.12, 0.9, 0], [0.02, 0.1, 0]))![RETARGETING]).toBe(3);
  });
});

function conversionsWith(rows: readonly (readonly (readonly [number, number])[])[]): ConversionRows {
  const none = sparse(rows.map(() => []));
  return {
    day: new Uint16Array(rows.length).fill(50),
    hour: Uint8Array.from(rows, (_, i) => i % 24),
    bucket: new Uint8Array(rows.length),
    ...{ history: none, before: sparse(rows), after: none },
  };
}

describe("classes of intent", () => {
  const weights = Float64Array.of(1, 0.5, 0);
  const rows: [number, number][][] = [
    [],
    [[TV, 1]],
    [[DIRECT, 0.1]],
    [[RETARGETING, 1]],
    [
      [DIRECT, 1],
      [RETARGETING, 1],
    ],
    ...Array.from({ length: 40 }, (_, i): [number, number][] => Array.from({ length: 1 + (i % 8) }, () => [DIRECT, 1])),
  ];
  const moments: [number, number][][] = [...new Array(90).fill([]), ...new Array(10).fill([[DIRECT, 1]])];
  const found = classifyIntent(conversionsWith(rows), intentOf([1, 1, 1], [0, 0, 0], moments), weights);

  test("are 0 for people without marks, for touches aimed at nobody, and for the visit that closes the purchase", () => {
    expect([...found.ofConversion.subarray(0, 3)]).toEqual([0, 0, 0]);
  });

  test("rise with the marks", () => {
    expect(found.ofConversion[3]).toBeGreaterThan(0);
    expect(found.ofConversion[4]).toBeGreaterThan(found.ofConversion[3]!);
    const byVisits = [...found.ofConversion.subarray(5, 13)];
    expect(byVisits).toEqual([...byVisits].sort((a, b) => a - b));
    expect([...found.edges]).toEqual([...found.edges].sort((a, b) => a - b));
  });

  test("share out the time of random moments, weighted with the hour's demand, and none is without time", () => {
    const total = found.shareOfTime.reduce((sum, each) => sum + each, 0);
    expect(total).toBeGreaterThan(0.07);
    expect(total).toBeLessThan(0.2);
    expect(found.shareOfTime.every((share) => share > 0)).toBe(true);
  });
});
