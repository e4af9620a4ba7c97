import { describe, expect, it } from "vitest";
import { equalDecimals, roundToAddUp, subtractDecimals, sumDecimals } from "./decimal.ts";

/** A small generator with a fixed seed: the same cases at every run. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe("sums of money", () => {
  it("are exact where binary floats are not", () => {
    expect(sumDecimals(["0.1", "0.2"])).toBe("0.3");
    expect(sumDecimals(["9007199254740993.01", "0.02"])).toBe("9007199254740993.03");
    expect(subtractDecimals("10.00", "10.01")).toBe("-0.01");
  });

  it("of nothing are zero", () => {
    expect(sumDecimals([])).toBe("0");
  });

  it("compare by value, not by spelling", () => {
    expect(equalDecimals("12.5", "12.500000")).toBe(true);
    expect(equalDecimals("-0.00", "0")).toBe(true);
    expect(equalDecimals("12.5", "12.51")).toBe(false);
  });

  it("refuse what is not a decimal", () => {
    expect(() => sumDecimals(["1e3"])).toThrow(RangeError);
  });
});

describe("rounding a table", () => {
  it("gives what rounding loses to the largest remainders", () => {
    expect(roundToAddUp(["33.334", "33.333", "33.333"], 0)).toEqual(["34", "33", "33"]);
    expect(roundToAddUp(["0.4", "0.4", "0.2"], 0)).toEqual(["1", "0", "0"]);
    expect(roundToAddUp(["-0.6", "1.6"], 0)).toEqual(["-1", "2"]);
  });

  it("adds up to the rounded total and moves no row by a whole unit", () => {
    const next = numbersFrom(11);
    let checked = 0;
    for (let round = 0; round < 300; round++) {
      const digits = Math.floor(next() * 3);
      const values = Array.from({ length: 1 + Math.floor(next() * 9) }, () => ((next() - 0.2) * 1000).toFixed(6));
      const rounded = roundToAddUp(values, digits);
      const total = sumDecimals(values);
      expect(Math.abs(Number(subtractDecimals(sumDecimals(rounded), total)))).toBeLessThanOrEqual(
        0.5 / 10 ** digits + 1e-12,
      );
      rounded.forEach((value, index) => {
        expect(Math.abs(Number(value) - Number(values[index]))).toBeLessThan(1 / 10 ** digits);
      });
      checked++;
    }
    expect(checked).toBe(300);
  });

  it("keeps amounts that need no rounding", () => {
    expect(roundToAddUp(["1", "2.50"], 2)).toEqual(["1.00", "2.50"]);
  });
});
