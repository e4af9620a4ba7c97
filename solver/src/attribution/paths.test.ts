import { describe, expect, test } from "vitest";
import { ModelError } from "../model-error.ts";
import { aggregatePaths, type PathRow } from "./paths.ts";

const fine: PathRow = { path: ["Search"], conversions: 1, value: 10, nulls: 2 };

describe("a table of paths", () => {
  test("is laid out touch by touch, channels numbered as they appear", () => {
    const paths = aggregatePaths([
      { path: ["Search", "Email", "Search"], conversions: 2, value: 30.5, nulls: 1 },
      { path: ["Video"], conversions: 0, value: 0, nulls: 4 },
    ]);
    expect(paths.channels).toEqual(["Search", "Email", "Video"]);
    expect([...paths.offsets]).toEqual([0, 3, 4]);
    expect([...paths.states]).toEqual([0, 1, 0, 2]);
    expect([...paths.conversions]).toEqual([2, 0]);
    expect([...paths.value]).toEqual([30.5, 0]);
    expect([...paths.nulls]).toEqual([1, 4]);
    expect(paths.hasNulls).toBe(true);
  });

  test("without a count of unconverted journeys says so instead of claiming that there were none", () => {
    expect(aggregatePaths([{ ...fine, nulls: null }]).hasNulls).toBe(false);
    expect(aggregatePaths([{ ...fine, nulls: 0 }]).hasNulls).toBe(true);
  });

  test("keeps a place for channels that no path contains", () => {
    expect(aggregatePaths([fine], ["Radio", "Search"]).channels).toEqual(["Radio", "Search"]);
  });

  test.each<[string, PathRow, RegExp]>([
    ["an empty path", { ...fine, path: [] }, /Row 2: the path is empty/],
    ["a touch without a channel", { ...fine, path: ["Search", ""] }, /Row 2: a touch has no channel/],
    ["a negative count", { ...fine, conversions: -1 }, /Row 2: conversions is -1/],
    ["a value that is no number", { ...fine, value: Number.NaN }, /Row 2: value is NaN/],
    ["endless nulls", { ...fine, nulls: Number.POSITIVE_INFINITY }, /Row 2: nulls is Infinity/],
    ["nulls in some rows only", { ...fine, nulls: null }, /Row 2: unconverted journeys are counted in some rows/],
  ])("is refused with the number of the row for %s", (_, faulty, message) => {
    expect(() => aggregatePaths([fine, faulty])).toThrow(ModelError);
    expect(() => aggregatePaths([fine, faulty])).toThrow(message);
  });
});
