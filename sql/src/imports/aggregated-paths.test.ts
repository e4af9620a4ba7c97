import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readAggregatedPaths } from "./aggregated-paths.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "touchline-test-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(["paths.csv", "paths-{1,2}*.csv", "a.zip :: b?.csv"])("a file called %s is that one file", async (name) => {
  const header = "path,total_conversions,total_conversion_value,total_null";
  for (const neighbour of ["paths-1.csv", "paths-2x.csv", "b1.csv"]) {
    writeFileSync(join(folder, neighbour), `${header}\nOther,9,9,9\n`);
  }
  writeFileSync(join(folder, name), `${header}\nSearch > Email,2,7.5,3\n`);
  expect(await readAggregatedPaths(join(folder, name))).toEqual([
    { path: ["Search", "Email"], conversions: 2, value: 7.5, nulls: 3 },
  ]);
});
