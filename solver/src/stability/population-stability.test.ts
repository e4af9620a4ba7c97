import { describe, expect, test } from "vitest";
import { seeded } from "../daily/simulated-days.fixture.ts";
import { drawNormal } from "../draw-normal.ts";
import { stabilityIndex } from "./population-stability.ts";

const WEEK = [1.3, 1.2, 1, 1, 1.1, 0.7, 0.5];

/** Days of counts: so many a day, split by shares that swing with waves of their own. */
function drawDays(
  days: number,
  { daily, shares, waves = 0 }: { daily: number; shares: readonly number[]; waves?: number },
  random: () => number,
): number[][] {
  const level = shares.map(() => 0);
  return Array.from({ length: days }, (_, day) => {
    const weights = shares.map((share, bin) => {
      level[bin] = 0.9 * level[bin]! + waves * drawNormal(random);
      return share * Math.exp(level[bin]!);
    });
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => {
      const mean = (daily * WEEK[day % 7]! * weight) / all;
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * drawNormal(random)));
    });
  });
}

const SHARES = [0.4, 0.3, 0.15, 0.1, 0.05];

describe("the stability index", () => {
  test("is that of the textbook where nothing is left to chance", () => {
    const day = (shares: readonly number[]) => Array.from({ length: 112 }, () => shares.map((share) => 1e6 * share));
    const found = stabilityIndex(day([0.5, 0.3, 0.2]), day([0.2, 0.3, 0.5]).slice(0, 28))!;
    expect(found.index).toBeCloseTo(2 * 0.3 * Math.log(0.5 / 0.2), 9);
    expect(found.byChance).toBe(0);
    expect(found.probability).toBe(0);
  });

  test("is 0 on average where nothing has changed, however few the rows and however unlike the weeks", () => {
    const random = seeded(11);
    for (const options of [
      { daily: 20, shares: SHARES },
      { daily: 2_000, shares: SHARES },
      { daily: 200, shares: SHARES, waves: 0.1 },
    ]) {
      let [index, left] = [0, 0];
      const rounds = 200;
      for (let round = 0; round < rounds; round++) {
        const days = drawDays(252, options, random);
        const found = stabilityIndex(days.slice(0, -28), days.slice(-28))!;
        index += found.index / rounds;
        left += (found.index - found.byChance) / rounds;
      }
      expect(Math.abs(left)).toBeLessThan(0.25 * index);
    }
  });

  test("of small samples is large by chance alone, and is not taken for a drift", () => {
    const random = seeded(5);
    let [beyond, alarms] = [0, 0];
    const rounds = 400;
    for (let round = 0; round < rounds; round++) {
      const days = drawDays(140, { daily: 1.2, shares: [0.2, 0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1] }, random);
      const found = stabilityIndex(days.slice(0, -28), days.slice(-28));
      if (found === null) continue;
      if (found.index > 0.25) beyond++;
      if (found.corrected > 0.25 && found.probability < 0.001) alarms++;
    }
    expect(beyond).toBeGreaterThan(0.2 * rounds);
    expect(alarms).toBeLessThanOrEqual(2);
  });

  test("has a false-alarm rate near the one asked for, with waves too", () => {
    const random = seeded(23);
    for (const waves of [0, 0.1]) {
      let alarms = 0;
      const rounds = 400;
      for (let round = 0; round < rounds; round++) {
        const days = drawDays(252, { daily: 300, shares: SHARES, waves }, random);
        if (stabilityIndex(days.slice(0, -28), days.slice(-28))!.probability < 0.01) alarms++;
      }
      expect(alarms / rounds).toBeLessThan(0.03);
    }
  });

  test("finds a channel that took over, and names it", () => {
    const random = seeded(31);
    const before = drawDays(224, { daily: 300, shares: SHARES, waves: 0.05 }, random);
    const recent = drawDays(28, { daily: 300, shares: [0.1, 0.1, 0.1, 0.1, 0.6], waves: 0.05 }, random);
    const found = stabilityIndex(before, recent)!;
    expect(found.corrected).toBeGreaterThan(0.5);
    expect(found.probability).toBeLessThan(1e-6);
    expect(found.largest).toBe(4);
  });

  test("knows no unit of money and no order of days within a week", () => {
    const random = seeded(7);
    const days = drawDays(140, { daily: 50, shares: SHARES, waves: 0.1 }, random);
    const [before, recent] = [days.slice(0, -28), days.slice(-28)];
    const found = stabilityIndex(before, recent)!;
    const dear = (each: number[][]) => each.map((day) => day.map((amount) => 1_000 * amount));
    expect(stabilityIndex(dear(before), dear(recent))!.index).toBeCloseTo(found.index, 9);
    expect(stabilityIndex(dear(before), dear(recent))!.probability).toBeCloseTo(found.probability, 9);
    expect(stabilityIndex(before, recent.toReversed())!.index).toBeCloseTo(found.index, 12);
  });

  test("says nothing of a short past, and of nothing", () => {
    const random = seeded(3);
    const days = drawDays(60, { daily: 50, shares: SHARES }, random);
    expect(stabilityIndex(days.slice(0, 20), days.slice(20, 48))).toBeNull();
    expect(stabilityIndex([], days)).toBeNull();
    expect(stabilityIndex(days, [])).toBeNull();
  });
});
