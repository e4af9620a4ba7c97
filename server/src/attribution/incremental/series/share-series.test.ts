import { describe, expect, test } from "vitest";
import { listDays } from "../../../calendar-days.ts";
import { Random } from "../../../random.ts";
import type { SeriesAnswer, SeriesChannelAnswer } from "./answer-series.ts";
import { type DayLeft, shareSeries } from "./share-series.ts";

const FROM = "2026-03-01";
const DAYS = 30;
const KERNEL = [0.5, 0.3, 0.2];
const days = listDays(FROM, "2026-03-30");

function drawCase(seed: number) {
  const random = new Random(seed);
  const channels = ["TV", "Video"].map((channel): SeriesChannelAnswer => {
    const byDay = Array.from({ length: DAYS }, () => 40 * random.uniform());
    const learnt = { ignorance: 0.5, isIdentified: true, rHat: 1, families: {}, curves: [], kernel: KERNEL };
    return { channel, byDay, conversions: 0, low: 0, high: 0, isByDelivery: false, ...learnt };
  });
  const answer: SeriesAnswer = {
    channels,
    seenEnough: [],
    base: Array.from({ length: DAYS }, () => 60 * random.uniform() - 10),
  };
  const left = new Map(
    days.map((day): [string, DayLeft] => {
      const conversions = random.below(80);
      return [day, { conversions, revenue: conversions * 30 - 200, margin: conversions * 3 }];
    }),
  );
  const pressure = (on: (day: number) => boolean) => Float64Array.from(days, (_, day) => (on(day) ? 5 + day : 0));
  const campaigns = new Map([
    [
      "TV",
      new Map([
        ["North", pressure((day) => day < 12)],
        ["South", pressure(() => true)],
      ]),
    ],
    ["Video", new Map([["Reach", pressure((day) => day % 9 < 4)]])],
  ]);
  return { answer, left, campaigns };
}

const sumOf = (rows: readonly { conversions: string; revenue: string }[], amount: "conversions" | "revenue") =>
  rows.reduce((sum, row) => sum + Number(row[amount]), 0);

describe("what unseen channels get of a day", () => {
  test.each([1, 2, 3, 4])("is less than what touches left of it (market %i)", (seed) => {
    const { answer, left, campaigns } = drawCase(seed);
    const rows = shareSeries(answer, FROM, left, campaigns, "conversion");
    expect(rows.length).toBeGreaterThan(DAYS);
    for (const [day, rest] of left) {
      const given = sumOf(
        rows.filter(({ date }) => date === day),
        "conversions",
      );
      expect(given).toBeLessThanOrEqual(0.9 * rest.conversions + 1e-9);
    }
  });

  test.each([1, 2, 3, 4])("is the same in all by touch date, on days with spend (market %i)", (seed) => {
    const { answer, left, campaigns } = drawCase(seed);
    const byConversion = shareSeries(answer, FROM, left, campaigns, "conversion");
    const byTouch = shareSeries(answer, FROM, left, campaigns, "touch");
    for (const amount of ["conversions", "revenue"] as const)
      expect(sumOf(byTouch, amount)).toBeCloseTo(sumOf(byConversion, amount), 6);
    for (const { channel, campaign, date } of byTouch)
      expect(campaigns.get(channel)!.get(campaign)![days.indexOf(date)]).toBeGreaterThan(0);
  });

  test("days that are not credited give nothing", () => {
    const { answer, left, campaigns } = drawCase(5);
    const some = new Map([...left].slice(10, 12));
    const rows = shareSeries(answer, FROM, some, campaigns, "conversion");
    expect(new Set(rows.map(({ date }) => date))).toEqual(new Set(["2026-03-11", "2026-03-12"]));
  });
});
