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

test("a problem without an objective maximises the response", () => {
  const { objective: _, ...silent } = problem;
  expect(parseAllocationProblem(silent)).toEqual(
    parseAllocationProblem({ ...problem, objective: { type: "max_response" } }),
  );
  expect(parseAllocationProblem(silent).kind).toBe("ok");
});

test("a file may carry its answer and notes beside the problem and its channels", () => {
  const annotated = {
    ...problem,
    id: "7",
    description: "two channels",
    note: "from the May meeting",
    optimal: { objective_value: 1, spend: { search: 1, social: 2 } },
    duals: { budget_shadow_price: 1 },
    verification: {},
    infeasible: false,
    channels: problem.channels.map((channel) => ({ ...channel, owner: "Ann" })),
  };
  expect(parseAllocationProblem(annotated)).toEqual(parseAllocationProblem(problem));
});

describe("limits with a name and arguments", () => {
  const given = {
    channels: [
      { name: "search", curve: search.curve },
      { name: "social", curve: social.curve, lower: 10 },
    ],
    constraints: [
      { name: "floor", type: "channel_min", args: ["search", 300] },
      { name: "loose floor", type: "channel_min", args: ["social", 5] },
      { name: "cap", type: "channel_max", args: ["social", 900] },
      { name: "search pays", type: "channel_roas_floor", args: ["search", 2] },
      { name: "social pays", type: "channel_roas_floor", args: ["social", 1.5] },
      { name: "brand", type: "sum_max", args: [["social"], 800] },
      { name: "budget", type: "sum_max", args: [["search", "social"], 1000] },
    ],
  };

  test("mean what the other layout says with bounds, groups and a total", () => {
    const same = {
      channels: [
        { name: "search", curve: search.curve, lower: 300 },
        { name: "social", curve: social.curve, lower: 10, upper: 900 },
      ],
      constraints: [
        { type: "channel_roas_floor", values: { search: 2, social: 1.5 } },
        { type: "group_spend", name: "brand", members: ["social"], min: null, max: 800 },
        { type: "total_spend", sense: "<=", value: 1000 },
      ],
    };
    expect(parseAllocationProblem(given)).toEqual(parseAllocationProblem(same));
    expect(parseAllocationProblem(given).kind).toBe("ok");
  });

  test.each<[string, object, string]>([
    [
      "an unknown field",
      { type: "channel_min", args: ["search", 1], value: 1 },
      "constraints[0].value: is not a known field",
    ],
    [
      "an unknown channel",
      { type: "channel_min", args: ["tv", 1] },
      'constraints[0].args[0]: names a channel that does not exist: "tv"',
    ],
    [
      "half the arguments",
      { type: "channel_max", args: ["search"] },
      "constraints[0].args: must be two, what is limited and the limit, got 1",
    ],
    ["no arguments", { type: "sum_max" }, "constraints[0].args: must be a list, got undefined"],
    [
      "a negative limit",
      { type: "sum_max", args: [["search"], -1] },
      "constraints[0].args[1]: must be 0 or more, got -1",
    ],
    [
      "a maximum below the minimum",
      { type: "channel_max", args: ["social", 9] },
      "constraints[0].args[1]: must not be below the channel's minimum (10), got 9",
    ],
  ])("%s is refused", (_, constraint, reason) => {
    expect(parseAllocationProblem({ ...given, constraints: [constraint] })).toEqual({ kind: "refused", reason });
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
    [
      "a misspelt field of a limit",
      { ...problem, constraints: [{ ...total, valeu: 1 }] },
      "constraints[0].valeu: is not a known field",
    ],
    [
      "a misspelt weight",
      { ...problem, objective: { ...objective, spend_wieght: 0 } },
      "objective.spend_wieght: is not a known field",
    ],
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
    [
      "two groups of one name",
      {
        ...problem,
        constraints: [1, 2].map((max) => ({ type: "group_spend", name: "g", members: ["search"], min: null, max })),
      },
      'constraints[1].name: "g" is the name of another limit already',
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
