import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  aggregatePaths,
  countTransitions,
  creditPathsByMarkov,
  creditPathsByRule,
  type PathRow,
  solveMarkovOrder1,
} from "@touchline/solver";
import { describe, expect, test } from "vitest";
import { referenceData } from "./reference-data.ts";

/** The reference prints 12 digits: half a unit of the last one is at most 5e-12 of the number. */
const PRINTED = 6e-12;

const read = (name: string): string => {
  const folder = referenceData();
  if (folder === null)
    throw new Error("No reference data: set TOUCHLINE_REFERENCE_DATA or run the suite without this file.");
  return readFileSync(join(folder, "markov", name), "utf8").trim();
};

/** Rows of a comma-separated file by column name; fields may be quoted and hold no commas. */
function readTable(name: string): Record<string, string>[] {
  const [header, ...lines] = read(name)
    .split(/\r?\n/)
    .map((line) => line.split(",").map((field) => field.trim().replace(/^"|"$/g, "")));
  return lines.map((fields) => Object.fromEntries(header!.map((column, index) => [column, fields[index]!])));
}

const pathData = (withNulls: boolean): PathRow[] =>
  readTable("pathdata.csv").map((row) => ({
    path: row.path!.split(" > "),
    conversions: Number(row.total_conversions),
    value: Number(row.total_conversion_value),
    nulls: withNulls ? Number(row.total_null) : null,
  }));

function expectColumn(
  table: readonly Record<string, string>[],
  column: string,
  channels: readonly string[],
  actual: Float64Array,
  tolerance: number,
): void {
  expect(table.map((row) => row.channel_name!).sort()).toEqual([...channels].sort());
  for (const row of table) {
    const expected = Number(row[column]);
    const gap = Math.abs(actual[channels.indexOf(row.channel_name!)]! / expected - 1);
    expect(gap, `${column} of ${row.channel_name}`).toBeLessThan(tolerance);
  }
}

describe("10,000 paths over 12 channels", () => {
  test.each([
    [1, true],
    [1, false],
    [2, true],
    [2, false],
  ])("have the exact Markov credit of order %i, unconverted journeys counted: %s", (order, withNulls) => {
    const table = readTable(`pathdata_order${order}_${withNulls ? "null" : "nonull"}.csv`);
    const { conversions, value, fit } = creditPathsByMarkov(aggregatePaths(pathData(withNulls)), { order });
    expectColumn(table, "removal_effect_conversion", fit.channels, fit.removalEffect, PRINTED);
    expectColumn(table, "total_conversions", fit.channels, conversions, PRINTED);
    expectColumn(table, "removal_effect_value", fit.channels, fit.valueRemovalEffect, PRINTED);
    expectColumn(table, "total_conversion_value", fit.channels, value, PRINTED);
  });

  test.each(["first", "last", "linear"] as const)("have the %s touch credit of another package", (rule) => {
    const table = readTable("pathdata_heuristics.csv");
    const paths = aggregatePaths(pathData(true));
    const credit = creditPathsByRule(paths, rule);
    expectColumn(table, `${rule}_touch_conversions`, paths.channels, credit.conversions, 1e-12);
    expectColumn(table, `${rule}_touch_value`, paths.channels, credit.value, 1e-12);
  });

  test("have one chain, whether paths or their transition counts are solved", () => {
    const paths = aggregatePaths(pathData(true));
    const fit = solveMarkovOrder1(countTransitions(paths));
    expect(creditPathsByMarkov(paths).fit).toEqual(fit);
  });
});

test("published transition counts give the published credit", () => {
  const expected: { p_conv: number; removal_effect: Record<string, number>; attribution: Record<string, number> } =
    JSON.parse(read("kaggle_expected.json"));
  const steps = readTable("kaggle_transition_counts.csv");
  const channels = Object.keys(expected.removal_effect);
  const columns = [...channels, "Converted", "Null"];
  const counts = ["Start", ...channels].flatMap((from) =>
    columns.map((to) => {
      const step = steps.find((each) => each.from_state === from && each.to_state === to);
      return Number(step!.count);
    }),
  );
  const valueByLastChannel = new Float64Array(channels.length);
  const fit = solveMarkovOrder1({ channels, counts: Float64Array.from(counts), valueByLastChannel });
  const conversions = steps
    .filter((step) => step.to_state === "Converted")
    .reduce((sum, step) => sum + Number(step.count), 0);
  expect(fit.conversionProbability / expected.p_conv).toBeCloseTo(1, 12);
  channels.forEach((channel, index) => {
    expect(fit.removalEffect[index]! / expected.removal_effect[channel]!).toBeCloseTo(1, 12);
    expect((fit.share[index]! * conversions) / expected.attribution[channel]!).toBeCloseTo(1, 12);
  });
});
