import { expect, test } from "vitest";
import { meanOfWorst, spreadOf } from "./spread.ts";

test("the worst share may end within a world", () => {
  const outcomes = Float64Array.of(4, 1, 3, 2, 5);
  expect(meanOfWorst(outcomes, 0.2)).toBe(1);
  expect(meanOfWorst(outcomes, 0.3)).toBeCloseTo((1 + 0.5 * 2) / 1.5, 14);
  expect(meanOfWorst(outcomes, 0.01)).toBeCloseTo(1, 14);
  expect(meanOfWorst(outcomes, 1)).toBe(3);
});

test("the spread is that of a sample", () => {
  const { mean, sd, p10, p90, cvar20 } = spreadOf(Float64Array.of(1, 2, 3, 4, 5));
  expect([mean, p10, p90, cvar20]).toEqual([3, 1.4, 4.6, 1]);
  expect(sd).toBeCloseTo(Math.sqrt(2.5), 14);
  expect(spreadOf(Float64Array.of(7)).sd).toBe(0);
});
