import { expect, test } from "vitest";
import { comparePlans } from "./compare-plans.ts";
import type { DrawsProblem } from "./problem.ts";
import { meanOfWorst, spreadOf } from "./spread.ts";

const problem: DrawsProblem = {
  objective: { type: "mean_of_draws" },
  channels: [
    {
      name: "a",
      draws: [1, 2, 3, 4].map((a) => ({ type: "power", a, p: 1 })),
      lower: 0,
      upper: null,
      current: 100,
    },
    {
      name: "b",
      draws: [2.5, 2.5, 2.5, 2.5].map((a) => ({ type: "power", a, p: 1 })),
      lower: 0,
      upper: null,
      current: 0,
    },
  ],
  constraints: [],
};

test("the chance of a gain counts the worlds in which the plan wins", () => {
  const { probabilityOfGain, meanGain, interval } = comparePlans(
    problem,
    Float64Array.of(0, 100),
    Float64Array.of(100, 0),
  );
  expect(probabilityOfGain).toBe(0.5);
  expect(meanGain).toBe(0);
  expect(interval.low).toBeCloseTo(-135, 10);
  expect(interval.high).toBeCloseTo(135, 10);
});

test("a plan against itself neither wins nor loses", () => {
  const today = Float64Array.of(40, 60);
  expect(comparePlans(problem, today, today).probabilityOfGain).toBe(0.5);
});

test("money counts where the objective counts it", () => {
  const profit: DrawsProblem = { ...problem, objective: { type: "mean_of_draws", spend_weight: -1 } };
  const more = comparePlans(profit, Float64Array.of(200, 0), Float64Array.of(100, 0));
  expect(more.probabilityOfGain).toBe(0.875);
  expect(more.meanGain).toBe(150);
});

test("the worst share may end within a world", () => {
  const outcomes = Float64Array.of(4, 1, 3, 2, 5);
  expect(meanOfWorst(outcomes, 0.2)).toBe(1);
  expect(meanOfWorst(outcomes, 0.3)).toBeCloseTo((1 + 0.5 * 2) / 1.5, 14);
  expect(meanOfWorst(outcomes, 0.01)).toBeCloseTo(1, 14);
  expect(meanOfWorst(outcomes, 1)).toBe(3);
});

test("the spread is that of a sample", () => {
  const { mean, sd, p10, p90, cvar20 } = spreadOf(Float64Array.of(1, 2, 3, 4, 5));
  expect([mean, p10, p90, cvar20]).toEqual([3, 1.4, 4.6, 1]);
  expect(sd).toBeCloseTo(Math.sqrt(2.5), 14);
  expect(spreadOf(Float64Array.of(7)).sd).toBe(0);
});
