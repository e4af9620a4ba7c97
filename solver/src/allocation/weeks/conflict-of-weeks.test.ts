import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { type Engines, loadHighs, simplexEngine } from "../../linear/index.ts";
import { allocateWeeks } from "./allocate-weeks.ts";
import type { InfeasibleWeeks, WeeksConstraint, WeeksLimit, WeeksProblem } from "./problem.ts";
import { weeksProblem } from "./weeks.arbitrary.ts";
import { sixWeeks } from "./weeks.fixture.ts";

let engines: Engines;
beforeAll(async () => {
  engines = { small: simplexEngine, large: await loadHighs() };
});

function impossible(problem: WeeksProblem): InfeasibleWeeks {
  const answer = allocateWeeks(problem, engines);
  if (answer.status !== "infeasible") throw new Error(`${answer.status} where nothing is possible`);
  return answer;
}

const withConstraints = (...constraints: WeeksConstraint[]): WeeksProblem => ({ ...sixWeeks, constraints });
const total = (value: number): WeeksConstraint => ({ type: "total_spend", sense: "=", value });

test("a total that the weeks cannot hold is named with both ways out", () => {
  const { conflict, repairs } = impossible(
    withConstraints(total(240_000), { type: "weekly_spend", min: null, max: 36_000 }),
  );
  expect(conflict).toEqual([
    { type: "total_spend", sense: "=", value: 240_000 },
    { type: "weekly_max", value: 36_000 },
  ]);
  expect(repairs).toEqual([
    { limit: { type: "total_spend", sense: "=", value: 240_000 }, to: 216_000 },
    { limit: { type: "weekly_max", value: 36_000 }, to: 40_000 },
  ]);
});

test("promises that jump further than the pace allows between them are named with the pace", () => {
  const { conflict, repairs } = impossible(
    withConstraints(
      total(170_000),
      { type: "commitment", channel: "television", week: 1, value: 5000 },
      { type: "commitment", channel: "television", week: 3, value: 20_000 },
      { type: "pacing_pct", value: 20 },
    ),
  );
  expect(conflict.map(({ type }) => type)).toEqual(["commitment", "commitment", "pacing_pct"]);
  const pace = repairs.find(({ limit }) => limit.type === "pacing_pct");
  expect(pace?.to).toBeCloseTo(100, 4);
  const later = repairs.find(({ limit }) => limit.type === "commitment" && limit.week === 3);
  expect(later?.to).toBeCloseTo(7200, 6);
});

test("a promise above the channel's own weekly maximum is named", () => {
  const { conflict } = impossible(
    withConstraints(total(170_000), { type: "commitment", channel: "search", week: 0, value: 25_000 }),
  );
  expect(conflict).toEqual([
    { type: "channel_week_max", channel: "search", value: 20_000 },
    { type: "commitment", channel: "search", week: 0, value: 25_000 },
  ]);
});

test("no limit of a conflict can be spared, and every repair makes the problem possible", () => {
  let ran = 0;
  let repaired = 0;
  fc.assert(
    fc.property(weeksProblem(false), (problem) => {
      const answer = allocateWeeks(problem, engines);
      if (answer.status !== "infeasible") return;
      ran++;
      expect(answer.conflict.length).toBeGreaterThan(0);
      for (const { limit, to } of answer.repairs) {
        const changed = withLimit(problem, limit, to);
        if (changed === null) continue;
        expect(allocateWeeks(changed, engines).status).not.toBe("infeasible");
        repaired++;
      }
    }),
    { numRuns: 25, seed: 17 },
  );
  expect(ran).toBeGreaterThan(3);
  expect(repaired).toBeGreaterThan(3);
});

/** The problem with one number changed; null for limits that this test does not write back. */
function withLimit(problem: WeeksProblem, limit: WeeksLimit, to: number): WeeksProblem | null {
  const constraints = problem.constraints.map((one): WeeksConstraint => {
    switch (one.type) {
      case "total_spend":
      case "pacing_pct":
        return limit.type === one.type ? { ...one, value: to } : one;
      case "commitment":
        return limit.type === "commitment" ? { ...one, value: to } : one;
      case "weekly_spend":
        return {
          ...one,
          min: limit.type === "weekly_min" ? to : one.min,
          max: limit.type === "weekly_max" ? to : one.max,
        };
      case "group_weekly_spend":
        return { ...one, max: limit.type === "group_week_max" ? to : one.max };
      default:
        return one;
    }
  });
  return limit.type.startsWith("channel") ? null : { ...problem, constraints };
}
