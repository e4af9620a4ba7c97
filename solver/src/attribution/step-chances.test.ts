import fc from "fast-check";
import { expect, test } from "vitest";
import { CHANNELS, convertingRows } from "./paths.arbitrary.ts";
import { aggregatePaths } from "./paths.ts";
import { CONVERTED, countSteps, ENDED, fillStepChances } from "./step-chances.ts";

test("chances of all next steps add up to 1 after any run of touches, at every order", () => {
  fc.assert(
    fc.property(
      convertingRows,
      fc.array(fc.nat({ max: CHANNELS.length - 1 }), { maxLength: 6 }),
      fc.integer({ min: 0, max: 4 }),
      (rows, touches, order) => {
        const counts = countSteps(aggregatePaths(rows, CHANNELS), order);
        const sums = new Float64Array(order + 1);
        for (const step of [...CHANNELS.keys(), CONVERTED, ENDED]) {
          const chances = new Float64Array(order + 1);
          fillStepChances(counts, Uint32Array.from(touches), { from: 0, at: touches.length }, step, chances);
          chances.forEach((chance, length) => {
            expect(chance).toBeGreaterThan(0);
            sums[length]! += chance;
          });
        }
        for (const sum of sums) expect(sum).toBeCloseTo(1, 12);
      },
    ),
  );
});

test("a run that was seen often is believed, one that was never seen leans on the shorter one", () => {
  const paths = aggregatePaths([
    { path: ["A", "B"], conversions: 900, value: 0, nulls: 100 },
    { path: ["B"], conversions: 100, value: 0, nulls: 900 },
  ]);
  const counts = countSteps(paths, 2);
  const convertedAfter = (...touches: number[]): Float64Array => {
    const chances = new Float64Array(3);
    fillStepChances(counts, Uint32Array.from(touches), { from: 0, at: touches.length }, CONVERTED, chances);
    return chances;
  };
  const [, afterB, afterAB] = convertedAfter(0, 1);
  expect(afterB).toBeCloseTo(0.5, 2);
  expect(afterAB).toBeCloseTo(0.9, 2);
  const [, , afterBB] = convertedAfter(1, 1);
  expect(afterBB).toBe(afterB);
});
