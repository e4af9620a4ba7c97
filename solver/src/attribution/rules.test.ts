import { describe, expect, test } from "vitest";
import { ModelError } from "../model-error.ts";
import { aggregatePaths, type PathRow } from "./paths.ts";
import { creditPathsByRule } from "./rules.ts";
import type { PathRule, PathRuleOptions } from "./touch-shares.ts";

const creditOf = (path: string[], rule: PathRule, options?: PathRuleOptions): Record<string, number> => {
  const paths = aggregatePaths([{ path, conversions: 10, value: 1_000, nulls: null }]);
  const credit = creditPathsByRule(paths, rule, options);
  credit.value.forEach((value, channel) => {
    expect(value).toBeCloseTo(credit.conversions[channel]! * 100, 9);
  });
  return Object.fromEntries(paths.channels.map((channel, index) => [channel, credit.conversions[index]!]));
};

describe("rules by example", () => {
  test("first and last touch take it all", () => {
    expect(creditOf(["A", "B", "C"], "first")).toEqual({ A: 10, B: 0, C: 0 });
    expect(creditOf(["A", "B", "C"], "last")).toEqual({ A: 0, B: 0, C: 10 });
  });

  test("linear counts every touch, repeats too", () => {
    expect(creditOf(["A", "B", "B", "A", "A"], "linear")).toEqual({ A: 6, B: 4 });
  });

  test("position-based gives 40 / 20 / 40, and halves of a journey of two touches", () => {
    const credit = creditOf(["A", "B", "C", "D"], "position-based");
    expect(credit).toEqual({ A: 4, B: expect.closeTo(1, 12), C: expect.closeTo(1, 12), D: 4 });
    expect(creditOf(["A", "B"], "position-based")).toEqual({ A: 5, B: 5 });
    expect(creditOf(["A"], "position-based")).toEqual({ A: 10 });
  });

  test("position weights are the user's choice, and two touches share in their proportion", () => {
    const positionWeights = { first: 0.6, last: 0.2 };
    expect(creditOf(["A", "B", "C"], "position-based", { positionWeights })).toEqual({
      A: 6,
      B: expect.closeTo(2, 12),
      C: 2,
    });
    expect(creditOf(["A", "B"], "position-based", { positionWeights })).toEqual({
      A: expect.closeTo(7.5, 12),
      B: expect.closeTo(2.5, 12),
    });
    const middleOnly = { positionWeights: { first: 0, last: 0 } };
    expect(creditOf(["A", "B", "C"], "position-based", middleOnly)).toEqual({ A: 0, B: 10, C: 0 });
    expect(creditOf(["A", "B"], "position-based", middleOnly)).toEqual({ A: 5, B: 5 });
  });

  test.each([
    { first: 0.7, last: 0.7 },
    { first: -0.1, last: 0.5 },
    { first: Number.NaN, last: 0.5 },
  ])("position weights that are no shares are refused: %o", (positionWeights) => {
    expect(() => creditOf(["A"], "position-based", { positionWeights })).toThrow(ModelError);
  });

  test("time decay and last click are refused on paths, which carry neither times nor clicks", () => {
    expect(() => creditOf(["A", "B"], "time-decay")).toThrow(/needs the time of each touch/);
    expect(() => creditOf(["A", "B"], "last-click")).toThrow(/which touches were clicks/);
  });

  test("w-shaped gives 30 / 30 / 30 to the first, the middle and the last touch, and a tenth to the others", () => {
    expect(creditOf(["A", "B", "C", "D", "E"], "w-shaped")).toEqual({
      A: 3,
      B: expect.closeTo(0.5, 12),
      C: 3,
      D: expect.closeTo(0.5, 12),
      E: 3,
    });
    // Of two touches in the middle the earlier one counts.
    expect(creditOf(["A", "B", "C", "D"], "w-shaped")).toEqual({ A: 3, B: 3, C: expect.closeTo(1, 12), D: 3 });
    expect(creditOf(["A", "A", "B"], "w-shaped")).toEqual({
      A: expect.closeTo(20 / 3, 12),
      B: expect.closeTo(10 / 3, 12),
    });
    expect(creditOf(["A", "B"], "w-shaped")).toEqual({ A: 5, B: 5 });
    expect(creditOf(["A"], "w-shaped")).toEqual({ A: 10 });
  });

  test("last non-direct looks past direct touches, and takes the last where there is no other", () => {
    const options = { directChannels: ["Direct", "Nobody"] };
    expect(creditOf(["A", "B", "Direct", "Direct"], "last-non-direct", options)).toEqual({ A: 0, B: 10, Direct: 0 });
    expect(creditOf(["Direct", "Direct"], "last-non-direct", options)).toEqual({ Direct: 10 });
    const credit = creditPathsByRule(
      aggregatePaths(manyPaths(["Direct"], ["A", "Direct"])),
      "last-non-direct",
      options,
    );
    expect(credit.warnings).toEqual(["200 conversions have direct touches only: they go to the last of them."]);
  });

  test("first and last paid take the paid touch, and the plain rule where there is none", () => {
    const options = { paidChannels: ["P", "Q"] };
    expect(creditOf(["A", "P", "B", "Q", "C"], "first-paid", options)).toEqual({ A: 0, P: 10, B: 0, Q: 0, C: 0 });
    expect(creditOf(["A", "P", "B", "Q", "C"], "last-paid", options)).toEqual({ A: 0, P: 0, B: 0, Q: 10, C: 0 });
    expect(creditOf(["A", "B"], "first-paid", options)).toEqual({ A: 10, B: 0 });
    expect(creditOf(["A", "B"], "last-paid", options)).toEqual({ A: 0, B: 10 });
    const credit = creditPathsByRule(aggregatePaths(manyPaths(["A", "B"], ["P"])), "first-paid", options);
    expect(credit.warnings).toEqual(["200 conversions have no paid touch: they go to the first touch of any kind."]);
  });

  test.each(["last-non-direct", "first-paid", "last-paid"] as const)("%s is refused without names", (rule) => {
    expect(() => creditOf(["A"], rule)).toThrow(/which channels are (direct|paid): name them/);
  });
});

function manyPaths(...paths: string[][]): PathRow[] {
  return paths.map((path) => ({ path, conversions: 200, value: 0, nulls: null }));
}
