import { describe, expect, test } from "vitest";
import { LAG_BINS, LAG_CURVES, LAG_EDGES_DAYS } from "./lag-curves.ts";

describe("lag curves", () => {
  test.each(LAG_CURVES.map((curve, i) => [i, curve] as const))(
    "curve %i gives out no more than all of the effect",
    (_, curve) => {
      let arrived = 0;
      let half = 0;
      curve.density.forEach((each, bin) => {
        const from = LAG_EDGES_DAYS[bin]!;
        const to = LAG_EDGES_DAYS[bin + 1]!;
        expect(each).toBeGreaterThanOrEqual(0);
        arrived += each * (to - from);
        half += each * Math.max(0, Math.min(to, curve.halfLifeDays) - from);
      });
      expect(arrived).toBeLessThanOrEqual(1 + 1e-12);
      expect(arrived).toBeGreaterThan(0.75);
      // Inside a bin the density is even, so that half of the effect is by the half-life only about.
      expect(Math.abs(half - 0.5)).toBeLessThan(0.16);
    },
  );

  test("bins rise, and no two curves are one", () => {
    for (let bin = 0; bin < LAG_BINS; bin++) expect(LAG_EDGES_DAYS[bin + 1]).toBeGreaterThan(LAG_EDGES_DAYS[bin]!);
    const names = new Set(LAG_CURVES.map(({ density }) => [...density].map((each) => each.toPrecision(6)).join()));
    expect(names.size).toBe(LAG_CURVES.length);
  });
});
