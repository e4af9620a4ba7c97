import { describe, expect, test } from "vitest";
import { FLAT_WEEK, OFFICE_WEEK, SHOP_WEEK, seeded, simulateDays } from "../daily/simulated-days.fixture.ts";
import { drawNormal } from "../draw-normal.ts";
import { judgeLevel } from "./judge-level.ts";

const HABITS = [
  { noise: 0.1, drift: 0.01, growth: 0, week: SHOP_WEEK },
  { noise: 0.2, drift: 0.03, growth: 0.002, week: OFFICE_WEEK },
  { noise: 0.3, drift: 0.05, growth: -0.003, week: FLAT_WEEK },
];

/** Counts of a day whose mean is this. */
function counted(mean: number, random: () => number): number {
  if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * drawNormal(random)));
  let [count, left] = [0, Math.exp(-mean)];
  for (let at = random(); at > left && count < 500; count++) at *= random();
  return count;
}

describe("a level", () => {
  test("that repeats its week is expected exactly", () => {
    const days = Array.from({ length: 140 }, (_, day) => 100 * SHOP_WEEK[day % 7]!);
    for (const window of [1, 3, 7]) {
      const found = judgeLevel(days, { days: window, of: "amounts" })!;
      expect(found.expected).toBeCloseTo(found.seen, 9);
      expect(found.share).toBeCloseTo(1, 12);
    }
  });

  test("is unusual by chance about as often as its probability says, or less often", () => {
    const random = seeded(13);
    const rounds = 600;
    for (const scale of [0.004, 0.02, 1]) {
      let [low, high] = [0, 0];
      for (let round = 0; round < rounds; round++) {
        const days = simulateDays(HABITS[round % 3]!, 182, random).map((mean) => counted(mean * scale, random));
        const found = judgeLevel(days, { days: [1, 3, 7][round % 3]!, of: "counts" })!;
        if (found.below < 0.01) low++;
        if (found.above < 0.01) high++;
      }
      expect(low / rounds).toBeLessThan(0.04);
      expect(high / rounds).toBeLessThan(0.04);
    }
  });

  test("far below, and unusual at 1 in 10,000: never in 1,500 healthy windows, nearly always when all of three days is missing", () => {
    const random = seeded(17);
    let [alarms, found] = [0, 0];
    const rounds = 1_500;
    for (let round = 0; round < rounds; round++) {
      const days = simulateDays(HABITS[round % 3]!, 182, random).map((mean) => counted(mean * 0.02, random));
      const healthy = judgeLevel(days, { days: 3, of: "counts" })!;
      if (healthy.share < 0.5 && healthy.below < 1e-4) alarms++;
      const broken = judgeLevel([...days.slice(0, -3), 0, 0, 0], { days: 3, of: "counts" })!;
      if (broken.share < 0.5 && broken.below < 1e-4) found++;
    }
    expect(alarms).toBeLessThanOrEqual(1);
    expect(found / rounds).toBeGreaterThan(0.95);
  });

  test("of a shop that is closed on Sundays is not low on a Sunday", () => {
    const random = seeded(19);
    const days = Array.from({ length: 140 }, (_, day) => (day % 7 === 6 ? 0 : counted(40, random)));
    const sunday = judgeLevel(days, { days: 1, of: "counts" })!;
    expect(sunday).toMatchObject({ seen: 0, expected: 0, share: 1, below: 1 });
    expect(judgeLevel([...days.slice(0, -1), 0, 0], { days: 1, of: "counts" })!.below).toBeLessThan(1e-6);
  });

  test("that is quiet at Christmas every year is quiet then, and in its first year it is not known to be", () => {
    const random = seeded(29);
    const quiet = (day: number) => day % 365 >= 358 && day % 365 <= 361;
    const days = Array.from({ length: 365 + 362 }, (_, day) => counted(quiet(day) ? 2 : 40, random));
    const known = judgeLevel(days, { days: 3, of: "counts" })!;
    expect(known.share).toBeLessThan(0.2);
    expect(known.below).toBeGreaterThan(0.01);
    expect(judgeLevel(days.slice(-300), { days: 3, of: "counts" })!.below).toBeLessThan(1e-4);
  });

  test("knows no unit of money, needs three weeks, and takes what else is known", () => {
    const days = simulateDays(HABITS[0]!, 120, seeded(2));
    const [euro, cents] = [days, days.map((amount) => 100 * amount)].map(
      (values) => judgeLevel(values, { days: 3, of: "amounts" })!,
    );
    expect(cents!.share).toBeCloseTo(euro!.share, 12);
    expect(cents!.below).toBeCloseTo(euro!.below, 9);
    expect(judgeLevel(days.slice(0, 20), { days: 3, of: "amounts" })).toBeNull();
    const halved = [...days.slice(0, -3), ...days.slice(-3).map((amount) => 0.3 * amount)];
    const plain = judgeLevel(halved, { days: 3, of: "amounts" })!;
    const told = judgeLevel(halved, { days: 3, of: "amounts", factor: 0.35 })!;
    expect(plain.below).toBeLessThan(1e-4);
    expect(told.below).toBeGreaterThan(0.05);
  });
});
