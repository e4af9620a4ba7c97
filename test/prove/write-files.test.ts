import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawMarket } from "./market/draw-market.ts";
import { sum } from "./market/draws.ts";
import { writeMarketFiles } from "./write-files.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "touchline-prove-files-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lines = (path: string) => readFileSync(path, "utf8").trimEnd().split("\n");
const cells = (path: string) => {
  const [, ...rows] = lines(path);
  return rows.map((row) => row.split(","));
};

test.each([
  [40, "touchpoints.csv"],
  [41, "touchpoints.ndjson"],
] as const)("what nobody saw is not written, with seed %i in %s", (seed, name) => {
  const market = drawMarket("consent", seed, { size: 0.05 });
  const { touchpoints, conversions } = writeMarketFiles(market, folder);
  expect(touchpoints).toBe(join(folder, name));
  const visitors =
    seed === 41
      ? lines(touchpoints).map((line) => (JSON.parse(line) as { visitor_id: string }).visitor_id)
      : cells(touchpoints).map((row) => row[2]!);
  expect(visitors).toHaveLength(sum(market.touches.seen));
  const seenPeople = new Set(market.touches.person.filter((_, i) => market.touches.seen[i] === 1));
  expect(new Set(visitors).size).toBe(seenPeople.size);
  const buyers = cells(conversions).map((row) => row[2]!);
  expect(buyers.filter((visitor) => visitor !== "")).toHaveLength(sum(market.conversions.seen));
  expect(buyers).toHaveLength(market.conversions.seen.length);
});

test("the files add up to the market, in the days it has", () => {
  const market = drawMarket("rising-tests", 43, { size: 0.05 });
  const { conversions, spend, experiments } = writeMarketFiles(market, folder);
  const revenue = sum(cells(conversions).map((row) => Number(row[4])));
  expect(revenue).toBeCloseTo(sum(market.conversions.revenueMinor) / 100, 2);
  const days = cells(conversions).map((row) => row[1]!.slice(0, 10));
  const last = new Date(Date.parse(market.firstDay) + (market.days - 1) * 86_400_000).toISOString().slice(0, 10);
  expect(days.every((day) => day >= market.firstDay && day <= last)).toBe(true);
  const cost = sum(cells(spend).map((row) => Number(row[3])));
  expect(cost).toBeCloseTo(sum(market.spend.costMinor) / 100, 2);
  expect(cells(experiments!)).toHaveLength(market.experiments.length);
});

test("a market without lift tests has no file of them", () => {
  expect(writeMarketFiles(drawMarket("clean", 44, { size: 0.05 }), folder).experiments).toBeNull();
});
