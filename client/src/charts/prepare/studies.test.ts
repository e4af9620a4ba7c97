import type { Frontier, GoalSeek, WeeklyLimit, WeeklyPlan, WhatIf } from "@touchline/server/contract";
import { describe, expect, it } from "vitest";
import { plainSpaces, wordsIn } from "../../i18n/words.fixture.ts";
import { plainText } from "../../i18n/words.ts";
import { textOfCell } from "./chart-model.ts";
import { prepareFrontier } from "./frontier.ts";
import { writeGoalSeek } from "./goal-seek.ts";
import { plan } from "./shop.fixture.ts";
import { prepareWeeklyPlan, wordWeeklyLimit } from "./weekly-plan.ts";
import { prepareWhatIf, writeTrial } from "./what-if.ts";

const words = wordsIn("en");
const french = wordsIn("fr");

function split(spend: number, value: number, marginal: number) {
  return { spend, value, revenue: value, roas: value / spend, marginal, allocation: [] };
}

const studyFrame = { period: "week", currency: "EUR", goal: "revenue", sources: plan.sources, warnings: [] } as const;

const frontier: Frontier = {
  ...studyFrame,
  warnings: [],
  points: [
    { budget: 500, best: null },
    { budget: 800, best: split(800, 1700, 2) },
    { budget: 1000, best: split(1000, 2080, 1.4) },
    { budget: 1200, best: split(1200, 2300, 0.9) },
    { budget: 1400, best: split(1250, 2330, 0) },
    { budget: 3000, best: split(1250, 2330, 0) },
  ],
  today: split(1000, 2000, 1.4),
  breakEven: 1150,
};

describe("the frontier", () => {
  const chart = prepareFrontier(frontier, plan, words);

  it("says what a little less and a little more would do, and where money stops paying", () => {
    expect(plainText(chart.sentence)).toBe(
      "€200 a week less would cost €380; €200 more would bring €220. Beyond €1,150 a week the next euro no longer pays for itself.",
    );
  });

  it("marks today and the plan, and holds them in its scales", () => {
    expect(chart.marks.map(({ key }) => key)).toEqual(["today", "plan"]);
    for (const { budget, value } of chart.marks) {
      expect(budget).toBeGreaterThanOrEqual(chart.domains.budget[0]);
      expect(value).toBeGreaterThanOrEqual(chart.domains.value[0]);
      expect(value).toBeLessThanOrEqual(chart.domains.value[1]);
    }
  });

  it("ends where the limits allow no more to be spent, while its table keeps every budget", () => {
    expect(chart.points.map(({ budget }) => budget)).toEqual([800, 1000, 1200, 1400, 3000]);
    expect(chart.table.rows).toHaveLength(6);
    expect(textOfCell(chart.table.rows[0]?.cells[1] ?? "")).toBe("no plan");
  });

  it("draws nothing and says so where no budget can be planned", () => {
    const none = prepareFrontier({ ...frontier, points: [{ budget: 10, best: null }], breakEven: null }, null, words);
    expect(none.points).toEqual([]);
    expect(none.sentence).toBe("No budget can be planned within these limits.");
  });
});

describe("another spend of one channel", () => {
  const point = { spend: 300, best: split(1000, 2050, 1), againstPlan: -50, againstToday: 50 };
  const whatIf: WhatIf = {
    ...studyFrame,
    warnings: [],
    channel: "Video",
    today: 400,
    recommended: 320,
    points: [point, { spend: 9000, best: null, againstPlan: null, againstToday: null }],
  };

  it("is told by what it costs against the plan", () => {
    expect(plainText(writeTrial(point, plan, words) ?? "")).toBe(
      "The best split around it brings €50 of credited revenue less than the plan.",
    );
    expect(writeTrial({ ...point, againstPlan: 0 }, plan, words)).toContain("as much as the plan");
    expect(writeTrial(whatIf.points[1], plan, words)).toContain("No split");
    expect(writeTrial(undefined, plan, words)).toBeNull();
  });

  it("leaves out the spends that no plan allows", () => {
    const chart = prepareWhatIf(whatIf, plan, 1, words);
    expect(chart.points).toHaveLength(1);
    expect(chart.table.rows.map(({ cells }) => textOfCell(cells[1] ?? ""))).toEqual(["€2,050", "no plan"]);
    expect(chart.domains.value[0]).toBeLessThan(2050);
    expect(chart.domains.value[1]).toBeGreaterThan(2100);
  });
});

describe("a target", () => {
  const reached: GoalSeek = {
    ...studyFrame,
    warnings: [],
    status: "reached",
    best: split(900, 2000, 1.5),
    today: split(1000, 2000, 1.4),
    allocation: [],
    marginalCost: 0.66,
    mostReachable: null,
    conflict: [],
    certificate: null,
    text: "English",
  };
  const least = { type: "least-spend", target: 2000 } as const;

  it("is answered with the money that it takes, and what more of it costs", () => {
    expect(plainText(writeGoalSeek(reached, least, words))).toBe(
      "€2,000 of credited revenue takes €900 a week, −€100 against today. One more unit of it would cost €0.66.",
    );
    const roas = { type: "highest-roas", minSpend: 900 } as const;
    expect(plainText(writeGoalSeek(reached, roas, words))).toBe("The highest ROAS is 2.22, with €900 a week.");
  });

  it("that cannot be reached says what can", () => {
    const lost: GoalSeek = { ...reached, status: "unreachable", best: null, mostReachable: 2330 };
    expect(plainText(writeGoalSeek(lost, least, words))).toContain("the most is €2,330 of credited revenue");
    expect(writeGoalSeek({ ...lost, mostReachable: null }, least, french)).toContain("Aucun plan");
    expect(writeGoalSeek({ ...lost, status: "unsolved" }, least, words)).toContain("Nothing could be proved");
  });
});

const weekly: WeeklyPlan = {
  status: "optimal",
  currency: "EUR",
  goal: "revenue",
  weeks: [
    { from: "2025-10-06", to: "2025-10-12", season: 0.9, spend: "900.00", value: 1800 },
    { from: "2025-10-13", to: "2025-10-19", season: 1.3, spend: "1100.00", value: 2500 },
  ],
  channels: [
    { channel: "Video", current: "400.00", spend: ["300.00", "400.00"], value: 900 },
    { channel: "Search", current: "600.00", spend: ["600.00", "700.00"], value: 3400 },
  ],
  expected: { value: 4300, valueIfFlat: 4200, valueAtCurrent: 4000 },
  season: { basis: "last-year", from: "2024-10-07", to: "2024-10-20", text: "English" },
  shadowPrices: [],
  certificate: null,
  conflict: [],
  repair: [],
  warnings: [],
  sources: plan.sources,
};

describe("the plan by week", () => {
  const chart = prepareWeeklyPlan(weekly, new Map(), words);

  it("says what following the season brings", () => {
    expect(plainText(chart.sentence)).toBe(
      "€4,300 of credited revenue in 2 weeks, +€300 against today’s split. Spread with the season, the same money brings €100 more than in equal weeks.",
    );
    const flat = { ...weekly, expected: { ...weekly.expected, valueIfFlat: 4299 } };
    expect(prepareWeeklyPlan(flat, new Map(), words).sentence).toContain("equal weeks bring as much");
  });

  it("stacks every channel, the largest at the bottom, up to what the week spends", () => {
    const [first] = chart.columns;
    expect(first?.parts.map(({ channel, from, to }) => [channel, from, to])).toEqual([
      ["Search", 0, 600],
      ["Video", 600, 900],
    ]);
    expect(chart.spendDomain[1]).toBeGreaterThanOrEqual(1100);
  });

  it("adds up in its table", () => {
    expect(chart.table.total?.slice(2).map(textOfCell)).toEqual(["€1,300", "€700", "€2,000", "€4,300"]);
  });

  it("says where its season comes from, and when there is no plan", () => {
    expect(plainSpaces(chart.basis)).toContain("the same weeks a year ago");
    expect(prepareWeeklyPlan({ ...weekly, status: "infeasible" }, new Map(), french).sentence).toContain("Aucun plan");
  });

  it("names every kind of limit in both languages", () => {
    const types = [
      "total_spend",
      "channel_week_min",
      "channel_week_max",
      "commitment",
      "weekly_min",
      "weekly_max",
      "group_week_min",
      "group_week_max",
      "group_min",
      "group_max",
      "channel_total_min",
      "channel_total_max",
      "pacing_pct",
    ] satisfies WeeklyLimit["type"][];
    for (const language of [words, french]) {
      for (const type of types) {
        const sentence = wordWeeklyLimit({ type, of: "Video", week: 3, value: 20, text: "English" }, language);
        expect(sentence).toMatch(/(week|semaine) 3/);
        expect(sentence).not.toMatch(/studies\.|\{\{|English/);
      }
    }
  });
});
