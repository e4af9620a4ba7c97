import { describe, expect, test } from "vitest";
import { parseProblem } from "./parse-problem.ts";

const curve = { type: "log", a: 90, b: 20 };
const read = (json: unknown) => {
  const outcome = parseProblem(json);
  if (outcome.kind === "refused") throw new Error(outcome.reason);
  return outcome.parsed;
};
const refusal = (json: unknown) => {
  const outcome = parseProblem(json);
  return outcome.kind === "refused" ? outcome.reason : outcome;
};

describe("one period", () => {
  const both = [
    { name: "a", curve, current: 50 },
    { name: "b", curve },
  ];

  test("takes on/off minimums and steps by channel or for all", () => {
    const parsed = read({
      channels: [{ ...both[0]!, min_if_on: 4 }, both[1]!],
      constraints: [
        { type: "semi_continuous", values: { b: 7 } },
        { type: "integer_step", value: 5 },
      ],
    });
    expect(parsed).toMatchObject({
      layout: "one-period",
      problem: {
        channels: [
          { minimumIfOn: 4, step: 5 },
          { minimumIfOn: 7, step: 5 },
        ],
        constraints: [],
      },
    });
  });

  test("takes every limit of the field", () => {
    const limits = [
      { type: "group_roas_floor", name: "g", members: ["a"], value: 2 },
      { type: "min_total_response", value: 10 },
      { type: "cpa_ceiling", value: 30, conversions: { a: 0.01, b: 0.02 } },
      { type: "weighted_spend", name: "w", weights: { a: 1, b: -1 }, min: -5, max: null },
    ];
    const parsed = read({
      objective: { type: "max_profit", spend_weight: -1, weights: { a: 0.4 } },
      channels: both,
      constraints: [
        ...limits,
        { type: "response_cap", name: "stock", value: 9, per_response: { a: 0.1 } },
        { type: "contact_cap", name: "mails", value: 900, touches: { a: 3, b: { type: "power", a: 2, p: 0.9 } } },
      ],
    });
    expect(parsed).toMatchObject({
      problem: {
        objective: { weights: { a: 0.4 } },
        constraints: [
          ...limits,
          { type: "response_cap", name: "stock", value: 9, perResponse: { a: 0.1 } },
          { type: "contact_cap", name: "mails", value: 900, touches: { a: 3, b: { type: "power", a: 2, p: 0.9 } } },
        ],
      },
    });
  });

  test("takes mixtures of curves, and curves that first bend up", () => {
    const mixture = { type: "mixture", parts: [{ weight: 0.5, curve }] };
    const steep = { type: "hill", beta: 1, k: 2, s: 3 };
    const parsed = read({
      channels: [
        { name: "a", curve: mixture },
        { name: "b", curve: steep },
      ],
    });
    expect(parsed).toMatchObject({ problem: { channels: [{ curve: mixture }, { curve: steep }], constraints: [] } });
    expect(
      refusal({ channels: [{ name: "a", curve: { type: "mixture", parts: [{ weight: 1, curve: mixture }] } }] }),
    ).toBe('channels[0].curve.parts[0].curve.type: must be one of hill, log, power, exp, logistic, got "mixture"');
  });

  test("keeps limits apart that a name tells apart, and bounds that cross", () => {
    const parsed = read({
      channels: both,
      constraints: [
        { name: "budget", type: "total_max", args: [100] },
        { name: "second budget", type: "sum_max", args: ["*", 90] },
        { name: "least", type: "total_min", args: [40] },
        { name: "low", type: "channel_min", args: ["a", 60] },
        { name: "high", type: "channel_max", args: ["a", 50] },
        { name: "roas", type: "blended_roas_floor", args: [2] },
        { name: "roas of a", type: "group_roas_floor", args: [["a"], 3] },
        { name: "steady", type: "change_limit_pct", args: ["a", 20] },
      ],
    });
    const members = ["a", "b"];
    expect(parsed).toMatchObject({
      problem: {
        channels: [{ lower: 60, upper: 60 }, { lower: 0 }],
        constraints: [
          { type: "total_spend", sense: "<=", value: 100 },
          { type: "group_spend", name: "second budget", members, min: null, max: 90 },
          { type: "group_spend", name: "least", members, min: 40, max: null },
          { type: "group_spend", name: "high", members: ["a"], min: null, max: 50 },
          { type: "blended_roas_floor", value: 2 },
          { type: "group_roas_floor", name: "roas of a", members: ["a"], value: 3 },
        ],
      },
      names: { "total_spend: ": "budget", "channel_min: a": "low", "channel_max: a": "steady" },
    });
  });
});

describe("a frontier", () => {
  test("takes budgets from a list or from entries with answers", () => {
    const expected = { layout: "frontier", sense: "=", budgets: [10, 20], problem: { constraints: [] } };
    expect(read({ channels: [{ name: "a", curve }], budgets: [10, 20] })).toMatchObject(expected);
    const frontier = [{ budget: 10, value: 3 }, { budget: 20 }];
    expect(read({ channels: [{ name: "a", curve }], frontier })).toMatchObject(expected);
  });

  test.each([
    [{ budgets: [] }, "budgets: must hold at least one budget"],
    [{ budgets: [5, -1] }, "budgets[1]: must be 0 or more, got -1"],
    [{ frontier: [{ value: 1 }] }, "frontier[0].budget: must be a finite number, got undefined"],
  ])("with %o is refused", (part, reason) => {
    expect(refusal({ channels: [{ name: "a", curve }], ...part })).toBe(reason);
  });
});

describe("draws", () => {
  const drawn = { name: "a", curve_draws: { type: "hill", beta: [1, 2, 3], k: 4, s: 1 }, upper: 9 };

  test("are one curve each, with shared parameters as one number", () => {
    const parsed = read({
      objective: { type: "cvar_of_draws", alpha: 0.2 },
      channels: [drawn, { name: "b", curve }],
      constraints: [{ name: "most", type: "channel_max", args: ["a", 7] }],
    });
    expect(parsed).toMatchObject({
      layout: "draws",
      problem: {
        objective: { type: "cvar_of_draws", alpha: 0.2 },
        channels: [
          { name: "a", upper: 7, draws: [1, 2, 3].map((beta) => ({ type: "hill", beta, k: 4, s: 1 })) },
          { name: "b", draws: [curve, curve, curve] },
        ],
      },
      names: { "channel_max: a": "most" },
    });
  });

  test.each<[string, object, string]>([
    [
      "no share of worst draws",
      { objective: { type: "cvar_of_draws" } },
      'objective.alpha: is needed by "cvar_of_draws": the share of worst draws that is averaged, such as 0.2',
    ],
    [
      "a share above 1",
      { objective: { type: "cvar_of_draws", level: 20 } },
      "objective.level: must be above 0 and at most 1, got 20",
    ],
    [
      "another objective",
      { objective: { type: "max_response" } },
      'objective.type: must be mean_of_draws, cvar_of_draws or cautious where channels have draws, got "max_response"',
    ],
    [
      "uneven draws",
      { channels: [drawn, { name: "b", curve_draws: { type: "log", a: [1, 2], b: 1 } }] },
      'channels[1].curve_draws: must have as many draws as "a" (3), got 2',
    ],
    [
      "uneven parameters",
      { channels: [{ name: "a", curve_draws: { type: "log", a: [1, 2], b: [1] } }] },
      "channels[0].curve_draws.b: must have as many draws as a (2), got 1",
    ],
    [
      "S-shaped draws",
      { channels: [{ name: "a", curve_draws: { type: "hill", beta: [1, 2], k: 1, s: [1, 2] } }] },
      "channels[0].curve_draws: draw 1 is not concave: S-shaped curves are not supported by draws",
    ],
  ])("with %s are refused", (_, part, reason) => {
    expect(refusal({ objective: { type: "mean_of_draws" }, channels: [drawn], constraints: [], ...part })).toBe(reason);
  });
});

describe("weeks", () => {
  const tv = {
    name: "tv",
    curve,
    adstock: { type: "geometric", alpha: 0.5, l_max: 3, normalize: true },
    week_lower: 1,
    week_upper: [5, 6, null],
    pre_spend: [2, 3],
  };

  test("are read with carry-over, bounds by week, and the weeks after the last as the season has them", () => {
    const parsed = read({
      channels: [tv, { name: "search", curve, upper: 8 }],
      season: [1, 2, 1.5, 1, 1],
      constraints: [
        { type: "total_spend", sense: "=", value: 20 },
        { name: "pacing", type: "weekly_spend", min: null, max: [9, 9, 8] },
        { type: "commitment", channel: "search", week: 2, value: 4 },
        { type: "pacing_pct", value: 20 },
      ],
    });
    expect(parsed).toEqual({
      layout: "weeks",
      problem: {
        objective: {},
        weeks: 3,
        season: [1, 2, 1.5, 1, 1],
        channels: [
          { name: "tv", curve, kernel: [4 / 7, 2 / 7, 1 / 7], before: [2, 3], lower: 1, upper: [5, 6, null] },
          { name: "search", curve, kernel: [1], before: [], lower: 0, upper: null },
        ],
        constraints: [
          { type: "channel_total", channel: "search", min: null, max: 8 },
          { type: "total_spend", sense: "=", value: 20 },
          { type: "weekly_spend", min: null, max: [9, 9, 8] },
          { type: "commitment", channel: "search", week: 1, value: 4 },
          { type: "pacing_pct", value: 20, fromBefore: false },
        ],
      },
      names: { "weekly_min: ": "pacing", "weekly_max: ": "pacing" },
    });
  });

  test.each<[string, object, string]>([
    ["no number of weeks", { season: undefined }, "weeks: must say how many weeks are planned"],
    ["a short season", { weeks: 6 }, "season: must have at least one number a week (6), got 5"],
    ["bounds of other weeks", { weeks: 2 }, "channels[0].week_upper: must have one number a week (2), got 3"],
    [
      "another carry-over",
      { channels: [{ ...tv, adstock: { type: "weibull" } }] },
      'channels[0].adstock.type: must be geometric, delayed, weights or none, got "weibull"',
    ],
    [
      "a limit of one period",
      { constraints: [{ type: "blended_roas_floor", value: 2 }] },
      'constraints[0].type: is not a known kind of limit by week: "blended_roas_floor"',
    ],
    [
      "a week that is not planned",
      { constraints: [{ type: "commitment", channel: "tv", week: 4, value: 1 }] },
      "constraints[0].week: must be a whole number from 1 to 3, got 4",
    ],
    ["steps", { channels: [{ ...tv, step: 5 }] }, "channels[0].step: is not supported in a problem by week"],
  ])("with %s are refused", (_, part, reason) => {
    expect(refusal(JSON.parse(JSON.stringify({ channels: [tv], season: [1, 2, 1.5, 1, 1], ...part })))).toBe(reason);
  });
});
