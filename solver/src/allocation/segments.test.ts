import fc from "fast-check";
import { expect, test } from "vitest";
import { curveValue } from "../response/curve-families.ts";
import { concaveCurve } from "./allocation.arbitrary.ts";
import { cutIntoSegments, firstTangents, type Segments, tangentsAround } from "./segments.ts";

function fill({ base, slopes, widths }: Segments, amount: number): number {
  let value = base;
  let left = amount;
  for (const [j, slope] of slopes.entries()) {
    const step = Math.min(left, widths[j]!);
    value += slope * step;
    left -= step;
  }
  return value;
}

test("the segments lie on or above the curve everywhere and touch it at the tangents", () => {
  let ran = 0;
  const range = fc.record({
    lower: fc.double({ min: 0, max: 5e4, noNaN: true }),
    width: fc.double({ min: 1, max: 5e5, noNaN: true }),
  });
  fc.assert(
    fc.property(concaveCurve, range, (curve, { lower, width }) => {
      const tangents = firstTangents(curve, lower, lower + width);
      const segments = cutIntoSegments(curve, tangents, lower, lower + width);
      const size = curveValue(curve, lower + width);
      for (let k = 0; k <= 50; k++) {
        const x = lower + (width * k) / 50;
        expect(fill(segments, x - lower)).toBeGreaterThanOrEqual(curveValue(curve, x) - 1e-12 * size);
      }
      for (const x of tangents)
        expect(Math.abs(fill(segments, x - lower) - curveValue(curve, x))).toBeLessThan(1e-9 * size);
      expect([...segments.slopes].sort((a, b) => b - a)).toEqual(segments.slopes);
      ran++;
    }),
  );
  expect(ran).toBeGreaterThanOrEqual(100);
});

test("the next tangents are few, sorted, within the bounds, and include the plan and both ends", () => {
  const curve = { type: "log", a: 1, b: 0.2 } as const;
  for (const radius of [1, 0.1, 1e-3, 1e-6]) {
    const tangents = tangentsAround(curve, 0.3, radius, [0.35], 0.05, 0.9);
    expect(tangents.length).toBeLessThanOrEqual(14);
    expect([...tangents].sort((a, b) => a - b)).toEqual(tangents);
    for (const point of [0.05, 0.3, 0.35, 0.9])
      expect(tangents.some((other) => Math.abs(other - point) <= 2e-7)).toBe(true);
    expect(tangents[0]).toBeGreaterThanOrEqual(0.05);
    expect(tangents.at(-1)).toBeLessThanOrEqual(0.9);
  }
});

test("no tangent is laid where the curve stands upright", () => {
  const curve = { type: "power", a: 1, p: 0.5 } as const;
  for (const points of [firstTangents(curve, 0, 1), tangentsAround(curve, 0, 0.1, [0], 0, 1)])
    expect(Math.min(...points)).toBeGreaterThan(0);
});

test("a channel that is held at one spend needs no segment", () => {
  const curve = { type: "power", a: 2, p: 0.5 } as const;
  expect(cutIntoSegments(curve, firstTangents(curve, 0, 0), 0, 0)).toEqual({ base: 0, slopes: [], widths: [] });
});
