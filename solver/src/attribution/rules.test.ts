import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ModelError } from "../model-error.ts";
import { sumOf } from "./compensated-sum.ts";
import { CHANNELS, convertingRows } from "./paths.arbitrary.ts";
import { aggregatePaths } from "./paths.ts";
import { creditPathsByRule, type PathRule, type PathRuleOptions } from "./rules.ts";

const RULES = ["first", "last", "linear", "position-based"] as const;

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

  test("time decay is refused on paths, which carry no times", () => {
    expect(() => creditOf(["A", "B"], "time-decay")).toThrow(/needs the time of each touch/);
  });
});

describe.each(RULES)("laws of %s", (rule) => {
  test("credit adds up to all conversions and all value", () => {
    fc.assert(
      fc.property(convertingRows, (rows) => {
        const paths = aggregatePaths(rows);
        const credit = creditPathsByRule(paths, rule);
        expect(relativeGap(sumOf(credit.conversions), sumOf(paths.conversions))).toBeLessThan(1e-14);
        expect(relativeGap(sumOf(credit.value), sumOf(paths.value))).toBeLessThan(1e-14);
      }),
    );
  });

  test("the order of rows and the names of channels change nothing", () => {
    fc.assert(
      fc.property(convertingRows, (rows) => {
        const renamed = rows.map((row) => ({ ...row, path: row.path.map((channel) => `the ${channel}`) })).reverse();
        const before = aggregatePaths(rows);
        const after = aggregatePaths(renamed);
        const creditBefore = creditPathsByRule(before, rule).value;
        const creditAfter = creditPathsByRule(after, rule).value;
        before.channels.forEach((channel, index) => {
          const credit = creditAfter[after.channels.indexOf(`the ${channel}`)]!;
          expect(relativeGap(credit, creditBefore[index]!)).toBeLessThan(1e-14);
        });
      }),
    );
  });

  test("a channel in no journey gets nothing, and twice the journeys give twice the credit", () => {
    fc.assert(
      fc.property(convertingRows, (rows) => {
        const paths = aggregatePaths(rows, ["Radio", ...CHANNELS]);
        const credit = creditPathsByRule(paths, rule);
        expect([credit.conversions[0], credit.value[0]]).toEqual([0, 0]);
        const doubled = creditPathsByRule(aggregatePaths([...rows, ...rows], paths.channels), rule);
        doubled.conversions.forEach((conversions, channel) => {
          expect(relativeGap(conversions, 2 * credit.conversions[channel]!)).toBeLessThan(1e-14);
        });
      }),
    );
  });
});

function relativeGap(a: number, b: number): number {
  return a === b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}
