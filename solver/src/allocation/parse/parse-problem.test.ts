import { describe, expect, test } from "vitest";
import { parseAllocationProblem } from "./parse-problem.ts";

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
    names: {},
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
    names: {},
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
    const read = parseAllocationProblem(same);
    if (read.kind === "refused") throw new Error(read.reason);
    expect(parseAllocationProblem(given)).toEqual({
      kind: "ok",
      problem: read.problem,
      names: {
        "channel_min: search": "floor",
        "channel_max: social": "cap",
        "channel_roas_floor: search": "search pays",
        "channel_roas_floor: social": "social pays",
        "total_spend: ": "budget",
      },
    });
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
    [
      "a number beyond all reason",
      withChannel({ lower: 1e300 }),
      "channels[1].lower: must be between -1e30 and 1e30, got 1e+300",
    ],
    [
      "a curve steeper than any",
      withChannel({ curve: { type: "power", a: 1, p: 50 } }),
      "channels[1].curve.p: must be at most 10, got 50",
    ],
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
    [
      "all or nothing for nobody",
      withConstraint({ type: "semi_continuous" }),
      "constraints[1]: asks for all or nothing, but no channel has min_if_on",
    ],
    [
      "an all-or-nothing minimum above the maximum",
      withChannel({ min_if_on: 70000 }),
      "channels[1].min_if_on: must not be above upper (60000), got 70000",
    ],
    [
      "a step of nothing",
      withConstraint({ type: "integer_step", value: 0 }),
      "constraints[1].value: must be above 0, got 0",
    ],
    [
      "least spend for nothing",
      { ...problem, objective: { type: "min_spend" } },
      "constraints: must hold a min_total_response, which min_spend needs",
    ],
    [
      "a wrong sense",
      { ...problem, constraints: [{ ...total, sense: "<" }] },
      'constraints[0].sense: must be "=", "<=" or ">=", got "<"',
    ],
    [
      "a worth of an unknown product's channel",
      { ...problem, objective: { ...objective, weights: { tv: 2 } } },
      'objective.weights: names a channel that does not exist: "tv"',
    ],
    [
      "a limit of weeks",
      withConstraint({ type: "weekly_spend", min: 1, max: 2 }),
      "constraints[1].type: weekly_spend belongs to a problem by week, where every channel has an adstock",
    ],
    [
      "weeks without carry-over",
      withChannel({ week_lower: 1 }),
      "channels[1].week_lower: belongs to a problem by week, where every channel has an adstock",
    ],
    [
      "conversions of nobody",
      withConstraint({ type: "cpa_ceiling", value: 20 }),
      "constraints[1].conversions: must be an object, got undefined",
    ],
    [
      "a crossed range",
      withConstraint({ type: "weighted_spend", name: "w", weights: { search: 1 }, min: 2, max: 1 }),
      "constraints[1].max: must not be below min (2), got 1",
    ],
    [
      "a kind of limit that needs its arguments",
      withConstraint({ type: "sum_min", value: 5 }),
      "constraints[1].args: must be a list, got undefined",
    ],
  ])("%s", (_, json, reason) => {
    expect(parseAllocationProblem(json)).toEqual({ kind: "refused", reason });
  });
});
