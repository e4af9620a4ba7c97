import type { BreakdownAnswer, BreakdownFigures, MovementAnswer } from "@touchline/server/contract";
import { describe, expect, it } from "vitest";
import { plainSpaces, wordsIn } from "../../i18n/words.fixture.ts";
import { plainText } from "../../i18n/words.ts";
import { prepareBreakdown } from "./breakdown-table.ts";
import { prepareMovement } from "./movement.ts";
import { preparePerformanceDays } from "./performance-days.ts";
import { preparePerformanceSummary } from "./performance-summary.ts";
import { overview, range } from "./shop.fixture.ts";

const words = wordsIn("en");
const french = wordsIn("fr");
const readPrinted = (text: string) => Number(text.replaceAll(",", "").replace("−", "-"));

describe("the headline", () => {
  it("compares with the other days, in figures and words", () => {
    expect(plainText(preparePerformanceSummary(overview, range, "markov", words).headline)).toBe(
      "Channels are credited with €784 of revenue, 22.4% more than on the days compared.",
    );
    expect(plainSpaces(plainText(preparePerformanceSummary(overview, range, "incremental", french).headline))).toBe(
      "Le marketing a généré 784 € de chiffre d’affaires, soit 22,4 % de plus que sur la période comparée.",
    );
  });

  it("shows a change with sign and word, and calls no spend good", () => {
    const { tiles } = preparePerformanceSummary(overview, range, "markov", words);
    expect(tiles.map(({ change }) => change?.text)).toEqual(["+20.0%", "+25.0%", "+22.4%", "+2.0%", "−7.3%", "+22.6%"]);
    expect(tiles.find(({ id }) => id === "spend")?.goodWhen).toBeNull();
    expect(tiles.find(({ id }) => id === "cpa")?.goodWhen).toBe("down");
    expect(tiles.find(({ id }) => id === "iroas")?.interval).toBe("1.00 to 2.33");
    expect(tiles[0]?.spark).toEqual([100, null, 200, null]);
  });

  it("claims no change where there is nothing to compare with", () => {
    const alone = preparePerformanceSummary({ ...overview, before: null }, range, "markov", words);
    expect(plainText(alone.headline)).toBe("Channels are credited with €784 of revenue in 4 days.");
    expect(alone.tiles.every(({ change }) => change === null)).toBe(true);
  });
});

describe("a figure by day", () => {
  it("leaves days without a row open, and lays the days compared over them", () => {
    const days = preparePerformanceDays(overview, { metric: "credited", shape: "total" }, new Map(), words);
    expect(days.series[0]?.days.map(({ value }) => value)).toEqual([200, null, 583.666666666666, null]);
    expect(days.compared?.map(({ value }) => value)).toEqual([640, null, null, null]);
    expect(days.domain[1]).toBeGreaterThanOrEqual(640);
    expect(days.readout(1).lines.map(({ value }) => value)).toEqual(["no data", "no data"]);
  });

  it("stacks channels to their total", () => {
    const days = preparePerformanceDays(overview, { metric: "credited", shape: "stacked" }, new Map(), words);
    expect(days.series.map(({ id }) => id)).toEqual(["Search", "Email"]);
    expect(days.series[1]?.stack[2]?.high).toBeCloseTo(583.666666666666, 6);
  });

  it("draws what has no channels as one line, and has a table with typed cells", () => {
    const days = preparePerformanceDays(overview, { metric: "booked", shape: "stacked" }, new Map(), words);
    expect(days.shape).toBe("total");
    expect(days.table.rows[0]?.cells[1]).toEqual({ unit: "money", value: 400.01, text: "€400" });
    expect(days.table.rows[1]?.cells[1]).toEqual({ unit: "money", value: null, text: "no data" });
  });

  it("adds channels beyond the most that can be read up into one", () => {
    const channels = Array.from({ length: 12 }, (_, place) => ({
      ...overview.channels[0]!,
      channel: `c${place}`,
      revenue: [String(100 - place), null, null, null],
    }));
    const days = preparePerformanceDays(
      { ...overview, channels },
      { metric: "credited", shape: "lines" },
      new Map(),
      words,
    );
    expect(days.series).toHaveLength(8);
    expect(days.series.at(-1)?.label).toBe("5 others");
    expect(days.series.at(-1)?.days[0]?.value).toBe(93 + 92 + 91 + 90 + 89);
  });
});

const figures = (own: Partial<BreakdownFigures>): BreakdownFigures => ({
  ...{ spend: null, impressions: null, clicks: null, touches: null, conversions: "0", revenue: "0" },
  ...{ incremental: null, interval: null, claimed: null, roas: null, iroas: null, cpa: null, icpa: null, ...own },
});
const row = (channel: string, now: Partial<BreakdownFigures>, before: Partial<BreakdownFigures>) => ({
  ...{ channel, campaign: "", creative: "", value: "", flags: [], coverage: null },
  ...{ now: figures(now), before: figures(before) },
});
const answer: BreakdownAnswer = {
  rows: [
    row(
      "Search",
      { spend: "100.40", revenue: "333.4", conversions: "3.34" },
      { spend: "80", revenue: "400", conversions: "4" },
    ),
    row("Email", { revenue: "333.4", conversions: "3.33" }, { revenue: "0" }),
  ],
  others: {
    count: 3,
    now: figures({ spend: "10.40", revenue: "100.4", conversions: "1" }),
    before: figures({ revenue: "50" }),
  },
  total: {
    now: figures({ spend: "110.80", revenue: "767.2", conversions: "7.67" }),
    before: figures({ spend: "80", revenue: "450", conversions: "4" }),
  },
  ...{
    count: 5,
    matching: 5,
    compared: range,
    incrementalRun: null,
    refused: null,
    origin: overview.origin,
    baseline: null,
  },
  noTouch: { now: { conversions: "2.33", revenue: "232.8" }, before: { conversions: "1", revenue: "100" } },
  booked: { now: { conversions: "10", revenue: "1000" }, before: { conversions: "5", revenue: "550" } },
};
const options = {
  ...{ columns: ["spend", "conversions", "revenue", "shareOfCredit", "mroas"] as const, sort: "revenue" as const },
  ...{ isUp: false, by: "channel" as const, model: "linear" as const, marginals: undefined },
};

describe("the table", () => {
  const table = prepareBreakdown(answer, options, words);

  it("adds up in print, column by column, to the total that was booked", () => {
    for (const [place, digits] of [
      [0, 0],
      [1, 1],
      [2, 0],
    ] as const) {
      const printed = table.lines.map(({ cells }) => cells[place]!.figure).filter(({ value }) => value !== null);
      const sum = printed.reduce((all, { text }) => all + readPrinted(text), 0);
      expect(sum.toFixed(digits)).toBe(readPrinted(table.total.cells[place]!.figure.text).toFixed(digits));
    }
    expect(table.total.cells[2]!.figure.text).toBe("1,000");
  });

  it("keeps unknown spend apart from none, and claims no change from nothing", () => {
    const email = table.lines.find(({ name }) => name === "Email")!;
    expect(email.cells[0]!.figure).toMatchObject({ value: null, text: "–" });
    expect(email.cells[2]!.change).toBeNull();
    expect(email.moved?.text).toBe("+333");
  });

  it("names what no channel is credited with by its model", () => {
    const names = (model: "linear" | "incremental") =>
      prepareBreakdown(answer, { ...options, model }, words).lines.map(({ name }) => name);
    expect(names("linear")).toEqual(["Search", "Email", "3 others", "No touch"]);
    expect(names("incremental").at(-1)).toBe("Baseline");
  });

  it("puts names in order in either direction", () => {
    const names = (isUp: boolean) =>
      prepareBreakdown(answer, { ...options, sort: "name", isUp }, words)
        .lines.slice(0, 2)
        .map(({ name }) => name);
    expect(names(false)).toEqual(["Email", "Search"]);
    expect(names(true)).toEqual(["Search", "Email"]);
  });

  it("gives spreadsheets a column for each change, with typed figures", () => {
    const { columns, rows } = table.table;
    expect(columns).toHaveLength(1 + 2 * options.columns.length + 1);
    expect(rows[0]?.cells).toHaveLength(columns.length);
    expect(rows[0]?.cells[2]).toEqual({ unit: "percent", value: expect.closeTo(0.255, 9), text: "+25.5%" });
  });
});

const movement: MovementAnswer = {
  before: { spend: "100", reach: 1000, conversions: "20", revenue: "1000" },
  now: { spend: "82", reach: 820, conversions: "16.4", revenue: "820" },
  change: "-180",
  parts: [{ part: "volume", amount: "-180" }],
  pieces: [{ name: "Brand", before: "1000", now: "820", change: "-180" }],
  otherPieces: null,
  noise: { from: "counting", halfWidth: 20 },
  reachUnit: "delivered",
  facts: {
    ...{ started: [], stopped: [], context: [], gaps: { before: 0, now: 0 }, tests: [], season: null },
    booked: { before: "2000", now: "1900" },
  },
  origin: overview.origin,
};
const of = { name: "Search", isTotal: false, marginal: null, baseline: "No touch" };

describe("why it moved", () => {
  it("is one sentence with the main reason, and what stayed as it was", () => {
    expect(plainText(prepareMovement(movement, of, words).sentence)).toBe(
      "Search lost €180: 18.0% less was spent; each euro returned as before.",
    );
    expect(plainSpaces(plainText(prepareMovement(movement, of, french).sentence))).toBe(
      "Search a perdu 180 € : les dépenses ont baissé de 18,0 % ; chaque euro a rapporté autant qu’avant.",
    );
  });

  it("says where a change may be chance", () => {
    const noisy = prepareMovement({ ...movement, noise: { from: "interval", halfWidth: 400 } }, of, words);
    expect(noisy.isNoise).toBe(true);
    expect(plainText(noisy.sentence)).toContain("may be chance");
  });

  it("goes from one figure to the other in steps that meet", () => {
    const parts = [
      { part: "volume" as const, amount: "-200" },
      { part: "price" as const, amount: "20" },
    ];
    const { steps, sentence } = prepareMovement({ ...movement, parts }, of, words);
    expect(steps.map(({ id }) => id)).toEqual(["before", "volume", "price", "now"]);
    expect(steps[1]).toMatchObject({ from: 1000, to: 800, kind: "down" });
    expect(steps[2]).toMatchObject({ from: 800, to: 820, kind: "up" });
    expect(plainText(sentence)).toContain("18.0% less was spent");
  });
});
