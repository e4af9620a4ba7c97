import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { uniformFrom } from "../experiments/panel.fixture.ts";
import { creditPathsByLogistic } from "./bagged-logistic.ts";
import { channelSetsOf } from "./channel-sets.ts";
import { sumOf } from "./compensated-sum.ts";
import { fitLogistic } from "./logistic-fit.ts";
import { CHANNELS, convertingRows } from "./paths.arbitrary.ts";
import { aggregatePaths, type PathRow } from "./paths.ts";

const allFeatures = { count: CHANNELS.length, featureOf: Int32Array.from(CHANNELS.keys()) };
const bothEnds = convertingRows.filter((rows) => rows.some((row) => (row.nulls ?? 0) > 0));

describe("logistic regression on counted sets", () => {
  test("has no slope left at its answer", () => {
    fc.assert(
      fc.property(bothEnds, fc.constantFrom(0.1, 1, 10), (rows, ridge) => {
        const coefficients = fitLogistic(channelSetsOf(aggregatePaths(rows, CHANNELS)), allFeatures, ridge);
        const journeys = sumOf(rows.map((row) => row.conversions + (row.nulls ?? 0)));
        for (const slope of slopes(rows, coefficients, ridge)) expect(Math.abs(slope)).toBeLessThan(1e-6 * journeys);
      }),
    );
  });

  test("is the log-odds ratio where there is one channel to tell apart", () => {
    const rows = [
      { path: ["Email"], conversions: 30_000, value: 0, nulls: 70_000 },
      { path: ["Search", "Email"], conversions: 50_000, value: 0, nulls: 50_000 },
    ];
    const features = { count: 1, featureOf: Int32Array.from(CHANNELS, (channel) => (channel === "Search" ? 0 : -1)) };
    const [base, search] = fitLogistic(channelSetsOf(aggregatePaths(rows, CHANNELS)), features, 1e-9);
    expect(base).toBeCloseTo(Math.log(3 / 7), 8);
    expect(search).toBeCloseTo(Math.log(7 / 3), 8);
  });

  test("stays finite where a channel separates buyers from others", () => {
    const rows = [
      { path: ["Email"], conversions: 0, value: 0, nulls: 1_000 },
      { path: ["Search"], conversions: 1_000, value: 0, nulls: 0 },
    ];
    const coefficients = fitLogistic(channelSetsOf(aggregatePaths(rows, CHANNELS)), allFeatures, 1);
    expect(coefficients.every(Number.isFinite)).toBe(true);
    expect(coefficients[1 + CHANNELS.indexOf("Search")]).toBeGreaterThan(1);
  });
});

describe("bagged logistic credit", () => {
  test("follows the channels that go with converting", () => {
    const draw = uniformFrom(3);
    const rows = Array.from({ length: 20_000 }, (): PathRow => {
      const path = CHANNELS.filter(() => draw() < 0.4);
      if (path.length === 0) path.push("Email");
      const odds = -3 + (path.includes("Search") ? 2 : 0) + (path.includes("Video") ? 1 : 0);
      const conversions = draw() < 1 / (1 + Math.exp(-odds)) ? 1 : 0;
      return { path, conversions, value: 0, nulls: 1 - conversions };
    });
    const { fit } = creditPathsByLogistic(aggregatePaths(rows, CHANNELS), { random: draw });
    const of = (channel: (typeof CHANNELS)[number]): number => fit.coefficient[CHANNELS.indexOf(channel)]!;
    expect(of("Search")).toBeCloseTo(2, 0);
    expect(of("Video")).toBeCloseTo(1, 0);
    expect(Math.abs(of("Affiliate"))).toBeLessThan(0.2);
    expect(fit.positiveShare[CHANNELS.indexOf("Search")]).toBe(1);
  });

  test("is the same for the same random numbers", () => {
    fc.assert(
      fc.property(bothEnds, fc.nat({ max: 1_000 }), (rows, seed) => {
        const run = () => {
          try {
            return creditPathsByLogistic(aggregatePaths(rows), { random: uniformFrom(seed), bags: 10 });
          } catch (error) {
            return (error as Error).message;
          }
        };
        expect(run()).toEqual(run());
      }),
    );
  });

  test("is refused without unconverted journeys, and where no channel goes with converting", () => {
    const allConvert = aggregatePaths([{ path: ["A"], conversions: 5, value: 0, nulls: null }]);
    expect(() => creditPathsByLogistic(allConvert, { random: uniformFrom(1) })).toThrow(/No unconverted journey/);
    const rows = ["A", "B", "C"].map((channel) => ({ path: [channel], conversions: 1, value: 0, nulls: 400 }));
    rows.push({ path: ["A", "B", "C"], conversions: 0, value: 0, nulls: 5_000 });
    const credit = () => creditPathsByLogistic(aggregatePaths(rows), { random: uniformFrom(1), channelShare: 1 });
    expect(credit).toThrow(/more often with no channel/);
  });
});

/** Slope of the penalised log-likelihood, term by term from its definition. */
function slopes(rows: readonly PathRow[], coefficients: Float64Array, ridge: number): number[] {
  const chanceOf = (path: readonly string[]): number => {
    const odds = CHANNELS.reduce(
      (sum, channel, at) => sum + (path.includes(channel) ? coefficients[at + 1]! : 0),
      coefficients[0]!,
    );
    return 1 / (1 + Math.exp(-odds));
  };
  const residuals = rows.map(
    ({ path, conversions, nulls }) => conversions - (conversions + (nulls ?? 0)) * chanceOf(path),
  );
  return [
    sumOf(residuals),
    ...CHANNELS.map(
      (channel, at) =>
        sumOf(residuals.filter((_, row) => rows[row]!.path.includes(channel))) - ridge * coefficients[at + 1]!,
    ),
  ];
}
