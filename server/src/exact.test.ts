import { expect, test } from "vitest";
import { minus, roundedTo, sumKnown, sumOf, toCents } from "./exact.ts";

test("sums of amounts are exact where binary floats are not", () => {
  expect(sumOf(["0.1", "0.2"])).toBe("0.3");
  expect(sumOf(["9007199254740993.01", "-0.02"])).toBe("9007199254740992.99");
  expect(minus("10.00", "10.01")).toBe("-0.01");
});

test("what nobody knows stays unknown in a sum, and what somebody knows counts", () => {
  expect(sumKnown([null, null])).toBeNull();
  expect(sumKnown([null, "2.5"])).toBe("2.5");
});

test("halves of a cent are rounded away from zero", () => {
  expect([toCents("0.005"), toCents("-0.005"), toCents("0.004999999999")]).toEqual(["0.01", "-0.01", "0"]);
});

test("rounded parts add up to the rounded total", () => {
  expect(roundedTo("100", [100 / 3, 100 / 3, 100 / 3])).toEqual(["33.34", "33.33", "33.33"]);
  expect(roundedTo("-0.01", [-0.006, -0.004])).toEqual(["-0.01", "0"]);
  let checked = 0;
  for (let count = 1; count < 60; count++) {
    const parts = Array.from({ length: count }, (_, i) => Math.sin(i * count) * 1000);
    const total = parts.reduce((sum, part) => sum + part, 0).toFixed(12);
    expect(sumOf(roundedTo(total, parts))).toBe(toCents(total));
    checked++;
  }
  expect(checked).toBe(59);
});
