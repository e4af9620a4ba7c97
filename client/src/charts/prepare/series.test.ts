import { describe, expect, it } from "vitest";
import { plainSpaces, wordsIn } from "../../i18n/words.fixture.ts";
import { dateTicks, positionTicks, zeroBasedDomain } from "./axis.ts";
import { amountOrGap, isolatedIndexes, prepareDenseSeries } from "./dense-series.ts";
import { overview, range } from "./shop.fixture.ts";

const words = wordsIn("en");

describe("a daily series", () => {
  it("leaves days without a row open instead of drawing zero", () => {
    const series = prepareDenseSeries(
      overview.now.daily.filter((day) => day.revenue !== null),
      range,
      (row) => amountOrGap(row.revenue),
    );
    expect(series.map((day) => day.value)).toEqual([400.01, null, 600, null]);
  });

  it("knows the days that stand alone between gaps", () => {
    const series = [1, null, 2, 3, null, 4].map((value, index) => ({ date: `d${index}`, value }));
    expect(isolatedIndexes(series)).toEqual([0, 5]);
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
