import type { PlanChanges, Scenario, ScenarioComparison, ScenarioSummary } from "@touchline/server/contract";
import { describe, expect, it } from "vitest";
import { wordsIn } from "../../i18n/words.fixture.ts";
import { wordChannelChanges } from "./plan-changes.ts";
import { prepareScenarioRows, prepareSideBySide } from "./scenarios.ts";
import { plan } from "./shop.fixture.ts";

const words = wordsIn("en");

const scenario: Scenario = {
  id: "first",
  name: "Careful",
  input: { period: "week", budget: null, exact: false, maxChange: 0.2, bounds: [] },
  savedAt: "2025-10-01T10:00:00Z",
  savedBy: "somebody",
  run: "r",
  plan,
};
const summary: ScenarioSummary = {
  ...scenario,
  status: "optimal",
  budget: "1000.00",
  spend: "1000.00",
  currency: "EUR",
  expected: plan.expected,
  binding: plan.shadowPrices,
};

const change = {
  channel: "Search",
  code: "curve",
  before: "600.00",
  after: "680.00",
  byLimits: 0,
  byData: 80,
  currentBefore: "590.00",
  currentAfter: "599.40",
  marginalBefore: 1.2,
  marginalAfter: 1.6,
  text: "English",
} as const;
const changes: PlanChanges = {
  since: { scenario: "first", name: "Careful", savedAt: scenario.savedAt },
  limits: [],
  channels: [{ ...change, channel: "Video", code: "limits", after: "610.00" }, change],
  text: "English",
};

describe("what is saved", () => {
  it("is listed with what it brings, how sure that is, and what binds most", () => {
    const [row] = prepareScenarioRows([summary], "UTC", words);
    expect(row).toMatchObject({
      spend: "€1,000 a week",
      gain: "+€100",
      interval: "−€20 to +€210",
      binding: "Video at least €320 a week",
    });
  });

  it("has no figures where its limits contradict each other", () => {
    const [row] = prepareScenarioRows([{ ...summary, status: "infeasible", binding: [] }], "UTC", words);
    expect(row).toMatchObject({ statusText: "impossible", spend: "", gain: "", interval: null, binding: null });
  });
});

describe("scenarios side by side", () => {
  const comparison: ScenarioComparison = {
    scenarios: [
      { scenario, today: { plan, changes } },
      { scenario: { ...scenario, id: "second", name: "Bold" }, today: null },
    ],
    channels: [
      { channel: "Search", saved: [97, 100], today: [95, null] },
      { channel: "Radio", saved: [null, 10], today: [null, null] },
    ],
  };
  const side = prepareSideBySide(comparison, new Map(), words);

  it("stand each beside itself on today's data, in amounts of their period", () => {
    expect(side.columns.map(({ title }) => title)).toEqual(["Careful", "Careful, on today’s data", "Bold"]);
    expect(side.sentence).toMatch(/^All amounts a week\./);
    expect(side.expected[0]).toEqual({ value: "€2,100", gain: "+€100", interval: "−€20 to +€210" });
  });

  it("are told by the day where their periods differ", () => {
    const [first, second] = comparison.scenarios;
    const monthly = { ...second!, scenario: { ...second!.scenario, plan: { ...plan, period: "month" as const } } };
    const mixed = prepareSideBySide({ ...comparison, scenarios: [first!, monthly] }, new Map(), words);
    expect(mixed.sentence).toMatch(/^All amounts a day\./);
    expect(mixed.expected[0]).toEqual({ value: "€300", gain: "+€14", interval: "−€3 to +€30" });
    expect(mixed.totals).toEqual(["€97", "€95", "€110"]);
  });

  it("tell a channel that is not known from one without spend, and add up", () => {
    expect(side.rows.map(({ cells }) => cells)).toEqual([
      ["€679", "€665", "€700"],
      ["–", "–", "€70"],
    ]);
    expect(side.totals).toEqual(["€679", "€665", "€770"]);
  });

  it("say what changed since, and why", () => {
    expect(side.changes).toHaveLength(1);
    expect(side.changes[0]?.texts).toHaveLength(2);
  });
});

describe("what changed since a plan was saved", () => {
  it("is told largest first, by its cause", () => {
    expect(wordChannelChanges(changes, words).map(({ text }) => text)).toEqual([
      "Search: €680, was €600, because its next euro brings €1.60, then €1.20.",
      "Video: €610, was €600, because the limits are others.",
    ]);
  });

  it("is told for every cause in both languages, with and without figures", () => {
    for (const language of [words, wordsIn("fr")]) {
      for (const code of ["limits", "spend", "curve", "new", "gone"] as const) {
        for (const marginalAfter of [1.6, null]) {
          const [told] = wordChannelChanges({ ...changes, channels: [{ ...change, code, marginalAfter }] }, language);
          expect(told?.text).toMatch(/Search/);
          expect(told?.text).not.toMatch(/scenarios\.|\{\{|null|English/);
        }
      }
    }
  });
});
