import { describe, expect, test } from "vitest";
import { liftTest, scaleAllDays } from "./block-permutation.ts";
import { designGeoTest, type GeoDesignOptions } from "./design-geo-test.ts";
import { addLift, FORTY_CITIES, simulatePanel, uniformFrom } from "./panel.fixture.ts";
import { splitPanel } from "./panel.ts";

const usual = (change: Partial<GeoDesignOptions> = {}): GeoDesignOptions => ({
  testDays: 15,
  mostShare: 0.3,
  windows: 30,
  power: 0.8,
  random: uniformFrom(5),
  ...change,
});

describe("a geo test that is designed", () => {
  const panel = simulatePanel(FORTY_CITIES, 12);
  const designs = designGeoTest(panel, usual());

  test("every one keeps to its share, none is there twice, and the same seed gives the same answer", () => {
    expect(designs.length).toBeGreaterThan(1);
    expect(new Set(designs.map(({ testRegions }) => testRegions.join(" "))).size).toBe(designs.length);
    for (const { share, testRegions } of designs) {
      expect(share).toBeLessThanOrEqual(0.3);
      expect(testRegions.length).toBeGreaterThan(1);
    }
    expect(designGeoTest(panel, usual())).toEqual(designs);
  });

  test("more effect is found more often", () => {
    for (const { curve, falseAlarms } of designs) {
      const found = [falseAlarms, ...curve.map((point) => point.found)];
      expect(found).toEqual([...found].sort((a, b) => a - b));
    }
  });

  test("in markets it has not seen, the smallest effect that it names is found about 8 times in 10", () => {
    let found = 0;
    let tried = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const market = simulatePanel({ ...FORTY_CITIES, days: 120 }, 1_000 + seed);
      const past = { ...market, days: 105, values: new Float64Array(40 * 105) };
      for (let region = 0; region < 40; region++)
        past.values.set(market.values.subarray(region * 120, region * 120 + 105), region * 105);
      const [design] = designGeoTest(past, usual({ testRegions: [3, 11], random: uniformFrom(seed) }));
      const { panel: tested } = addLift(market, [3, 11], 105, design!.detectableLift!);
      const split = splitPanel(tested, { testRegions: [3, 11], firstDay: 105, lastDay: 119 });
      tried++;
      if (liftTest(split, scaleAllDays(split), "synthetic-control", 1).p(0) <= 0.1) found++;
    }
    expect(tried).toBe(60);
    expect(found / tried).toBeGreaterThan(0.65);
    expect(found / tried).toBeLessThan(0.95);
  });

  test("the regions that are chosen show small effects where nobody looked when they were chosen", () => {
    const mean = (lifts: readonly number[]) => lifts.reduce((sum, lift) => sum + lift, 0) / lifts.length;
    const lifts = [21, 22, 23, 24, 25].map((seed) => {
      const market = simulatePanel(FORTY_CITIES, seed);
      const [chosen] = designGeoTest(market, usual({ count: 2 }));
      const [any] = designGeoTest(market, usual({ testRegions: [3, 11] }));
      return [chosen!.detectableLift!, any!.detectableLift!] as const;
    });
    expect(mean(lifts.map(([chosen]) => chosen))).toBeLessThan(mean(lifts.map(([, any]) => any)));
  });

  test("wished regions are taken, excluded ones are neither tested nor compared with", () => {
    const [design] = designGeoTest(panel, usual({ testRegions: [2, 4], excluded: [7] }));
    expect(design!.testRegions).toEqual([2, 4]);
    for (const { testRegions, controls } of designGeoTest(panel, usual({ excluded: [7] })))
      expect([...testRegions, ...controls.map(({ region }) => region)]).not.toContain(7);
  });

  test("quieter regions show smaller effects", () => {
    const loud = simulatePanel({ ...FORTY_CITIES, size: 40 }, 12);
    expect(designGeoTest(loud, usual())[0]!.detectableLift!).toBeGreaterThan(1.3 * designs[0]!.detectableLift!);
  });

  test.each<[string, number, Partial<GeoDesignOptions>, RegExp]>([
    ["too few days", 40, {}, /^there are 40 days of figures: to design a test of 15 days at least 43 are needed$/],
    ["too many regions asked for", 105, { count: 39 }, /^40 regions have figures: a test needs at least 41/],
    [
      "nothing small enough",
      105,
      { mostShare: 0.001, count: 3 },
      /^no 3 regions that move alike have less than 0 % of the whole/,
    ],
  ])("refused with the reason: %s", (_, days, change, reason) => {
    expect(() => designGeoTest(simulatePanel({ ...FORTY_CITIES, days }, 3), usual(change))).toThrow(reason);
  });
});
