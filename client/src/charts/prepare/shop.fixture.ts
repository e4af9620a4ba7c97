import type { ChannelCurve, ModelComparison, Overview, Plan } from "@touchline/server/contract";

const unsure = { interval: null, flags: [], coverage: null };

/** A small shop with round figures, for the tests of what charts decide. */
const origin = {
  run: "0123456789abcdef",
  model: "markov" as const,
  range: { from: "2025-10-01", to: "2025-10-04" },
  computedAt: "2025-10-05T06:00:00.000Z",
  lookbackDays: 30,
};
const openDay = { spend: null, revenue: null, conversions: null, credited: null, incremental: null };

export const overview: Overview = {
  now: {
    totals: {
      ...{ spend: "300.00", revenue: "1000.01", conversions: "10" },
      credited: { conversions: "7.833333333333", revenue: "783.666666666666" },
      incremental: { conversions: "5", revenue: "500.335" },
      interval: { level: 0.9, low: 300, high: 700 },
    },
    daily: [
      {
        ...{ date: "2025-10-01", spend: "100.00", revenue: "400.01", conversions: "4" },
        credited: { conversions: "2", revenue: "200" },
        incremental: { conversions: "1", revenue: "100" },
      },
      { date: "2025-10-02", ...openDay },
      {
        ...{ date: "2025-10-03", spend: "200.00", revenue: "600.00", conversions: "6" },
        credited: { conversions: "5.833333333333", revenue: "583.666666666666" },
        incremental: { conversions: "4", revenue: "400.335" },
      },
      { date: "2025-10-04", ...openDay },
    ],
  },
  before: {
    range: { from: "2025-09-27", to: "2025-09-30" },
    totals: {
      ...{ spend: "250.00", revenue: "800.00", conversions: "10" },
      credited: { conversions: "8", revenue: "640" },
      incremental: { conversions: "5", revenue: "450" },
      interval: null,
    },
    daily: [{ date: "2025-09-27", ...openDay, credited: { conversions: "8", revenue: "640" }, revenue: "800.00" }],
  },
  channels: [
    {
      channel: "Search",
      spend: ["100.00", null, "200.00", null],
      conversions: ["2", null, "3.333333333333", null],
      revenue: ["200.00", null, "333.333333333333", null],
      incrementalRevenue: ["100", null, "200.335", null],
    },
    {
      channel: "Email",
      spend: [null, null, null, null],
      conversions: [null, null, "2.5", null],
      revenue: [null, null, "250.333333333333", null],
      incrementalRevenue: [null, null, "200", null],
    },
  ],
  origin,
  incrementalRun: "i",
  refused: null,
};

export const range = { from: "2025-10-01", to: "2025-10-04" };

export const comparison: ModelComparison = {
  currency: "EUR",
  lookbackDays: 30,
  booked: { conversions: "10", revenue: "1000.01" },
  claims: [],
  refused: [],
  models: [
    {
      model: "markov",
      run: "m",
      channels: [
        { channel: "Search", conversions: "5", revenue: "450.335", spend: "300.00", roas: 1.5, ...unsure },
        { channel: "Email", conversions: "3", revenue: "333.335", spend: null, roas: null, ...unsure },
      ],
      noTouch: { conversions: "2", revenue: "216.34" },
      warnings: [],
    },
    {
      model: "last",
      run: "l",
      channels: [
        { channel: "Search", conversions: "6", revenue: "600.335", spend: "300.00", roas: 2, ...unsure },
        { channel: "Email", conversions: "2", revenue: "183.335", spend: null, roas: null, ...unsure },
      ],
      noTouch: { conversions: "2", revenue: "216.34" },
      warnings: [],
    },
  ],
};

/** The same with the incremental model, and what platforms claim. */
export const incrementalComparison: ModelComparison = {
  ...comparison,
  claims: [{ channel: "Search", conversions: "9", revenue: "900" }],
  models: [
    ...comparison.models,
    {
      model: "incremental",
      run: "i",
      channels: [
        {
          channel: "Search",
          conversions: "3",
          revenue: "300.335",
          spend: "300.00",
          roas: 1,
          interval: { level: 0.9, low: 2, high: 4 },
          flags: [],
          coverage: 0.9,
        },
        {
          channel: "Email",
          conversions: "2",
          revenue: "200",
          spend: null,
          roas: null,
          interval: { level: 0.9, low: 0, high: 5 },
          flags: ["not-identified"],
          coverage: null,
        },
      ],
      noTouch: { conversions: "5", revenue: "499.675" },
      warnings: [],
    },
  ],
};

export const curve: ChannelCurve = {
  channel: "Search",
  campaign: null,
  source: "touches",
  families: [
    { family: "exp", weight: 0.25 },
    { family: "hill", weight: 0.75 },
  ],
  delivery: { touchesAtCurrent: 50, costPerTouch: 2, costPerTouchAtMore: 3.5, revenuePerTouch: 10 },
  points: [
    { date: "2025-10-01", spend: 80, revenue: 430 },
    { date: "2025-10-02", spend: 120, revenue: 5000 },
  ],
  line: Array.from({ length: 21 }, (_, index) => {
    const spend = index * 10;
    const revenue = (1000 * spend) / (100 + spend);
    return { spend, revenue, low: revenue * 0.8, high: revenue * 1.2, marginal: 100_000 / (100 + spend) ** 2 };
  }),
  current: { spend: 100, revenue: 500, marginalRoas: 2.5 },
  largestSpendSeen: 120,
  r2: 0.41,
  flags: ["few-days"],
};

export const plan: Plan = {
  status: "optimal",
  budget: "1000.00",
  period: "week",
  currency: "EUR",
  model: "markov",
  allocation: [
    {
      channel: "Video",
      current: "400.60",
      recommended: "320.48",
      marginalRoas: 0.9,
      reason: "English",
      revenue: { current: 500, recommended: 430 },
      why: {
        code: "at-lower",
        marginalNow: 0.8,
        marginalThen: 0.9,
        marginalPlan: 1.4,
        averageOfMove: 0.85,
        stop: { type: "change_limit_pct", channel: "Video", value: 20 },
      },
      flags: [],
    },
    {
      channel: "Search",
      current: "599.40",
      recommended: "679.52",
      marginalRoas: 1.4,
      reason: "English",
      revenue: { current: 1500, recommended: 1670 },
      why: {
        code: "earns-more",
        marginalNow: 1.8,
        marginalThen: 1.4,
        marginalPlan: 1.4,
        averageOfMove: 1.6,
        stop: null,
      },
      flags: ["extrapolated"],
    },
  ],
  expected: {
    revenue: 2100,
    revenueAtCurrent: 2000,
    interval: { level: 0.9, low: -20, high: 210 },
    probabilityOfGain: 0.93,
    goal: {
      goal: "revenue",
      value: 2100,
      valueAtCurrent: 2000,
      interval: { level: 0.9, low: -20, high: 210 },
      probabilityOfGain: 0.93,
    },
  },
  considered: null,
  shadowPrices: [
    {
      limit: { type: "channel_min", channel: "Video", value: 320.48 },
      constraint: "English",
      price: -0.5,
      unit: "English",
    },
    {
      limit: { type: "total_spend", sense: "<=", value: 1000 },
      constraint: "English",
      price: 1.4,
      unit: "English",
    },
  ],
  certificate: { gap: 3.1e-10, feasibility: 0, scope: "global" },
  conflict: [],
  repair: [],
  warnings: [],
  sources: {
    run: "0123456789abcdef",
    curveDays: { from: "2025-07-01", to: "2025-09-30" },
    currentDays: { from: "2025-09-03", to: "2025-09-30" },
    channels: ["Video", "Search"].map((channel) => ({
      channel,
      source: "touches" as const,
      families: [{ family: "hill" as const, weight: 1 }],
      days: 92,
      draws: 200,
      worth: 1,
    })),
  },
  changes: null,
};
