import { expect, test } from "vitest";
import { sumOf } from "./compensated-sum.ts";

test("a million tenths and one big number add up to the last digit", () => {
  const terms = new Float64Array(1_000_001).fill(0.1);
  terms[0] = 1e12;
  expect(sumOf(terms)).toBe(1e12 + 1e5);
  expect(terms.reduce((total, term) => total + term, 0)).not.toBe(1e12 + 1e5);
});

test("what cancels out leaves what is small behind", () => {
  expect(sumOf([1, 1e100, 1, -1e100])).toBe(2);
});
