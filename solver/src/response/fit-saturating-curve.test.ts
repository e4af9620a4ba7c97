import { describe, expect, test } from "vitest";
import { ModelError } from "../model-error.ts";
import {
  fitSaturatingCurve,
  type RefusedCurve,
  type SaturatingCurve,
  type SaturatingCurveFit,
  type SaturationObservations,
} from "./fit-saturating-curve.ts";

interface Market extends SaturatingCurve {
  readonly days: number;
  /** Standard deviation of log spend around 1,000 a day. */
  readonly spendSpread: number;
  /** Standard deviation of daily revenue. */
  readonly noise: number;
}

const USUAL: Market = { days: 365, ceiling: 5_000, halfSpend: 2_000, spendSpread: 0.4, noise: 250 };

describe("a simulated market", () => {
  test.each<[string, Partial<Market>]>([
    ["a year of spend that varies", {}],
    ["a channel that saturates early", { halfSpend: 500 }],
    ["two months only", { days: 60 }],
    ["spend that varies little", { spendSpread: 0.15 }],
  ])(
    "has its truth inside the 90 % band in at least 85 of 100 repeats: %s",
    (_, change) => {
      const market = { ...USUAL, ...change };
      let curveInside = 0;
      let halfSpendInside = 0;
      for (let repeat = 0; repeat < 100; repeat++) {
        const random = uniformFrom(repeat + 1);
        const fit = fitted(simulate(market, random), 120, random);
        const isInside = (figure: (curve: SaturatingCurve) => number): boolean => {
          const [low, high] = band(fit, figure);
          return low <= figure(market) && figure(market) <= high;
        };
        if (isInside(({ ceiling, halfSpend }) => (ceiling * 1_300) / (halfSpend + 1_300))) curveInside++;
        if (isInside(({ halfSpend }) => halfSpend)) halfSpendInside++;
      }
      expect(curveInside).toBeGreaterThanOrEqual(85);
      expect(halfSpendInside).toBeGreaterThanOrEqual(85);
    },
    60_000,
  );

  test("without noise gives its curve back", () => {
    const fit = fitted(simulate({ ...USUAL, noise: 0 }, uniformFrom(3)), 5, uniformFrom(4));
    expect(fit.ceiling / USUAL.ceiling).toBeCloseTo(1, 5);
    expect(fit.halfSpend / USUAL.halfSpend).toBeCloseTo(1, 5);
    expect(fit.r2).toBeCloseTo(1, 9);
    for (const draw of fit.draws) expect(draw.halfSpend / USUAL.halfSpend).toBeCloseTo(1, 5);
  });

  test("with more noise gives wider draws", () => {
    const widths = [0.01, 0.04, 0.16].map((part) =>
      logWidth(fitted(simulate({ ...USUAL, noise: part * USUAL.ceiling }, uniformFrom(7)), 60, uniformFrom(8))),
    );
    expect(widths[1]).toBeGreaterThan(2 * widths[0]!);
    expect(widths[2]).toBeGreaterThan(1.5 * widths[1]!);
  });

  test("in which spend never varies gives draws as wide as the prior", () => {
    const constant = fitted(simulate({ ...USUAL, spendSpread: 0 }, uniformFrom(11)), 200, uniformFrom(12));
    expect(constant.spendVariation).toBeLessThan(1e-12);
    expect(constant.halfSpend).toBeCloseTo(2_000, 0);
    // 90 % of a log-normal with a standard deviation of 1 lies within 3.29 in log.
    expect(logWidth(constant)).toBeGreaterThan(2.6);
    expect(logWidth(constant)).toBeLessThan(4);
    // What is spent today brings what it brought, whatever the curve beyond.
    const [low, high] = band(constant, ({ ceiling, halfSpend }) => (ceiling * 1_000) / (halfSpend + 1_000));
    expect((high - low) / low).toBeLessThan(0.1);
  });

  test("in which every day is the same to the cent gives the prior's guess, as wide", () => {
    const same = { spend: new Float64Array(90).fill(1_000), revenue: new Float64Array(90).fill(700) };
    const fit = fitted({ ...same, season: new Float64Array(90).fill(1) }, 200, uniformFrom(13));
    expect(fit.halfSpend).toBeCloseTo(2_000, 0);
    expect(fit.ceiling).toBeCloseTo(2_100, 0);
    expect(logWidth(fit)).toBeGreaterThan(2.6);
    expect(fit.r2).toBe(0);
  });

  test("on days without spend says nothing about the curve", () => {
    const market = simulate(USUAL, uniformFrom(21));
    const withPauses: SaturationObservations = {
      spend: Float64Array.from([...market.spend, ...new Float64Array(50)]),
      revenue: Float64Array.from([...market.revenue, ...new Float64Array(50)]),
      season: Float64Array.from([...market.season, ...new Float64Array(50).fill(1)]),
    };
    const without = fitted(market, 10, uniformFrom(22));
    const paused = fitted(withPauses, 10, uniformFrom(22));
    expect(paused).toEqual({ ...without, r2: paused.r2 });
    expect(paused.positiveDays).toBe(365);
  });
});

describe("units", () => {
  const market = simulate({ ...USUAL, days: 120 }, uniformFrom(31));
  const plain = fitted(market, 20, uniformFrom(32));
  const times = (numbers: Float64Array, factor: number): Float64Array => numbers.map((each) => each * factor);

  test("revenue in thousandths scales the ceiling and nothing else, draws included", () => {
    const scaled = fitted({ ...market, revenue: times(market.revenue, 1_000) }, 20, uniformFrom(32));
    [plain, ...plain.draws].forEach((curve, index) => {
      const after = [scaled, ...scaled.draws][index]!;
      expect(after.ceiling / curve.ceiling / 1_000).toBeCloseTo(1, 6);
      expect(after.halfSpend / curve.halfSpend).toBeCloseTo(1, 6);
    });
    expect(scaled.r2).toBeCloseTo(plain.r2, 9);
  });

  test("spend in thousandths scales half spend and nothing else, draws included", () => {
    const scaled = fitted({ ...market, spend: times(market.spend, 1_000) }, 20, uniformFrom(32));
    [plain, ...plain.draws].forEach((curve, index) => {
      const after = [scaled, ...scaled.draws][index]!;
      expect(after.ceiling / curve.ceiling).toBeCloseTo(1, 6);
      expect(after.halfSpend / curve.halfSpend / 1_000).toBeCloseTo(1, 6);
    });
    expect(scaled.spendVariation).toBeCloseTo(plain.spendVariation, 12);
  });
});

describe("a curve is refused, with the reason,", () => {
  const market = simulate({ ...USUAL, days: 40 }, uniformFrom(41));

  test.each<[string, SaturationObservations, Omit<RefusedCurve, "kind" | "reason"> & { reason: RegExp }]>([
    [
      "from fewer than 14 days with spend",
      { ...market, spend: market.spend.map((each, day) => (day < 13 ? each : 0)) },
      { code: "few-days", days: 13, reason: /Only 13 days have spend; a curve needs at least 14/ },
    ],
    [
      "from a single day with spend",
      { ...market, spend: market.spend.map((each, day) => (day < 1 ? each : 0)) },
      { code: "few-days", days: 1, reason: /Only one day has spend/ },
    ],
    [
      "without revenue",
      { ...market, revenue: new Float64Array(40) },
      { code: "no-revenue", days: 40, reason: /brought no revenue/ },
    ],
    [
      "where revenue came only while nothing was spent",
      {
        ...market,
        spend: market.spend.map((each, day) => (day < 20 ? each : 0)),
        revenue: market.revenue.map((each, day) => (day < 20 ? 0 : each)),
      },
      { code: "no-revenue", days: 20, reason: /brought no revenue/ },
    ],
    [
      "where revenue falls as spend rises",
      {
        spend: Float64Array.from({ length: 40 }, (_, day) => (day % 2 === 0 ? 1 : 1_000)),
        revenue: Float64Array.from({ length: 40 }, (_, day) => (day % 2 === 0 ? 1_000 : -999)),
        season: new Float64Array(40).fill(1),
      },
      { code: "falling", days: 40, reason: /fell where spend rose/ },
    ],
  ])("%s", (_, observations, { code, days, reason }) => {
    const fit = fitSaturatingCurve(observations, { draws: 5, random: uniformFrom(42) });
    expect(fit).toEqual({ kind: "refused", code, days, reason: expect.stringMatching(reason) });
  });

  test.each<[string, SaturationObservations]>([
    ["arrays of different lengths", { ...market, season: new Float64Array(39).fill(1) }],
    ["negative spend", { ...market, spend: market.spend.map((each) => -each) }],
    ["revenue that is no number", { ...market, revenue: new Float64Array(40).fill(Number.NaN) }],
    ["a season of zero", { ...market, season: new Float64Array(40) }],
  ])("but %s is an error", (_, observations) => {
    expect(() => fitSaturatingCurve(observations, { draws: 5, random: uniformFrom(42) })).toThrow(ModelError);
  });
});

/** Log-normal spend around 1,000 a day, a yearly season of +-20 %, normal noise. */
function simulate(
  { days, ceiling, halfSpend, spendSpread, noise }: Market,
  random: () => number,
): SaturationObservations {
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const season = Float64Array.from({ length: days }, (_, day) => 1 + 0.2 * Math.sin((2 * Math.PI * day) / 365));
  const spend = Float64Array.from({ length: days }, () => 1_000 * Math.exp(spendSpread * normal()));
  const revenue = spend.map((each, day) => (season[day]! * ceiling * each) / (halfSpend + each) + noise * normal());
  return { spend, revenue, season };
}

function fitted(observations: SaturationObservations, draws: number, random: () => number): SaturatingCurveFit {
  const fit = fitSaturatingCurve(observations, { draws, random });
  if (fit.kind === "refused") throw new Error(fit.reason);
  expect(fit.draws).toHaveLength(draws);
  return fit;
}

/** Of n draws in order, one in 20 of the n + 1 gaps between and around them is left out at each end: 90 %. */
function band({ draws }: SaturatingCurveFit, figure: (curve: SaturatingCurve) => number): [number, number] {
  const sorted = draws.map(figure).sort((a, b) => a - b);
  const cut = Math.floor(0.05 * (sorted.length + 1)) - 1;
  return [sorted[cut]!, sorted[sorted.length - 1 - cut]!];
}

function logWidth(fit: SaturatingCurveFit): number {
  const [low, high] = band(fit, ({ halfSpend }) => Math.log(halfSpend));
  return high - low;
}

/** Uniform in [0, 1) from a seed: the upper bits of a 64-bit linear congruence (Knuth's multiplier). */
function uniformFrom(seed: number): () => number {
  let state = BigInt(seed);
  return () => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return Number(state >> 11n) / 2 ** 53;
  };
}
