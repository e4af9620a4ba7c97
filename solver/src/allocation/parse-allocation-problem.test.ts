import { describe, expect, test } from "vitest";
import { parseAllocationProblem } from "./parse-allocation-problem.ts";

const search = {
  name: "search",
  curve: { type: "hill", beta: 300000, k: 40000, s: 1 },
  lower: 0,
  upper: null,
  current: 30000,
};
const social = { name: "social", curve: { type: "log", a: 90000, b: 20000 }, lower: 5000, upper: 60000, current: null };
const total = { type: "total_spend", sense: "=", value: 100000 };
const objective = { type: "max_response", response_weight: 1, spend_weight: -0 };
const problem = { objective, channels: [search, social], constraints: [total] };

test("a problem is read as it was written", () => {
  expect(parseAllocationProblem(JSON.parse(JSON.stringify(problem)))).toEqual({
    kind: "ok",
    problem: { ...problem, objective: { ...objective, spend_weight: 0 } },
  });
});

test("bounds and weights may be left out", () => {
  const parsed = parseAllocationProblem({
    objective: { type: "max_response" },
    channels: [{ name: "search", curve: search.curve }],
    constraints: [],
  });
  expect(parsed).toEqual({
    kind: "ok",
    problem: {
      objective: { type: "max_response", response_weight: 1, spend_weight: 0 },
      channels: [{ name: "search", curve: search.curve, lower: 0, upper: null, current: null }],
      constraints: [],
    },
  });
});

const withChannel = (change: object) => ({ ...problem, channels: [search, { ...social, ...change }] });
const withConstraint = (constraint: object) => ({ ...problem, constraints: [total, constraint] });

describe("what cannot be planned is refused with the field at fault", () => {
  test.each<[string, unknown, string]>([
    ["no object", 7, "problem: must be an object, got 7"],
    ["a list", [], "problem: must be an object, got []"],
    ["no channels", { ...problem, channels: [] }, "channels: must name at least one channel"],
    [
      "the same name twice",
      withChannel({ name: "search" }),
      'channels[1].name: "search" is already the name of channels[0]',
    ],
    [
      "a number that is no number",
      withChannel({ lower: Number.NaN }),
      "channels[1].lower: must be a finite number, got NaN",
    ],
    [
      "an endless number",
      withChannel({ upper: Number.POSITIVE_INFINITY }),
      "channels[1].upper: must be a finite number, got Infinity",
    ],
    ["a number in quotes", withChannel({ lower: "5" }), 'channels[1].lower: must be a finite number, got "5"'],
    ["negative spend", withChannel({ lower: -1 }), "channels[1].lower: must be 0 or more, got -1"],
    ["crossed bounds", withChannel({ upper: 4000 }), "channels[1].upper: must not be below lower (5000), got 4000"],
    ["a misspelt field", withChannel({ uper: 4000 }), "channels[1].uper: is not a known field"],
    [
      "an unknown curve",
      withChannel({ curve: { type: "spline" } }),
      'channels[1].curve.type: must be one of hill, log, power, exp, logistic, got "spline"',
    ],
    [
      "half a curve",
      withChannel({ curve: { type: "log", a: 1 } }),
      "channels[1].curve.b: must be a finite number, got undefined",
    ],
    [
      "a curve without scale",
      withChannel({ curve: { type: "log", a: 1, b: 0 } }),
      "channels[1].curve.b: must be above 0, got 0",
    ],
    [
      "an S-shaped curve",
      withChannel({ curve: { ...search.curve, s: 2 } }),
      "channels[1].curve: not supported yet: S-shaped hill curves (s above 1)",
    ],
    [
      "a convex curve",
      withChannel({ curve: { type: "power", a: 1, p: 1.1 } }),
      "channels[1].curve: not supported yet: power curves with p above 1",
    ],
    ["all or nothing", withChannel({ min_if_on: 4000 }), "channels[1].min_if_on: not supported yet: min_if_on"],
    ["draws", withChannel({ curve_draws: {} }), "channels[1].curve_draws: not supported yet: curve_draws"],
    ["weeks", { ...problem, weeks: 8 }, "problem.weeks: not supported yet: weeks"],
    [
      "steps of money",
      withConstraint({ type: "integer_step", value: 5000 }),
      "constraints[1].type: not supported yet: integer_step",
    ],
    [
      "all-or-nothing limits",
      withConstraint({ type: "semi_continuous" }),
      "constraints[1].type: not supported yet: semi_continuous",
    ],
    ["least spend", { ...problem, objective: { type: "min_spend" } }, "objective.type: not supported yet: min_spend"],
    [
      "an unknown limit",
      withConstraint({ type: "vibes" }),
      'constraints[1].type: is not a known kind of limit: "vibes"',
    ],
    ["two totals", withConstraint(total), "constraints[1].type: total_spend is given twice"],
    [
      "a wrong sense",
      { ...problem, constraints: [{ ...total, sense: ">=" }] },
      'constraints[0].sense: must be "=" or "<=", got ">="',
    ],
    [
      "a change limit without today's spend",
      withConstraint({ type: "change_limit_pct", value: 20 }),
      "channels[1].current: is needed by change_limit_pct",
    ],
    [
      "an unknown member",
      withConstraint({ type: "group_spend", name: "g", members: ["search", "tv"], min: null, max: 1 }),
      'constraints[1].members[1]: names a channel that does not exist: "tv"',
    ],
    [
      "a member named twice",
      withConstraint({ type: "group_spend", name: "g", members: ["search", "search"], min: null, max: 1 }),
      'constraints[1].members[1]: "search" is already a member',
    ],
    [
      "a floor on an unknown channel",
      withConstraint({ type: "channel_roas_floor", values: { tv: 2 } }),
      'constraints[1].values: names a channel that does not exist: "tv"',
    ],
    [
      "a reward for spending",
      { ...problem, objective: { type: "max_profit", spend_weight: 1 } },
      "objective.spend_weight: must be 0 or below (spend is a cost), got 1",
    ],
    [
      "a profit without cost",
      { ...problem, objective: { type: "max_profit" } },
      "objective.spend_weight: is needed by max_profit",
    ],
    [
      "a worthless response",
      { ...problem, objective: { ...objective, response_weight: 0 } },
      "objective.response_weight: must be above 0, got 0",
    ],
  ])("%s", (_, json, reason) => {
    expect(parseAllocationProblem(json)).toEqual({ kind: "refused", reason });
  });
});
