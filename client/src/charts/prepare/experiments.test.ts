import type { Experiment, GeoAnalysis, GeoDesignAnswer, TestSuggestions } from "@touchline/server/contract";
import { describe, expect, test } from "vitest";
import { plainSpaces, wordsIn } from "../../i18n/words.fixture.ts";
import { plainText } from "../../i18n/words.ts";
import { prepareTests } from "./experiments.ts";
import { prepareGeoAnalysis } from "./experiments-analysis.ts";
import { prepareDesigns } from "./experiments-design.ts";
import { listNames } from "./experiments-names.ts";
import { prepareSuggestions } from "./experiments-suggested.ts";

const en = wordsIn("en");
const fr = wordsIn("fr");
const said = (text: string) => plainSpaces(plainText(text));
const NO_HUES = new Map();

const TEST: Experiment = {
  ...{ experimentId: "t1", channel: "Search", method: "geo", startDate: "2026-02-01", endDate: "2026-02-14" },
  ...{ spend: "1000", incrementalConversions: 300, standardError: 40, conversionType: "" },
  ...{ spendControl: null, spendTest: null, estimand: "", interval: { low: 234, high: 366 } },
  ...{ costPerIncremental: 3.33, booked: 900, problems: [], model: null, gap: null },
};
const modelled = (id: string, conversions: number, gap: number): Experiment => ({
  ...TEST,
  experimentId: id,
  model: { run: "r", conversions, standardError: 30, spendShare: 1 },
  gap,
});

describe("tests beside the model", () => {
  test("the headline counts those that agree, and names the widest gap", () => {
    const model = prepareTests(
      { currency: "EUR", experiments: [modelled("a", 320, 0.4), modelled("b", 900, 12)] },
      NO_HUES,
      en,
    );
    expect(said(model.headline)).toBe("1 of 2 tests agree with the incremental model.");
    expect(model.sub).toBe("The widest gap: Search, where the model says 900 and the test 300.");
    expect(model.rows.map(({ tone, verdict }) => [tone, verdict])).toEqual([
      ["agree", "They agree: 0.4 standard errors apart"],
      ["apart", "Model too high by 12.0 standard errors"],
    ]);
  });

  test("marks stand on one scale in order, and what cannot be is not drawn", () => {
    const huge: Experiment = {
      ...TEST,
      experimentId: "huge",
      incrementalConversions: 9e6,
      problems: ["more-than-booked"],
    };
    const loss: Experiment = {
      ...TEST,
      experimentId: "loss",
      incrementalConversions: -100,
      interval: { low: -166, high: -34 },
    };
    const { rows, zero } = prepareTests(
      { currency: "EUR", experiments: [modelled("a", 320, 0.4), huge, loss] },
      NO_HUES,
      en,
    );
    const [a, unusable, below] = rows;
    for (const { low, at, high } of [a!.test!, a!.modelMark!, below!.test!]) {
      expect([0, low, at, high, 1]).toEqual([0, low, at, high, 1].sort((x, y) => x - y));
    }
    expect(a!.test!.low).toBeGreaterThan(zero);
    expect(below!.test!.high).toBeLessThan(zero);
    expect([unusable!.test, unusable!.tone]).toEqual([null, "unused"]);
    expect(unusable!.verdict).toBe("Not used: it claims more than all 900 conversions booked on its days");
  });

  test("without a run of the model that is said, in both languages", () => {
    expect(said(prepareTests({ currency: "EUR", experiments: [TEST] }, NO_HUES, en).headline)).toMatch(
      /^One lift test, and no model figure/,
    );
    expect(said(prepareTests({ currency: "EUR", experiments: [] }, NO_HUES, fr).headline)).toMatch(
      /^Aucun test d’incrémentalité :/,
    );
  });
});

const SUGGESTED: TestSuggestions = {
  ...{ currency: "EUR", model: "incremental", range: { from: "2026-01-01", to: "2026-03-31" } },
  ...{ movableShare: 0.2, testPrecision: 0.25 },
  channels: [
    { channel: "Video", spend: 1000, mean: 1.5, standardError: 0.6, reference: 2, value: 48, isHeld: true },
    { channel: "Search", spend: 3000, mean: 2.1, standardError: 0.2, reference: 1.8, value: 12, isHeld: false },
  ],
};

test("the channel that is worth a test is named with the money, and where nothing is known that is said", () => {
  const model = prepareSuggestions(SUGGESTED, NO_HUES, en);
  expect(said(model.sentence)).toBe("A test of Video would be worth most: about €48 a week.");
  expect(model.rows.map(({ bar }) => bar)).toEqual([1, 0.25]);
  const unknown = SUGGESTED.channels.map((row) => ({ ...row, value: null, standardError: null }));
  const unmeasured = prepareSuggestions({ ...SUGGESTED, model: "markov", channels: unknown }, NO_HUES, fr);
  expect(said(unmeasured.sentence)).toMatch(/^Markov ne donne pas d’intervalle :/);
  const settled = SUGGESTED.channels.map((row) => ({ ...row, value: 0.01 }));
  expect(prepareSuggestions({ ...SUGGESTED, channels: settled }, NO_HUES, en).sentence).toMatch(
    /^No test would change/,
  );
});

const DESIGN: GeoDesignAnswer = {
  ...{ currency: "EUR", channel: "Radio", metric: "conversions", days: 21 },
  panel: { regions: 12, history: { from: "2026-01-01", to: "2026-03-31" }, leftOut: 0.1 },
  designs: [
    {
      ...{
        testRegions: ["Lyon", "Nantes"],
        share: 0.2,
        detectableLift: 0.07,
        detectableIncremental: 106,
        falseAlarms: 0.1,
      },
      ...{ windows: 30, curve: [], fitError: 0.05, controls: [], timeBefore: { lift: -0.01, pValue: 0.6 } },
      ...{ spend: 420, spendBasis: "regional", detectableCost: 3.96 },
    },
  ],
};

test("a design says where, how long, how small an effect, and what a conversion may cost", () => {
  const model = prepareDesigns(DESIGN, en);
  expect(said(model.sentence)).toBe("In Lyon and Nantes, 21 days show an effect from 7.0% up, or 106 conversions.");
  expect(model.facts.map(said)).toEqual([
    "The channel spends €420 there in that time. It shows if one conversion costs less than €3.96.",
    "A pretended test right before finds −1.0% (p = 0.60).",
    "12 regions, 1 Jan – 31 Mar 2026. 10.0% of the figures name no region and are left out.",
  ]);
  const [design] = DESIGN.designs;
  const hopeless = {
    ...DESIGN,
    designs: [{ ...design!, detectableLift: null, detectableIncremental: null, spend: null }],
  };
  expect(said(prepareDesigns(hopeless, fr).sentence)).toMatch(/^Avec Lyon et Nantes, même le double/);
});

const METHOD: GeoAnalysis["methods"][number] = {
  ...{ method: "synthetic-control", lift: 0.19, liftInterval: { low: 0.14, high: 0.24 }, incremental: 118 },
  ...{ incrementalInterval: { low: 92, high: 141 }, pValue: 0.01, standardError: 15, jackknifeInterval: null },
  ...{ fitError: 0.06, costPerIncremental: 7.1, incrementalRoas: null, weights: [{ region: "Lille", weight: 1 }] },
  counterfactual: Array.from({ length: 100 }, () => 40),
};
const DATES = Array.from({ length: 100 }, (_, i) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10));
const ANALYSIS: GeoAnalysis = {
  ...{ currency: "EUR", channel: "Radio", metric: "conversions", testRegions: ["Lyon"], level: 0.9, spend: 840 },
  ...{ range: { from: DATES[98]!, to: DATES[99]! }, panel: DESIGN.panel, dates: DATES, timeBefore: null },
  observed: DATES.map((_, i) => (i < 98 ? 41 : 60)),
  methods: [METHOD],
  cautions: ["few-controls"],
};

describe("a geo test that is analysed", () => {
  test("says what was brought and at what cost, and draws the days before and the test", () => {
    const model = prepareGeoAnalysis(ANALYSIS, en);
    expect(said(model.sentence)).toBe(
      "Radio brought 118 conversions in Lyon (92 to 141): 19.0% more than without. One more conversion cost €7.10.",
    );
    expect([model.dates.length, model.firstDay, model.dates[model.firstDay]]).toEqual([92, 90, DATES[98]]);
    expect(model.difference.at(-1)).toBe(20);
    expect(model.readout(91).lines.map(({ value }) => value)).toEqual(["60.0", "40.0", "20.0"]);
    expect(model.cautions).toEqual(["Fewer than 5 regions are left to compare with."]);
    expect(model.table.rows).toHaveLength(92);
  });

  test("says that nothing was found where nothing was, and what was lost where something was", () => {
    const nothing = { ...ANALYSIS, methods: [{ ...METHOD, pValue: 0.4 }] };
    expect(said(prepareGeoAnalysis(nothing, en).sentence)).toMatch(
      /^No effect told from nothing in Lyon: 118 conversions/,
    );
    const lost = { ...METHOD, incremental: -118, lift: -0.2, costPerIncremental: null };
    expect(said(prepareGeoAnalysis({ ...ANALYSIS, methods: [lost] }, fr).sentence)).toMatch(
      /^Radio en a laissé 118 conversions de moins/,
    );
  });
});

test("many names are cut to the first three", () => {
  expect(listNames(["a", "b", "c", "d", "e"], en)).toBe("a, b, c and 2 more");
  expect(listNames(["a"], en)).toBe("a");
});
