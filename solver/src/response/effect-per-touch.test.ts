import { describe, expect, it } from "vitest";
import { drawWear, fitEffects } from "./effect-per-touch.ts";

const DAYS = 180;
const demand = Float64Array.from({ length: DAYS }, (_, day) => 1 + 0.4 * Math.sin((2 * Math.PI * day) / 90));
const touches = Float64Array.from({ length: DAYS }, (_, day) => 300 * (1 + 0.5 * Math.sin(day / 11)));
/** A little disorder that repeats itself: without any, what is assumed would count for nothing. */
const disorder = (day: number) => 1 + 0.05 * Math.sin(day * 1.7);

function revenueOf(perTouch: number, power: number): Float64Array {
  const raised = demand.map((each) => each ** power);
  const mean = raised.reduce((sum, each) => sum + each, 0) / DAYS;
  return touches.map((count, day) => (count * perTouch * raised[day]! * disorder(day)) / mean);
}

describe("what a touch brings", () => {
  it("is found for an ordinary time, with what demand makes of it", () => {
    for (const power of [0, 0.5, 1]) {
      const revenues = [2, 0.3].map((perTouch) => revenueOf(perTouch, power));
      const { seasonPower, channels } = fitEffects(
        revenues.map((revenue) => ({ touches, revenue, frequency: 0.4 })),
        demand,
      );
      expect(seasonPower).toBeCloseTo(power, 1);
      expect(channels[0]!.revenuePerTouch).toBeCloseTo(2, 1);
      expect(channels[1]!.revenuePerTouch / 0.3).toBeCloseTo(1, 1);
    }
  });

  it("is the same in another currency", () => {
    const revenue = revenueOf(2, 0.7);
    const plain = fitEffects([{ touches, revenue, frequency: 0.4 }], demand);
    const dear = fitEffects([{ touches, revenue: revenue.map((each) => 1_000 * each), frequency: 0.4 }], demand);
    expect(dear.seasonPower).toBeCloseTo(plain.seasonPower, 9);
    expect(dear.channels[0]!.revenuePerTouch / plain.channels[0]!.revenuePerTouch).toBeCloseTo(1_000, 6);
    expect(dear.channels[0]!.wear).toBeCloseTo(plain.channels[0]!.wear, 9);
  });

  it("falls with volume where the days say so, and hardly where they do not", () => {
    const steady = fitEffects([{ touches, revenue: revenueOf(2, 0.5), frequency: 0.4 }], demand).channels[0]!;
    const tiring = touches.map((count, day) => count * 2 * (count / 300) ** -0.5 * disorder(day));
    const worn = fitEffects([{ touches, revenue: tiring, frequency: 2 }], demand).channels[0]!;
    expect(steady.wear).toBeLessThan(0.06);
    expect(worn.wear).toBeGreaterThan(0.2);
  });

  it("is nothing where nothing is credited", () => {
    const silent = { touches, revenue: new Float64Array(DAYS), frequency: 0 };
    expect(fitEffects([silent], demand).channels[0]!.revenuePerTouch).toBe(0);
    expect(
      fitEffects([{ touches: new Float64Array(DAYS), revenue: new Float64Array(DAYS), frequency: 0 }], demand)
        .channels[0]!.revenuePerTouch,
    ).toBe(0);
  });

  it("never rises with volume in any draw", () => {
    const effect = { revenuePerTouch: 1, usualVolume: 1, wear: 0.02, wearCentre: -0.05, wearDeviation: 0.05 };
    for (let i = 1; i < 100; i++) expect(drawWear(effect, () => i / 100)).toBeGreaterThanOrEqual(0);
  });
});
