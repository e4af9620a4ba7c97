import fc from "fast-check";
import { expect, test } from "vitest";
import { differenceOf } from "./decimals.ts";

test.each([
  ["0.1", "0.3", "0.2"],
  ["1", "1", "0"],
  ["10.000000000001", "10", "-0.000000000001"],
  ["-2.5", "99999999999999999999.25", "100000000000000000001.75"],
  ["0", "-0.5", "-0.5"],
])("%s to %s is %s", (a, b, difference) => expect(differenceOf(a, b)).toBe(difference));

test("what is added is the difference, and the other way round the opposite", () => {
  const cents = fc.integer({ min: -1e9, max: 1e9 });
  fc.assert(
    fc.property(cents, cents, (a, b) => {
      const text = (value: number) => (value / 100).toFixed(2);
      expect(Number(differenceOf(text(a), text(b)))).toBeCloseTo((b - a) / 100, 6);
      expect(Number(differenceOf(text(a), text(b)))).toBe(-Number(differenceOf(text(b), text(a))) + 0);
    }),
  );
});
