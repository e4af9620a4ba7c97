import { expect, test } from "vitest";
import { judgeWeeks, type MarketTruths } from "./judge-weeks.ts";

const TRUTHS: MarketTruths = {
  channels: ["weak", "strong", "mail"],
  isPaid: [true, true, false],
  today: [100, 100, 0],
  worth: (spend) => 2 * spend[0]! + 5 * spend[1]!,
  orders: { mean: 50, deviation: 0 },
};
const week = (split: number[], held: boolean[] | null = [false, false, false]) => ({
  split,
  held,
  season: 1,
  largest: [150, 150, 0],
});

test("whoever does what the truth asks for captures all that is allowed", () => {
  const weeks = judgeWeeks(TRUTHS, [week([80, 120, 0]), week([64, 136, 0])]);
  expect(weeks[0]).toMatchObject({ gain: 7 * 60, step: 7 * 60, worthToday: 7 * 700, breaches: [] });
  expect(weeks[0]!.moved).toBeCloseTo(0.1, 9);
  expect(weeks[0]!.allowed).toBeCloseTo(7 * 60, 3);
  // The weaker one may lose a fifth of what is left.
  expect(weeks[1]!.allowed).toBeCloseTo(7 * 108, 3);
  expect(weeks[1]!.gain).toBeCloseTo(7 * 108, 9);
});

test("a loss is told against the week before, with what chance makes of the moved money", () => {
  const [first, second] = judgeWeeks(TRUTHS, [week([80, 120, 0]), week([96, 104, 0])]);
  expect(second!.step).toBeCloseTo(-7 * 48, 9);
  expect(second!.gain).toBeCloseTo(7 * 12, 9);
  // 32 and 80 a day turn: 15.68 orders of 50 in a week.
  expect(second!.noise).toBeCloseTo(50 * Math.sqrt((7 * (32 + 80)) / 50), 9);
  expect(judgeWeeks(TRUTHS, [week([100, 100, 0])])[0]!.noise).toBe(0);
  expect(first!.noise).toBeGreaterThan(0);
});

test("what guard-rails held is not asked for, and stays so while nobody says otherwise", () => {
  const weeks = judgeWeeks(TRUTHS, [week([100, 100, 0], [true, false, false]), week([100, 100, 0], null)]);
  for (const { allowedOfMovable, allowed } of weeks) {
    expect(allowedOfMovable).toBe(0);
    expect(allowed).toBeGreaterThan(0);
  }
});

test("every rail is looked at, whatever the product says of it", () => {
  const broken = (split: number[]) => judgeWeeks(TRUTHS, [week(split)])[0]!.breaches.map(({ rule }) => rule);
  expect(broken([79, 121, 0])).toEqual(["channel-change", "channel-change", "total-moved"]);
  expect(judgeWeeks(TRUTHS, [week([100, 110, 0])])[0]!.budget).toBeCloseTo(1.05, 9);
  expect(broken([100, 99, 1])).toEqual(["extrapolation", "channel-change"]);
  expect(broken([85, 115, 0])).toEqual([]);
  const seen = { ...week([85, 115, 0]), largest: [150, 114, 0] };
  expect(judgeWeeks(TRUTHS, [seen])[0]!.breaches).toMatchObject([{ rule: "extrapolation", channel: "strong" }]);
});
