import { describe, expect, test } from "vitest";
import { analyseGeoTest, type GeoMethodResult, type GeoTestResult } from "./analyse-geo-test.ts";
import { liftInterval, liftTest, scaleAllDays } from "./block-permutation.ts";
import { choosePenalty } from "./choose-penalty.ts";
import { GEO_METHODS, type GeoMethod } from "./counterfactual.ts";
import { estimateLift } from "./estimate-lift.ts";
import { addLift, FORTY_CITIES, type SimulatedMarket, simulatePanel } from "./panel.fixture.ts";
import { type GeoTest, type RegionPanel, splitPanel } from "./panel.ts";

const TEST_DAYS = 15;
const LIFT = 0.054;

const lastDaysOf = ({ days }: RegionPanel, testRegions: readonly number[]): GeoTest => ({
  testRegions,
  firstDay: days - TEST_DAYS,
  lastDay: days - 1,
});

const of = (result: GeoTestResult, method: GeoMethod): GeoMethodResult =>
  result.methods.find((each) => each.method === method)!;

/** Regions in the order of how near their daily mean is to a size. */
function nearest({ regions, days, values }: RegionPanel, size: number): number[] {
  const mean = (region: number) =>
    values.subarray(region * days, (region + 1) * days).reduce((sum, value) => sum + value, 0) / days;
  return regions.map((_, region) => region).sort((a, b) => Math.abs(mean(a) - size) - Math.abs(mean(b) - size));
}

function simulateTest(market: SimulatedMarket, seed: number, testRegions: readonly number[], lift: number) {
  const bare = simulatePanel(market, seed);
  const { panel, added } = addLift(bare, testRegions, bare.days - TEST_DAYS, lift);
  return { bare, panel, added, design: lastDaysOf(panel, testRegions) };
}

describe("forty cities, 105 days, a test of 15 days in two of them that lifts sales by 5.4 %", () => {
  test("the lift and what it added are inside the interval of every method, and nothing is claimed to be exact", () => {
    const [a, b] = nearest(simulatePanel(FORTY_CITIES, 4), 2_880) as [number, number];
    const { panel, added, design } = simulateTest(FORTY_CITIES, 4, [a, b], LIFT);
    expect(added).toBeGreaterThan(4_000);
    expect(added).toBeLessThan(5_400);
    for (const method of analyseGeoTest(panel, design).methods) {
      expect(method.liftInterval.low).toBeLessThan(LIFT);
      expect(method.liftInterval.high).toBeGreaterThan(LIFT);
      expect(method.incrementalInterval.low).toBeLessThan(added);
      expect(method.incrementalInterval.high).toBeGreaterThan(added);
      expect(method.standardError).toBeGreaterThan(0);
    }
  });

  test.each([
    ["large cities", {}],
    ["small ones, where the noise of counting rules", { size: 60 }],
    ["60 days in all", { days: 60 }],
    ["twelve regions", { regions: 12 }],
  ])("over 150 panels the intervals at 90 in 100 hold the truth in 85 to 95 of 100: %s", (...[, change]) => {
    const market = { ...FORTY_CITIES, ...change };
    const inside = new Map<GeoMethod, number>();
    for (let seed = 1; seed <= 150; seed++) {
      const { panel, design } = simulateTest(market, seed, [3, 8], LIFT);
      const split = splitPanel(panel, design);
      for (const method of GEO_METHODS) {
        const penalty = method === "augmented-synthetic-control" ? choosePenalty(split) : 1;
        const { lift } = estimateLift(split, method, penalty);
        const { low, high } = liftInterval(liftTest(split, scaleAllDays(split), method, penalty), lift, 0.9);
        inside.set(method, (inside.get(method) ?? 0) + (low <= LIFT && LIFT <= high ? 1 : 0));
      }
    }
    expect(inside.size).toBe(3);
    for (const count of inside.values()) {
      expect(count / 150).toBeGreaterThanOrEqual(0.85);
      expect(count / 150).toBeLessThanOrEqual(0.95);
    }
  });

  test.each(["synthetic-control", "difference-in-differences"] as const)(
    "where nothing was done, %s finds an effect about one time in ten",
    (method) => {
      let found = 0;
      for (let seed = 1; seed <= 400; seed++) {
        const panel = simulatePanel(FORTY_CITIES, seed);
        const split = splitPanel(panel, lastDaysOf(panel, [3, 11]));
        if (liftTest(split, scaleAllDays(split), method, 1).p(0) <= 0.1) found++;
      }
      expect(found / 400).toBeGreaterThan(0.06);
      expect(found / 400).toBeLessThan(0.14);
    },
  );
});

describe("laws of the analysis", () => {
  const { panel, design } = simulateTest(FORTY_CITIES, 9, [5, 17], 0.1);

  test("regions that move exactly alike: every method gives the very lift", () => {
    const parallel = { ...FORTY_CITIES, ownShocks: 0, overdispersion: 0 };
    const shape = simulatePanel(parallel, 2);
    const values = Float64Array.from(
      shape.values,
      (_, i) => (1 + Math.floor(i / shape.days)) * (10 + ((i % shape.days) % 7)),
    );
    for (const region of [5, 17])
      for (let day = design.firstDay; day < shape.days; day++) values[region * shape.days + day]! *= 1.1;
    for (const { lift, fitError } of analyseGeoTest({ ...shape, values }, design).methods) {
      expect(lift).toBeCloseTo(0.1, 9);
      expect(fitError).toBeLessThan(1e-9);
    }
  });

  test("regions that move alike but for noise: difference-in-differences and synthetic control agree", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const parallel = simulateTest({ ...FORTY_CITIES, ownShocks: 0 }, seed, [5, 17], 0.1);
      const result = analyseGeoTest(parallel.panel, parallel.design);
      const synthetic = of(result, "synthetic-control");
      const differences = of(result, "difference-in-differences");
      const width = synthetic.liftInterval.high - synthetic.liftInterval.low;
      expect(Math.abs(synthetic.lift - differences.lift)).toBeLessThan(width / 2);
    }
  });

  test("figures times a hundred: the same lift and p, a hundred times the total", () => {
    const one = analyseGeoTest(panel, design);
    const hundred = analyseGeoTest({ ...panel, values: panel.values.map((value) => 100 * value) }, design);
    one.methods.forEach((method, i) => {
      expect(hundred.methods[i]!.lift).toBeCloseTo(method.lift, 6);
      expect(hundred.methods[i]!.pValue).toBeCloseTo(method.pValue, 9);
      expect(hundred.methods[i]!.incremental / 100 / method.incremental).toBeCloseTo(1, 6);
    });
  });

  test("the order of the regions and what comes after the test change nothing", () => {
    const { regions, days, values } = panel;
    const turned = [...regions.keys()].reverse();
    const longer = days + 7;
    const reordered = new Float64Array(regions.length * longer).fill(77);
    turned.forEach((region, at) => {
      reordered.set(values.subarray(region * days, (region + 1) * days), at * longer);
    });
    const again = analyseGeoTest(
      { regions: turned.map((region) => regions[region]!), days: longer, values: reordered },
      { ...design, testRegions: design.testRegions.map((region) => turned.indexOf(region)) },
    );
    analyseGeoTest(panel, design).methods.forEach(({ lift, pValue }, i) => {
      expect(again.methods[i]!.lift).toBeCloseTo(lift, 5);
      expect(again.methods[i]!.pValue).toBeCloseTo(pValue, 9);
    });
  });

  test("weights of synthetic control are not negative and add up to one; the estimate lies in its interval", () => {
    for (const { method, weights, lift, liftInterval } of analyseGeoTest(panel, design).methods) {
      expect(liftInterval.low).toBeLessThanOrEqual(lift);
      expect(liftInterval.high).toBeGreaterThanOrEqual(lift);
      if (method === "augmented-synthetic-control") continue;
      expect(Math.min(...weights.map(({ weight }) => weight))).toBeGreaterThanOrEqual(0);
      expect(weights.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 2);
    }
  });

  test("a region whose sales stopped is told to have lost all of them", () => {
    const values = Float64Array.from(panel.values);
    for (const region of design.testRegions)
      for (let day = design.firstDay; day < panel.days; day++) values[region * panel.days + day]! *= 0.02;
    const found = of(analyseGeoTest({ ...panel, values }, design), "synthetic-control");
    expect(found.lift).toBeLessThan(-0.97);
    expect(found.pValue).toBeLessThan(0.05);
  });
});

describe("what cannot be analysed is refused with the reason", () => {
  const panel = simulatePanel({ ...FORTY_CITIES, regions: 5, days: 40 }, 1);
  const usual = { testRegions: [0], firstDay: 30, lastDay: 39 };
  test.each<[string, RegionPanel, GeoTest, RegExp]>([
    ["too little time before", panel, { ...usual, firstDay: 10 }, /^there are 10 days before the test: at least 14/],
    ["backwards", panel, { ...usual, lastDay: 29 }, /^the test ends before it begins$/],
    ["beyond the figures", panel, { ...usual, lastDay: 40 }, /^the test ends after the last day/],
    ["no test region", panel, { ...usual, testRegions: [] }, /at least one test region/],
    ["nothing to compare with", panel, { ...usual, excluded: [1, 2, 3] }, /^1 regions are left to compare with/],
    [
      "test regions without sales",
      { ...panel, values: panel.values.map((v, i) => (i < 40 ? 0 : v)) },
      usual,
      /^the test regions had nothing/,
    ],
    [
      "not a number",
      { ...panel, values: panel.values.map((v, i) => (i === 41 ? Number.NaN : v)) },
      usual,
      /^region city 2 has a figure that is no number, on day 2$/,
    ],
  ])("%s", (_, given, design, reason) => {
    expect(() => analyseGeoTest(given, design)).toThrow(reason);
  });
});
