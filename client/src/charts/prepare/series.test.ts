import { describe, expect, it } from "vitest";
import { plainSpaces, wordsIn } from "../../i18n/words.fixture.ts";
import { dateTicks, positionTicks, zeroBasedDomain } from "./axis.ts";
import { prepareChannelsByDay } from "./channels-by-day.ts";
import { amountOrGap, isolatedIndexes, prepareDenseSeries } from "./dense-series.ts";
import { overview, range } from "./shop.fixture.ts";
import { prepareTotalsByDay } from "./totals-by-day.ts";

const words = wordsIn("en");

describe("a daily series", () => {
  it("leaves days without a row open instead of drawing zero", () => {
    const series = prepareDenseSeries(overview.daily, range, (row) => amountOrGap(row.revenue));
    expect(series.map((day) => day.value)).toEqual([400.01, null, 600, null]);
  });

  it("knows the days that stand alone between gaps", () => {
    const series = [1, null, 2, 3, null, 4].map((value, index) => ({ date: `d${index}`, value }));
    expect(isolatedIndexes(series)).toEqual([0, 5]);
  });
});

describe("revenue and spend by day", () => {
  const chart = prepareTotalsByDay(overview.daily, range, words);

  it("says the mean of the days that have data, the best day and the number of gaps", () => {
    expect(chart.label).toBe("€500 of revenue a day on average; the best day was 3 Oct with €600.");
    expect(chart.caption).toContain("2 days lack revenue or spend; what is missing is left open.");
  });

  it("has a table with one row a day, to the cent, and says where nothing is known", () => {
    expect(chart.table.rows).toHaveLength(4);
    expect(chart.table.rows[0]?.cells.slice(1)).toEqual(["€400.01", "€100.00", "4"]);
    expect(chart.table.rows[1]?.cells.slice(1)).toEqual(["no data", "no data", "no data"]);
    expect(chart.readout(1).lines.map((line) => line.value)).toEqual(["no data", "no data"]);
  });

  it("leaves open what a day has no row of, and draws the rest of it", () => {
    const daily = [
      { date: "2025-10-01", spend: "100.00", revenue: null, conversions: null },
      { date: "2025-10-02", spend: null, revenue: "80.00", conversions: "1" },
      { date: "2025-10-03", spend: "0", revenue: "0", conversions: "1" },
    ];
    const partial = prepareTotalsByDay(daily, range, words);
    expect(partial.revenue.map((day) => day.value)).toEqual([null, 80, 0, null]);
    expect(partial.spend.map((day) => day.value)).toEqual([100, null, 0, null]);
    expect(partial.caption).toContain("3 days lack revenue or spend; what is missing is left open.");
    expect(partial.table.rows.map((row) => row.cells.slice(1))).toEqual([
      ["no data", "€100.00", "no data"],
      ["€80.00", "no data", "1"],
      ["€0.00", "€0.00", "1"],
      ["no data", "no data", "no data"],
    ]);
  });

  it("still has a scale when nothing was sold", () => {
    expect(prepareTotalsByDay([], range, words).revenueDomain).toEqual([0, 1]);
  });
});

describe("channels by day", () => {
  const chart = prepareChannelsByDay(overview, range, new Map([["Search", 3]]), words);

  it("credits zero on booked days without credit, but leaves unknown days and unknown spend open", () => {
    const email = chart.panels.find((panel) => panel.channel === "Email");
    expect(email?.revenue.map((day) => day.value)).toEqual([0, null, 250.33, null]);
    expect(email?.spend.every((day) => day.value === null)).toBe(true);
    expect(email?.spendTotal).toBeNull();
  });

  it("leaves the credit of a day without bookings open where a channel only spent", () => {
    const daily = [{ date: "2025-10-02", spend: "5", revenue: null, conversions: null }];
    const dailyByChannel = [{ date: "2025-10-02", channel: "Search", spend: "5", revenue: null }];
    const spentOnly = prepareChannelsByDay({ ...overview, daily, dailyByChannel }, range, new Map(), words);
    const search = spentOnly.panels.find((panel) => panel.channel === "Search");
    expect(search?.revenue.every((day) => day.value === null)).toBe(true);
    expect(search?.spend.map((day) => day.value)).toEqual([null, 5, null, null]);
  });

  it("puts the most credited channel first and all of them on one scale", () => {
    expect(chart.panels.map((panel) => panel.channel)).toEqual(["Search", "Email"]);
    expect(chart.domain[1]).toBeGreaterThanOrEqual(333.33);
  });

  it("draws twelve of many channels, says so, and keeps all of them in the table", () => {
    const channels = Array.from({ length: 15 }, (_, index) => ({
      channel: `c${index}`,
      spend: null,
      conversions: "1",
      revenue: String(index),
      roas: null,
      ...{ interval: null, flags: [], coverage: null },
    }));
    const many = prepareChannelsByDay({ ...overview, channels, dailyByChannel: [] }, range, new Map(), words);
    expect(many.panels).toHaveLength(12);
    expect(many.shownOf).toBe("Top 12 of 15; the table has all of them.");
    expect(many.table.columns).toHaveLength(16);
  });
});

describe("an axis", () => {
  it("ends at a round number at or above the largest value", () => {
    for (const largest of [0.3, 1, 7, 99, 1234, 5e6]) {
      const [low, high] = zeroBasedDomain(largest);
      expect(low).toBe(0);
      expect(high).toBeGreaterThanOrEqual(largest);
      expect(high).toBeLessThan(largest * 1.5);
    }
  });

  it("never lets two labels touch, at any width and in both languages", () => {
    const days = Array.from({ length: 365 }, (_, index) =>
      new Date(Date.UTC(2025, 0, 1 + index)).toISOString().slice(0, 10),
    );
    let checked = 0;
    for (const format of [words.format, wordsIn("fr").format]) {
      for (const width of [90, 200, 320, 700, 1200]) {
        for (const length of [2, 7, 28, 90, 365]) {
          const ticks = dateTicks(days.slice(0, length), width, format);
          ticks.forEach((tick, index) => {
            const before = ticks[index - 1];
            if (before === undefined) return;
            const distance = ((tick.value - before.value) / (length - 1)) * width;
            expect(distance).toBeGreaterThan(tick.label.length * 6);
            checked++;
          });
        }
        const amounts = positionTicks([0, 2480], width, format.moneyShort);
        expect(amounts.length).toBeGreaterThan(0);
        expect(amounts.length * 30).toBeLessThan(width + 60);
      }
    }
    expect(checked).toBeGreaterThan(50);
  });

  it("writes days in the reader's language", () => {
    const ticks = dateTicks(["2025-10-01", "2025-10-02"], 300, wordsIn("fr").format);
    expect(plainSpaces(ticks[0]?.label ?? "")).toBe("1 oct.");
  });
});
