import { describe, expect, it } from "vitest";
import { drawNormal } from "../../draw-normal.ts";
import { quantile } from "../../quantile.ts";
import { curveSlope, curveValue } from "../curve-families.ts";
import { type DeliveryFit, type DeliveryObservations, fitDelivery } from "./fit-delivery.ts";
import { deliveryCurve } from "./shapes.ts";

/** A linear congruential generator: the same numbers on every machine. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

interface History {
  readonly deliver: (spend: number) => number;
  readonly variation?: number;
  readonly demandPower?: number;
  readonly follows?: number;
  readonly days?: number;
  readonly seed?: number;
}

/** Spend of around 100 a day, and counts with Poisson noise. */
function history({ deliver, variation = 0.4, demandPower = 0, follows = 0, days = 200, seed = 7 }: History) {
  const random = generator(seed);
  const demand = Float64Array.from({ length: days }, (_, day) => 1 + 0.3 * Math.sin((2 * Math.PI * day) / 60));
  const spend = demand.map((each) => 100 * each ** follows * Math.exp(variation * drawNormal(random)));
  const delivered = spend.map((amount, day) => {
    const mean = deliver(amount) * demand[day]! ** demandPower;
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * drawNormal(random)));
  });
  return { spend, delivered, demand };
}

function fit(observations: DeliveryObservations, seed = 3): DeliveryFit {
  const outcome = fitDelivery(observations, { draws: 200, random: generator(seed) });
  if (outcome.kind !== "fitted") throw new Error(`no delivery was fitted: ${outcome.code}`);
  return outcome;
}

const curvesOf = ({ draws, reference }: DeliveryFit) =>
  draws.map(({ shape, level }) => deliveryCurve(shape, reference, level));
const slopesAt = (fitted: DeliveryFit, spend: number) => curvesOf(fitted).map((curve) => curveSlope(curve, spend));
const meanOf = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

const saturating = (spend: number) => (900 * spend) / (150 + spend);
const saturatingSlope = (spend: number) => (900 * 150) / (150 + spend) ** 2;

describe("what spend delivers", () => {
  it("is found with its slope, whichever family is told to be true", () => {
    const fitted = fit(history({ deliver: saturating }));
    for (const spend of [50, 100, 150]) {
      expect(meanOf(slopesAt(fitted, spend)) / saturatingSlope(spend)).toBeCloseTo(1, 0.9);
      expect(meanOf(curvesOf(fitted).map((curve) => curveValue(curve, spend))) / saturating(spend)).toBeCloseTo(1, 1);
    }
    expect(fitted.families.length).toBeGreaterThan(1);
    expect(fitted.families.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
  });

  it("has a band that holds the truth about as often as it says", () => {
    let held = 0;
    for (let seed = 1; seed <= 16; seed++) {
      const slopes = slopesAt(fit(history({ deliver: saturating, days: 90, seed: 97 * seed })), 100);
      if (quantile(slopes, 0.05) <= saturatingSlope(100) && saturatingSlope(100) <= quantile(slopes, 0.95)) held++;
    }
    expect(held).toBeGreaterThanOrEqual(12);
  });

  it("stays as open as was assumed where spend did not vary", () => {
    const fixed = fit(history({ deliver: saturating, variation: 0 }));
    const varied = fit(history({ deliver: saturating }));
    expect(fixed.spendVariation).toBeLessThan(1e-9);
    expect(fixed.elasticityDeviation).toBeGreaterThan(0.12);
    expect(varied.elasticityDeviation).toBeLessThan(0.05);
  });

  it("is told apart from demand that spend follows", () => {
    const fitted = fit(history({ deliver: saturating, demandPower: 0.8, follows: 1 }));
    expect(fitted.demandPower).toBeCloseTo(0.8, 0.5);
    expect(meanOf(slopesAt(fitted, 100)) / saturatingSlope(100)).toBeGreaterThan(0.85);
    expect(meanOf(slopesAt(fitted, 100)) / saturatingSlope(100)).toBeLessThan(1.15);
    expect(fitted.followsDemand).toBeGreaterThan(0.3);
  });

  it("saturates beyond what was seen even where it was a straight line", () => {
    const fitted = fit(history({ deliver: (spend) => 3 * spend }));
    expect(meanOf(slopesAt(fitted, 100))).toBeGreaterThan(2.5);
    expect(meanOf(slopesAt(fitted, 5_000))).toBeLessThan(1.5);
    const far = slopesAt(fitted, 5_000);
    expect(quantile(far, 0.95)).toBeGreaterThan(2 * quantile(far, 0.05));
  });

  it("is the same in another currency, digit for digit but for rounding", () => {
    const observations = history({ deliver: saturating });
    const dear = fit({ ...observations, spend: observations.spend.map((amount) => amount * 1_000) });
    const fitted = fit(observations);
    expect(dear.reference / fitted.reference).toBeCloseTo(1_000, 6);
    for (const [i, { shape, level }] of fitted.draws.entries()) {
      expect(dear.draws[i]!.shape.family).toBe(shape.family);
      expect(dear.draws[i]!.shape.elasticity).toBeCloseTo(shape.elasticity, 6);
      expect(dear.draws[i]!.level / level).toBeCloseTo(1, 6);
    }
  });

  it("is the same when it is fitted again", () => {
    const observations = history({ deliver: saturating });
    expect(fit(observations).draws).toEqual(fit(observations).draws);
  });

  it("believes less in days that scatter together", () => {
    const calm = history({ deliver: saturating });
    const random = generator(11);
    let wave = 0;
    const clumped = calm.delivered.map((count, day) => {
      if (day % 7 === 0) wave = 0.3 * drawNormal(random);
      return Math.round(count * Math.exp(wave));
    });
    const shaken = fit({ ...calm, delivered: clumped });
    expect(shaken.scatter.excess).toBeGreaterThan(0.02);
    expect(shaken.scatter.clumping).toBeGreaterThan(2);
    expect(shaken.elasticityDeviation).toBeGreaterThan(2 * fit(calm).elasticityDeviation);
  });
});

describe("no delivery is fitted", () => {
  it("on fewer than 14 days with spend, or where nothing was delivered", () => {
    const few = history({ deliver: saturating, days: 13 });
    const none = { ...history({ deliver: saturating }), delivered: new Float64Array(200) };
    const options = { draws: 10, random: generator(1) };
    expect(fitDelivery(few, options)).toEqual({ kind: "refused", code: "few-days", days: 13 });
    expect(fitDelivery(none, options)).toEqual({ kind: "refused", code: "no-delivery", days: 200 });
  });

  it("on numbers that no day can have", () => {
    const fine = history({ deliver: saturating });
    const options = { draws: 10, random: generator(1) };
    expect(() => fitDelivery({ ...fine, spend: fine.spend.with(2, -1) }, options)).toThrow("Day 3: spend is -1");
    expect(() => fitDelivery({ ...fine, demand: fine.demand.with(0, 0) }, options)).toThrow("Day 1: demand is 0");
    expect(() => fitDelivery({ ...fine, demand: new Float64Array(3) }, options)).toThrow("demand 3");
  });
});
