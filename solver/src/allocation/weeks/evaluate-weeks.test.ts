import { describe, expect, test } from "vitest";
import { curveValue } from "../../response/curve-families.ts";
import { evaluateWeeks } from "./evaluate-weeks.ts";
import { sixWeeks } from "./weeks.fixture.ts";

const spend = [
  Float64Array.of(5000, 6000, 7000, 8000, 9000, 10_000),
  Float64Array.of(4000, 4000, 9000, 9000, 4000, 4000),
  Float64Array.of(0, 0, 12_000, 0, 0, 3000),
];

describe("the worth of a plan by week", () => {
  test("is the sum written out by hand", () => {
    let total = 0;
    for (const [i, { curve, kernel, before }] of sixWeeks.channels.entries()) {
      const all = [...before, ...spend[i]!];
      for (let t = 0; t < 10; t++) {
        let work = 0;
        for (const [k, share] of kernel.entries()) work += share * (all[before.length + t - k] ?? 0);
        total += sixWeeks.season[t]! * curveValue(curve, work);
      }
    }
    const value = evaluateWeeks(sixWeeks, spend);
    expect(Math.abs(value.objectiveValue / total - 1)).toBeLessThan(1e-14);
    expect([...value.weeklyTotal]).toEqual([9000, 10_000, 28_000, 17_000, 13_000, 17_000]);
    expect(value.carryInValue).toBeGreaterThan(0);
    expect(value.carryInValue).toBeLessThan(value.objectiveValue);
  });

  test("says what falls behind the horizon, and counting those weeks leaves nothing there", () => {
    const cut = evaluateWeeks({ ...sixWeeks, season: sixWeeks.season.slice(0, 6) }, spend);
    const counted = evaluateWeeks(sixWeeks, spend);
    expect(counted.afterHorizon).toBe(0);
    const withoutPlan = evaluateWeeks(
      sixWeeks,
      spend.map((one) => one.map(() => 0)),
    );
    const carried = counted.objectiveValue - cut.objectiveValue;
    const carriedAnyway =
      withoutPlan.objectiveValue -
      evaluateWeeks(
        { ...sixWeeks, season: sixWeeks.season.slice(0, 6) },
        spend.map((one) => one.map(() => 0)),
      ).objectiveValue;
    expect(cut.afterHorizon).toBeGreaterThan(0);
    expect(Math.abs(cut.afterHorizon / (carried - carriedAnyway) - 1)).toBeLessThan(1e-12);
  });

  test("counts price, own season and weights", () => {
    const channels = sixWeeks.channels.map((one) => ({
      ...one,
      costIndex: [1, 1, 1, 1, 1, 1],
      season: sixWeeks.season.map(() => 2),
    }));
    const plain = evaluateWeeks(sixWeeks, spend).objectiveValue;
    expect(evaluateWeeks({ ...sixWeeks, channels }, spend).objectiveValue).toBeCloseTo(2 * plain, 6);
    const weights = { television: 0, search: 0, social: 3 };
    const social = evaluateWeeks(sixWeeks, spend).response[2]!.reduce((total, one) => total + one, 0);
    const weighted = evaluateWeeks({ ...sixWeeks, objective: { weights } }, spend).objectiveValue;
    expect(weighted).toBeCloseTo(3 * social, 6);
  });
});
