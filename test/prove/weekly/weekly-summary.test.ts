import { expect, test } from "vitest";
import type { Week, WeeklyResult } from "./weekly-result.ts";
import { checkWeekly, summariseWeeks } from "./weekly-summary.ts";

const WEEK: Week = {
  ...{ date: "2024-01-01", state: "applied", outcome: "", promised: 90, rules: {}, held: {}, split: [10, 20] },
  ...{ moved: 0.05, budget: 1, gain: 70, step: 70, noise: 20, allowed: 100, allowedOfMovable: 80, worthToday: 1000 },
  ...{ breaches: [], seconds: { live: 1, import: 1, plan: 2 } },
};
const market = (...weeks: Partial<Week>[]): WeeklyResult => ({
  ...{ kind: "clean", seed: 1, size: 1, channels: [] },
  weeks: weeks.map((week) => ({ ...WEEK, ...week })),
});
const statesOf = (results: readonly WeeklyResult[]) => checkWeekly(results).map(({ state }) => state);

test("what was gained is told of all weeks together", () => {
  const summary = summariseWeeks(market({}, { gain: 30 }));
  expect(summary.captured).toBeCloseTo(0.5, 9);
  expect(summary.capturedOfMovable).toBeCloseTo(100 / 160, 9);
  expect(summary.gained).toBeCloseTo(0.05, 9);
  expect(summary.states).toEqual({ applied: 2 });
  expect(summariseWeeks(market({ allowed: 5 })).captured).toBeNull();
});

test("a week that loses more than chance does, a broken rail and too little gain miss their targets", () => {
  expect(statesOf([market({})])).toEqual(["met", "met", "met", "met", "met"]);
  expect(statesOf([market({ step: -19 })])).toEqual(["met", "met", "met", "met", "met"]);
  expect(statesOf([market({ step: -21 })])).toEqual(["met", "met", "missed", "met", "met"]);
  // Money that moved without being able to bring or cost an order has no noise.
  expect(statesOf([market({ step: -1, noise: 0 })])).toEqual(["met", "met", "missed", "met", "met"]);
  const breaches = [{ rule: "channel-change", channel: "TV", share: 0.3 }];
  expect(statesOf([market({ breaches })])).toEqual(["met", "met", "met", "met", "missed"]);
  expect(statesOf([market({ gain: 50 })])).toEqual(["missed", "met", "met", "met", "met"]);
  expect(statesOf([market({}, { state: "blocked" })])).toEqual(["met", "met", "met", "missed", "met"]);
  expect(summariseWeeks(market({ gain: -5 }, { gain: 4 }, { gain: 2 })).underWater).toBe(2);
});
