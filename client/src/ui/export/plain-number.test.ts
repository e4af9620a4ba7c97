import fc from "fast-check";
import { expect, test } from "vitest";
import { plainNumber, timesHundred } from "./plain-number.ts";

test("a number is written without grouping or exponent, and reads back as itself", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = plainNumber(value) ?? "";
      expect(text).toMatch(/^-?\d+(\.\d+)?$/);
      expect(Number(text)).toBe(value === 0 ? 0 : value);
    }),
  );
  expect(plainNumber(1e-7)).toBe("0.0000001");
  expect(plainNumber(1.5e21)).toBe("1500000000000000000000");
  expect(plainNumber(Number.NaN)).toBeNull();
  expect(plainNumber("12.340000000001")).toBe("12.340000000001");
  expect(plainNumber("=1+1")).toBeNull();
});

test("a share times a hundred keeps its digits", () => {
  expect(timesHundred("0.125")).toBe("12.5");
  expect(timesHundred("-0.007")).toBe("-0.7");
  expect(timesHundred("1")).toBe("100");
  expect(timesHundred("0")).toBe("0");
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), (units) => {
      expect(Number(timesHundred(plainNumber(units / 1e6) ?? ""))).toBeCloseTo(units / 1e4, 9);
    }),
  );
});
