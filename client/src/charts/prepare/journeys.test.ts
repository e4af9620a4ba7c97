import type {
  JourneyBucket,
  JourneyFigures,
  JourneyPaths,
  JourneyPositions,
  JourneySummary,
} from "@touchline/server/contract";
import { describe, expect, it } from "vitest";
import { plainSpaces, wordsIn } from "../../i18n/words.fixture.ts";
import { plainText } from "../../i18n/words.ts";
import { textOfCell } from "./chart-model.ts";
import { prepareTimeToConversion, prepareTouchesToConversion } from "./journey-lengths.ts";
import { preparePaths } from "./journey-paths.ts";
import { preparePositions } from "./journey-positions.ts";
import { wordDuration } from "./journey-step.ts";
import { writeJourneysHeadline, writeJourneysSub } from "./journey-summary.ts";

const words = wordsIn("en");
const french = wordsIn("fr");
const DAY = 86_400;

const figures = (journeys: number, converted: number, revenue: string): JourneyFigures => ({
  ...{ journeys, converted, unconverted: journeys - converted, conversions: converted, revenue },
  conversionRate: journeys === 0 ? null : converted / journeys,
});

const summary: JourneySummary = {
  ...{ currency: "EUR", lookbackDays: 30, undecided: 4, withinHour: 5, withinDay: 10 },
  total: figures(100, 20, "1000.50"),
  time: { q25: 3_600, median: 5.2 * DAY, q75: 9 * DAY, p90: 20 * DAY },
  touches: { q25: 1, median: 3, q75: 5, p90: 9 },
};
const nothing: JourneySummary = {
  ...summary,
  ...{ undecided: 0, total: figures(0, 0, "0") },
  time: { q25: null, median: null, q75: null, p90: null },
  touches: { q25: null, median: null, q75: null, p90: null },
};

describe("the headline of journeys", () => {
  it("says how long and how many touches half of the conversions take", () => {
    expect(plainText(writeJourneysHeadline(summary, false, words))).toBe(
      "Half of all conversions come within 5.2 days of the first touch; half need 3 touches or fewer.",
    );
    expect(plainSpaces(plainText(writeJourneysHeadline(summary, false, french)))).toBe(
      "La moitié des conversions arrive dans les 5,2 jours qui suivent le premier contact ; la moitié demande 3 contacts ou moins.",
    );
    expect(writeJourneysSub(summary, words)).toBe(
      "20 of 100 journeys converted (20.0%): 20 conversions, €1,001 of revenue. 4 of those without a conversion are younger than 30 days: theirs may still come.",
    );
  });

  it("claims no rate where only converted journeys are shown", () => {
    const converted = { ...summary, undecided: 0, total: figures(20, 20, "10") };
    expect(writeJourneysSub(converted, words)).toBe("20 journeys with 20 conversions, €10 of revenue.");
  });

  it("says why there is nothing", () => {
    expect(writeJourneysHeadline(nothing, false, words)).toBe("No journey ended on these days.");
    expect(writeJourneysHeadline(nothing, true, words)).toBe("No journey is like that.");
    expect(writeJourneysHeadline({ ...nothing, total: figures(5, 0, "0") }, false, words)).toBe(
      "None of these journeys converted.",
    );
    expect(writeJourneysSub(nothing, words)).toBeNull();
  });

  it("words times as people say them", () => {
    const said = [30, 5_400, 10_800, 3 * DAY].map((seconds) => wordDuration(seconds, words));
    expect(said).toEqual(["30 s", "90 min", "3 hours", "3 days"]);
  });
});

const bucket = (low: number, high: number | null, journeys: number, converted: number): JourneyBucket => ({
  ...figures(journeys, converted, String(converted * 10)),
  ...{ low, high },
});

describe("the histograms", () => {
  const time = [bucket(0, 3_600, 5, 5), bucket(3_600, DAY, 5, 5), bucket(DAY, 30 * DAY, 10, 10)];
  const touches = [bucket(1, 2, 60, 5), bucket(2, 6, 30, 5), bucket(6, null, 10, 10)];

  it("share out all conversions, and add up to all of them", () => {
    const chart = prepareTimeToConversion(time, summary, words);
    expect(chart.bars.map(({ share }) => share)).toEqual([0.25, 0.25, 0.5]);
    expect(chart.bars.map(({ label }) => label)).toEqual(["under 1 h", "1 h to 1 d", "1 d to 30 d"]);
    expect(plainText(chart.sentence)).toBe(
      "25.0% of conversions come within an hour of the first touch, 50.0% within a day, nine in ten within 20 days.",
    );
    expect(chart.table.rows.map(({ cells }) => textOfCell(cells[3] ?? ""))).toEqual(["25.0%", "50.0%", "100.0%"]);
  });

  it("tell how often journeys of a length convert, where there are unconverted ones", () => {
    const chart = prepareTouchesToConversion(touches, summary, words);
    expect(chart.bars.map(({ label }) => label)).toEqual(["1", "2 to 5", "6 or more"]);
    expect(chart.readout(0).lines.at(-1)).toEqual({ label: "Conversion rate", value: "8.3%" });
    const won = prepareTouchesToConversion([bucket(1, 2, 5, 5)], summary, words);
    expect(won.readout(0).lines).toHaveLength(3);
    expect(plainText(won.sentence)).toContain("100.0% of conversions come after a single touch");
  });

  it("say so where nothing converted", () => {
    const chart = prepareTimeToConversion([bucket(0, 3_600, 0, 0)], nothing, words);
    expect([chart.sentence, chart.domain]).toEqual(["Nothing converted.", [0, 1]]);
  });
});

const paths: JourneyPaths = {
  ...{ total: figures(100, 20, "1000.50"), paths: 7, page: 0, pageSize: 2 },
  rows: [
    { path: [{ channel: "Search" }], isCut: false, ...figures(50, 8, "400.25"), share: 0.4 },
    {
      ...{ path: [{ channel: "Display" }, { channel: "Search" }], isCut: true },
      ...{ ...figures(10, 4, "200.25"), share: 0.2 },
    },
  ],
  others: { paths: 5, ...figures(40, 8, "400.00"), share: 0.4 },
};

describe("the table of paths", () => {
  it("says what the most common path brings, and that everything adds up", () => {
    const table = preparePaths(paths, new Map([["Search", 2]]), words);
    expect(plainText(table.sentence)).toBe(
      "The most common path, Search, brings 40.0% of all conversions; the 2 shown bring 60.0%.",
    );
    expect(table.addUp).toBe("The rows add up to all 100 journeys and 20 conversions.");
    expect(table.rows[1]).toMatchObject({ isCut: true, bar: 0.5, rate: "40.0%", unconverted: "6" });
    expect(table.rows[1]!.steps.map(({ label, hue }) => [label, hue])).toEqual([
      ["Display", undefined],
      ["Search", 2],
    ]);
    expect(table.others).toMatchObject({ label: "5 other paths", conversions: "8" });
  });

  it("names the page that is shown", () => {
    expect(plainText(preparePaths({ ...paths, page: 1 }, new Map(), words).sentence)).toBe(
      "The paths 3 to 4 of 7 bring 60.0% of all conversions.",
    );
  });

  it("does not say that rows add up when they do not", () => {
    const off = { ...paths, total: figures(100, 20, "1000.51") };
    expect(preparePaths(off, new Map(), words).addUp).toBeNull();
  });

  it("shows no rate where only converted journeys are told, and names campaigns", () => {
    const converted: JourneyPaths = {
      ...{ total: figures(8, 8, "400.25"), paths: 1, page: 0, pageSize: 2, others: null },
      rows: [{ path: [{ channel: "Search", campaign: "" }], isCut: false, ...figures(8, 8, "400.25"), share: 1 }],
    };
    const table = preparePaths(converted, new Map(), french);
    expect(table.isMixed).toBe(false);
    expect(table.rows[0]!.steps[0]!.label).toBe("Search / sans campagne");
  });
});

const part = (conversions: number) => ({ conversions, revenue: String(conversions * 10) });
const position = (channel: string, opens: number, assists: number, closes: number, alone: number) => ({
  ...{ step: { channel }, ...figures(50, assists + closes, "0"), assistRatio: closes === 0 ? null : assists / closes },
  ...{ opens: part(opens), assists: part(assists), closes: part(closes), alone: part(alone) },
});

describe("the positions", () => {
  const answer: JourneyPositions = {
    ...{ total: figures(100, 20, "0"), steps: 3 },
    rows: [position("Search", 5, 2, 18, 4), position("Display", 15, 12, 0, 0)],
  };

  it("name who opens and who closes, on one scale for all bars", () => {
    const table = preparePositions(answer, new Map(), words);
    expect(plainText(table.sentence ?? "")).toBe(
      "Display opens most journeys that convert (75.0%), Search closes most (90.0%).",
    );
    expect(table.rows[0]!.cells.map(({ bar }) => bar)).toEqual([5 / 18, 2 / 18, 1, 4 / 18]);
    expect(table.rows.map(({ ratio }) => ratio)).toEqual(["0.11", "–"]);
    expect(table.leading).toBe("The 2 with most conversions of 3.");
  });

  it("name one that does both, and none where nothing converts", () => {
    const one = { ...answer, steps: 1, rows: [position("Search", 20, 0, 20, 20)] };
    expect(plainText(preparePositions(one, new Map(), words).sentence ?? "")).toContain("Search both opens (100.0%)");
    expect(preparePositions({ ...answer, rows: [] }, new Map(), words).sentence).toBeUndefined();
  });
});
