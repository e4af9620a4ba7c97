import { MODEL_NAMES } from "@touchline/server/contract";
import { describe, expect, it } from "vitest";
import { plainSpaces, wordsIn } from "../../i18n/words.fixture.ts";
import { plainText } from "../../i18n/words.ts";
import { intervalOf } from "./channel-trust.ts";
import { MODEL_GROUPS } from "./model-groups.ts";
import { writeComparisonHeadline } from "./model-headline.ts";
import { modelsForWidth, prepareModelSlopes } from "./model-slopes.ts";
import { prepareModelTable } from "./model-table.ts";
import { comparison, incrementalComparison, range } from "./shop.fixture.ts";

const words = wordsIn("en");
const french = wordsIn("fr");

describe("the slope chart", () => {
  const slopes = prepareModelSlopes(comparison, "revenue", "markov", range, new Map(), words);

  it("names the channel that the models disagree most about, with both ends", () => {
    expect(slopes.label).toBe("The models disagree most about Search: from €450 (Markov) to €600 (Last touch).");
  });

  it("prints the same figures as the table", () => {
    const table = prepareModelTable(comparison, "revenue", "markov", new Map(), words);
    slopes.lines.forEach((line, index) => {
      expect(line.printed).toEqual(table.rows[index]?.cells.map((cell) => `€${cell.value}`));
    });
  });

  it("holds every value inside its scale", () => {
    for (const value of slopes.lines.flatMap((line) => line.values.filter((each) => each !== null))) {
      expect(value).toBeGreaterThanOrEqual(slopes.domain[0]);
      expect(value).toBeLessThanOrEqual(slopes.domain[1]);
    }
  });

  it("shows fewer models on a narrow screen, always last touch and what plans stand on", () => {
    const columns = (["claims", "linear", "last", "markov", "incremental"] as const).map((name) => ({ name }));
    expect(modelsForWidth(columns, 900)).toHaveLength(5);
    expect(modelsForWidth(columns, 320)).toEqual([2, 4]);
    expect(modelsForWidth(columns.slice(0, 4), 320)).toEqual([2, 3]);
  });
});

describe("the slope chart with the incremental model", () => {
  const slopes = prepareModelSlopes(incrementalComparison, "revenue", "incremental", range, new Map(), words);
  const lineOf = (channel: string) => slopes.lines.find((line) => line.channel === channel);

  it("begins with what platforms claim, and leaves a channel open that nobody claims for", () => {
    expect(slopes.columns.map(({ name }) => name)).toEqual(["claims", "last", "markov", "incremental"]);
    expect(lineOf("Search")?.values[0]).toBe(900);
    expect(lineOf("Email")?.values[0]).toBeNull();
    expect(slopes.caption).toContain("does not add up to what was booked");
  });

  it("labels what the incremental model moves in money against last touch", () => {
    expect(lineOf("Search")?.shift).toEqual({ text: "−€300", isUp: false });
    expect(lineOf("Email")?.shift).toEqual({ text: "+€17", isUp: true });
  });

  it("draws the baseline as a part of everything booked, and the intervals on the scale of money", () => {
    expect(slopes.hasBaseline).toBe(true);
    expect(slopes.columns.at(-1)?.rest?.share).toBeCloseTo(0.49967, 4);
    expect(slopes.columns[0]?.rest).toBeNull();
    expect(lineOf("Search")?.interval?.low).toBeCloseTo(200.22, 2);
    expect(slopes.guide).toContain("90%");
  });

  it("cuts an interval that would flatten everything else", () => {
    const wide = {
      ...incrementalComparison,
      models: incrementalComparison.models.map((model) => ({
        ...model,
        channels: model.channels.map((row) => ({ ...row, interval: row.interval && { ...row.interval, high: 1e6 } })),
      })),
    };
    const { domain } = prepareModelSlopes(wide, "revenue", "incremental", range, new Map(), words);
    expect(domain[1]).toBeLessThan(2_000);
  });
});

describe("the table with the incremental model", () => {
  const table = prepareModelTable(incrementalComparison, "revenue", "incremental", new Map(), words);

  it("says how sure it is and what to know, in words", () => {
    expect(table.intervalLabel).toBe("90% interval");
    expect(table.rows.find((row) => row.id === "Search")?.interval).toBe("200 to 400");
    const [flag] = table.rows.find((row) => row.id === "Email")?.flags ?? [];
    expect(flag).toMatchObject({ name: "Not identified", isWarning: true, isTestable: true });
    expect(flag?.why).toContain("test it");
  });

  it("shows what moved to the baseline", () => {
    expect(table.noTouch.label).toBe("No touch, baseline");
    expect(table.noTouch.cells.at(-1)?.shift).toBe("+283");
    expect(table.noTouch.cells[0]?.shift).toBeNull();
  });

  it("has no column of intervals or flags where no model gives any", () => {
    const plain = prepareModelTable(comparison, "revenue", "markov", new Map(), words);
    expect([plain.intervalLabel, plain.hasFlags]).toEqual([null, false]);
  });
});

describe("the headline of the incremental model", () => {
  it("says what would have come anyway, then who gains and loses, in both languages", () => {
    expect(plainText(writeComparisonHeadline(incrementalComparison, "incremental", words))).toBe(
      "€500 of the €1,000 booked would have come without marketing. Against last touch, Incremental gives Email €17 more and Search €300 less.",
    );
    expect(plainSpaces(plainText(writeComparisonHeadline(incrementalComparison, "incremental", french)))).toContain(
      "500 € seraient venus sans marketing",
    );
  });

  it("does not name visits that nobody bought as the loser", () => {
    const owned = {
      ...incrementalComparison,
      models: incrementalComparison.models.map((model) => ({
        ...model,
        channels: model.channels.map((row) => (row.channel === "Search" ? { ...row, flags: ["owned" as const] } : row)),
      })),
    };
    expect(writeComparisonHeadline(owned, "incremental", words)).not.toContain("Search");
  });
});

describe("an interval", () => {
  const booked = { conversions: "10", revenue: "1000" };
  const interval = { level: 0.9, low: 0, high: 5 };

  it("in money takes the shop's average order where nothing is credited", () => {
    const row = { conversions: "0", revenue: "0", interval, flags: [], coverage: null };
    expect(intervalOf(row, "revenue", booked)).toEqual({ level: 0.9, low: 0, high: 500 });
    expect(intervalOf(row, "conversions", booked)).toEqual(interval);
  });

  it("that holds nothing but zero is none", () => {
    const row = { conversions: "0", revenue: "0", interval: { ...interval, high: 0 }, flags: [], coverage: null };
    expect(intervalOf(row, "revenue", booked)).toBeNull();
  });
});

describe("the groups of models", () => {
  it("hold every model once", () => {
    expect(MODEL_GROUPS.flatMap(({ models }) => [...models]).sort()).toEqual([...MODEL_NAMES].sort());
  });
});
