import type { Curve } from "@touchline/solver";
import { describe, expect, it } from "vitest";
import type { AllocationRow } from "../../contract/index.ts";
import { type DecidedPlan, dailySplit, weeksOfPlans } from "./plan-weeks.ts";
import { earnedOf, gainOfDecision, isFollowed, realisedGain } from "./worth-of-week.ts";

const NOW = { timeZone: "Europe/Paris", now: new Date("2026-06-01T10:00:00Z") };

function plan(id: string, decidedAt: string, more: Partial<DecidedPlan> = {}): DecidedPlan {
  const allocation = [
    { channel: "Search", current: "700.00", recommended: "840.00" },
    { channel: "Social", current: "700.00", recommended: "560.00" },
    { channel: "Mail", current: "70.00", recommended: "70.00" },
  ] as AllocationRow[];
  const decided = { id, isApproved: true, decidedAt: new Date(decidedAt), decidedSplit: null };
  return { ...decided, plan: { period: "week", allocation }, ...more };
}

const shown = (plans: DecidedPlan[]) =>
  weeksOfPlans(plans, NOW).map(({ decided, from, to, days }) => `${decided.id} ${from} ${to} ${days}`);

describe("the weeks of a plan", () => {
  it("begin the day after it was approved, in the workspace's zone, and end where the next plan begins", () => {
    expect(shown([plan("b", "2026-03-09T06:00:00Z"), plan("a", "2026-03-01T23:30:00Z")])).toEqual([
      "a 2026-03-03 2026-03-09 7",
      ...["b 2026-03-10 2026-03-16 7", "b 2026-03-17 2026-03-23 7", "b 2026-03-24 2026-03-30 7"],
      "b 2026-03-31 2026-04-06 7",
    ]);
  });

  it("are cut short by a plan that is approved in the middle, and none of two plans of one day", () => {
    const plans = ["2026-03-02T08:00:00Z", "2026-03-05T08:00:00Z", "2026-03-05T09:00:00Z"];
    expect(shown(plans.map((at, i) => plan(`${i}`, at))).slice(0, 2)).toEqual([
      "0 2026-03-03 2026-03-05 3",
      "2 2026-03-06 2026-03-12 7",
    ]);
  });

  it("never share a day, and a rejected plan takes none from the others", () => {
    const plans = Array.from({ length: 12 }, (_, i) =>
      plan(`${i}`, new Date(Date.UTC(2026, 0, 2 + 3 * i + ((i * i) % 5))).toISOString(), { isApproved: i % 3 > 0 }),
    );
    const approved = weeksOfPlans(plans, NOW).filter(({ decided }) => decided.isApproved);
    expect(approved.length).toBeGreaterThan(7);
    for (const [i, week] of approved.slice(1).entries()) expect(week.from > approved[i]!.to).toBe(true);
    expect(weeksOfPlans(plans, NOW).length).toBe(approved.length + 4);
  });

  it("that have not begun are not told, except the one of tomorrow", () => {
    expect(shown([plan("a", "2026-06-01T08:00:00Z")])).toEqual(["a 2026-06-02 2026-06-08 7"]);
  });
});

/** Draws of a square root that differ by a factor; the middle one is the curve itself. */
const root = (a: number): Curve => ({ type: "power", a, p: 0.5 });
const curves = new Map(
  [
    ["Search", 60],
    ["Social", 20],
    ["Mail", 500],
  ].map(([channel, scale]) => [
    channel as string,
    { curve: root(Number(scale)), draws: [0.5, 0.8, 1, 1.2, 1.5].map((factor) => root(factor * Number(scale))) },
  ]),
);
const split = dailySplit(plan("a", "2026-03-02T08:00:00Z"));
const spent = (Search: number, Social: number, Mail = 70) => new Map(Object.entries({ Search, Social, Mail }));

describe("what a week came to", () => {
  it("is nothing where the split before was spent, in every draw, however much it was", () => {
    for (const factor of [1, 0.7, 1.9]) {
      const { gain, low, high } = realisedGain(split, spent(700 * factor, 700 * factor, 70 * factor), 7, curves);
      expect(gain).toBeCloseTo(0, 9);
      expect(low).toBeCloseTo(0, 9);
      expect(high).toBeCloseTo(0, 9);
    }
  });

  it("is the gain by the curves where the plan was spent; a channel that stayed makes it no less certain", () => {
    const { gain, low, high } = realisedGain(split, spent(840, 560), 7, curves);
    const exact = 7 * (60 * (Math.sqrt(120) - 10) + 20 * (Math.sqrt(80) - 10));
    expect(gain).toBeCloseTo(exact, 6);
    expect(low).toBeGreaterThan(0.4 * exact);
    expect(high).toBeLessThan(1.6 * exact);
    const without = new Map([...curves].filter(([channel]) => channel !== "Mail"));
    expect(realisedGain(split, spent(840, 560), 7, without)).toEqual({
      ...{ gain: expect.closeTo(gain, 9), low: expect.closeTo(low, 9), high: expect.closeTo(high, 9) },
    });
  });

  it("is a loss where the move was wrong, and claims nothing for money that the plan did not ask for", () => {
    expect(realisedGain(split, spent(560, 840), 7, curves).high).toBeLessThan(0);
    const more = realisedGain(split, spent(1_680, 1_120, 140), 7, curves);
    const same = realisedGain(split, spent(840, 560, 70), 7, curves);
    expect(more.gain).toBeCloseTo(Math.SQRT2 * same.gain, 6);
  });

  it("counts as the plan's where spend is nearer to it than to what was before", () => {
    expect(isFollowed(split, spent(820, 575), 7)).toBe(true);
    expect(isFollowed(split, spent(720, 690), 7)).toBe(false);
    expect(isFollowed(split, new Map(), 7)).toBe(false);
    expect(isFollowed(split, spent(1_640, 1_150, 140), 7)).toBe(true);
  });

  it("of an amount that somebody changed is what the channel brings more or less for it", () => {
    const changed = plan("a", "2026-03-02T08:00:00Z", { decidedSplit: [{ channel: "Social", amount: "700.00" }] });
    const social = dailySplit(changed)[1]!;
    expect(social).toEqual({ channel: "Social", before: 100, recommended: 80, decided: 100 });
    expect(gainOfDecision(social, 7, curves)).toBeCloseTo(7 * 20 * (10 - Math.sqrt(80)), 6);
    expect(gainOfDecision({ ...social, channel: "Radio" }, 7, curves)).toBeNull();
  });

  it("of a plan that was rejected leaves every channel where it was", () => {
    const rejected = dailySplit(plan("a", "2026-03-02T08:00:00Z", { isApproved: false }));
    expect(rejected.map(({ before, decided }) => [before, decided])).toEqual([
      [100, 100],
      [100, 100],
      [10, 10],
    ]);
  });

  it("adds up by its low ends, losses whole; what is not known yet adds nothing", () => {
    const weeks = [
      { realised: { gain: 100, low: 40, high: 150 } },
      { realised: { gain: -30, low: -80, high: 10 } },
      { realised: null },
    ];
    expect(earnedOf(weeks)).toEqual({ conservative: -40, middle: 70, weeks: 2 });
  });
});
