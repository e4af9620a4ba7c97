import type {
  ChannelQuality,
  Disagreement,
  ForecastQuality,
  HeldOutQuality,
  ModelScore,
} from "@touchline/server/contract";
import { describe, expect, test } from "vitest";
import { plainSpaces, wordsIn } from "../../i18n/words.fixture.ts";
import { plainText } from "../../i18n/words.ts";
import { prepareCalibration } from "./quality-calibration.ts";
import { prepareDisagreement } from "./quality-disagreement.ts";
import { prepareFindings } from "./quality-findings.ts";
import { prepareForecast } from "./quality-forecast.ts";
import { prepareScores, writeQualityHeadline } from "./quality-held-out.ts";
import { prepareLags } from "./quality-lags.ts";

const words = wordsIn("en");
const plain = (text: string) => plainSpaces(plainText(text));

const bin = (foretold: number, observed: number) => ({
  ...{ from: foretold, to: foretold, journeys: 100, conversions: 100 * observed, foretold, observed },
});
const score = (model: ModelScore["model"], gain: number, order: number | null = null): ModelScore => ({
  ...{ model, order, gain, gainError: 0.002, logLikelihood: -0.3 + gain, auc: 0.5 + gain * 3 },
  calibration: [bin(0.05, 0.06), bin(0.5, 0.2)],
});
const heldOut: HeldOutQuality = {
  journeys: {
    ...{ training: { journeys: 800, conversions: 80 }, heldOut: { journeys: 200, conversions: 20 } },
    ...{ constant: -0.3, aucError: 0.03, refused: [{ model: "logistic", reason: "no." }] },
    models: [score("last", 0.05), score("markov", 0.1, 2), score("shapley", -0.02), score("incremental", -0.01)],
  },
  ...{ journeysReason: null, rates: null, warnings: [] },
};

describe("the models on journeys that none has seen", () => {
  test("the best one stands first and is the headline", () => {
    const table = prepareScores(heldOut.journeys!, words);
    expect(table.rows.map(({ label }) => label)).toEqual(["Markov, order 2", "Last touch", "Incremental", "Shapley"]);
    expect(table.rows[0]).toMatchObject({ isBest: true, bar: 1, gain: "+100.0", note: null });
    expect(table.rows[3]).toMatchObject({ bar: 0, note: "foretells worse than one chance for all" });
    expect(table.rows[2]!.note).toMatch(/not its aim/);
    expect(table.refused).toHaveLength(1);
    expect(plain(writeQualityHeadline(heldOut, words))).toMatch(/Markov, order 2 tells best .* 80.0% of pairs/);
  });

  test("where no model knows anything the headline says that, and nothing else", () => {
    expect(writeQualityHeadline({ ...heldOut, warnings: ["no-signal"] }, words)).toMatch(/^No model tells/);
    expect(writeQualityHeadline({ ...heldOut, journeys: null }, words)).toMatch(/too few journeys/);
  });

  test("calibration counts the groups where what came agrees, and names the one furthest off", () => {
    const chart = prepareCalibration(score("last", 0.05), words);
    expect(plain(chart.sentence)).toBe(
      "The chances of Last touch hold in 1 of 2 groups; furthest off: 50.0% foretold, 20.0% seen.",
    );
    expect(chart.points[0]!.low).toBeLessThan(0.06);
    expect(chart.points[0]!.high).toBeGreaterThan(0.06);
    expect(chart.table.rows).toHaveLength(2);
  });
});

test("weeks stand in the order of time, the last one in the sentence", () => {
  const day = (date: string, seen: number) => ({
    ...{ date, expected: 10, low: 5, high: 15, ofTouches: 4, withoutTouches: 12, seen },
  });
  const week = (from: string, to: string, seen: number) => ({
    ...{ from, to, expected: 70, low: 60, high: 80, ofTouches: 28, withoutTouches: 84, seen },
    days: [day(from, 8), day(to, seen - 8)],
  });
  const forecast: ForecastQuality = {
    level: 0.9,
    weeks: [week("2026-03-08", "2026-03-14", 90), week("2026-03-01", "2026-03-07", 72)],
  };
  const chart = prepareForecast(forecast, words);
  expect(chart.days.map(({ date }) => date)).toEqual(["2026-03-01", "2026-03-07", "2026-03-08", "2026-03-14"]);
  expect(chart.weeks.map(({ isInside }) => isInside)).toEqual([false, true]);
  expect(plain(chart.sentence)).toBe(
    "70 conversions were foretold for the last week (60 to 80); 90 came. 1 of 2 weeks came inside their 90% interval. Not looking at touches was closer, by 2.0 conversions a week on average.",
  );
  expect(plain(prepareForecast({ level: 0.9, weeks: [] }, words).sentence)).toMatch(/at least 50/);
});

const channel = (name: string, more: Partial<ChannelQuality> = {}): ChannelQuality => ({
  ...{ channel: name, findings: [], touches: 100, effect: null, perTouch: 0, halfLifeDays: null, coverage: null },
  ...{ shareSoon: 0.92, soonPerTouch: 0.113, beforeRatio: 1, usual: 0.01 },
  lags: [
    { fromDays: -30, toDays: -1, pairs: 10, rate: 0.01, low: 0.005, high: 0.02, fitted: null },
    { fromDays: -1, toDays: -0, pairs: 0, rate: 0, low: 0, high: 0.03, fitted: null },
    { fromDays: 0, toDays: 2 / 24, pairs: 40, rate: 0.4, low: 0.3, high: 0.5, fitted: 0.35 },
  ],
  ...more,
});

describe("what happens around touches", () => {
  test("is drawn against the usual rate, before and after the touch", () => {
    const { panels, touchAt, edges, missing } = prepareLags(
      [channel("Search"), channel("Mail", { usual: null })],
      new Map(),
      words,
    );
    expect(panels).toHaveLength(1);
    expect(panels[0]!.points.map(({ ratio, isBefore }) => [ratio, isBefore])).toEqual([
      [1, true],
      [0, true],
      [40, false],
    ]);
    expect(panels[0]!.points[2]!.fitted).toBeCloseTo(35, 9);
    expect(touchAt).toBe(2);
    expect(edges.map(({ label }) => label)).toEqual(["30 d", "1 d", "touch"]);
    expect(missing).toMatch(/Mail/);
    expect(panels[0]!.readout(2).title).toBe("0 to 2 h after");
  });

  test("marks say why, with the channel's own numbers", () => {
    const { rows, sentence } = prepareFindings(
      [
        channel("Brand", { findings: ["demand-capture", "low-coverage"], coverage: 0.03 }),
        channel("Direct", { findings: ["owned"] }),
        channel("Mail", { findings: ["follows-purchases"], beforeRatio: 2.34 }),
      ],
      new Map(),
      words,
    );
    expect(plain(sentence)).toMatch(/^2 of 3 channels/);
    expect(rows[0]!.marks[0]!.why).toMatch(/^92% of what follows .* and 11.3 of 100 touches/);
    expect(rows[0]!.marks[1]!.why).toMatch(/Only 3%/);
    expect(rows[2]!.marks[0]!.why).toMatch(/2.3 times as often/);
  });
});

test("where two models disagree is told in money, the baseline apart", () => {
  const row = (name: string | null, a: string, b: string, difference: string) => ({
    ...{ channel: name, a, b, difference, spend: null },
  });
  const disagreement: Disagreement = {
    ...{ currency: "EUR", a: "incremental", b: "last", booked: "1000", moved: "600" },
    rows: [row(null, "700", "100", "600"), row("Brand", "0", "500", "-500"), row("Social", "300", "400", "-100")],
  };
  const table = prepareDisagreement(disagreement, new Map(), words);
  expect(plain(table.sentence)).toBe(
    "Incremental and Last touch give €600 of revenue to different receivers, 60% of what is booked. Most of all over Brand: −€500.",
  );
  expect(table.rows.map(({ bar }) => bar)).toEqual([1, -500 / 600, -100 / 600]);
  expect(plain(prepareDisagreement(disagreement, new Map(), wordsIn("fr")).sentence)).toMatch(/600 € de chiffre/);
});
