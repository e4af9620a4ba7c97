import type { DateRange, Overview } from "@touchline/server/contract";
import { plainText, strong, type Words } from "../../i18n/words.ts";
import { zeroBasedDomain } from "./axis.ts";
import type { ChartModel, Readout } from "./chart-model.ts";
import { amountOrGap, type DayValue, largestOf, prepareDenseSeries } from "./dense-series.ts";

export interface TotalsByDay extends ChartModel {
  readonly sentence: string;
  readonly days: readonly string[];
  readonly revenue: readonly DayValue[];
  readonly spend: readonly DayValue[];
  readonly revenueDomain: readonly [number, number];
  readonly spendDomain: readonly [number, number];
  readout(index: number): Readout;
}

function wordGaps(count: number, { t, format }: Words): string {
  if (count === 0) return t("overview.gapsNone");
  return count === 1 ? t("overview.gapsOne") : t("overview.gapsMany", { days: format.count(count) });
}

/** Booked revenue and spend of every day of the range; what a day has no row of stays a gap. */
export function prepareTotalsByDay(daily: Overview["daily"], range: DateRange, words: Words): TotalsByDay {
  const { t, format } = words;
  const revenue = prepareDenseSeries(daily, range, (row) => amountOrGap(row.revenue));
  const spend = prepareDenseSeries(daily, range, (row) => amountOrGap(row.spend));
  const rowOf = new Map(daily.map((row) => [row.date, row]));
  const present = revenue.flatMap((day) => (day.value === null ? [] : [{ date: day.date, value: day.value }]));
  const best = present.reduce<(typeof present)[number] | null>(
    (top, day) => (top === null || day.value > top.value ? day : top),
    null,
  );
  const mean = present.reduce((sum, day) => sum + day.value, 0) / Math.max(present.length, 1);
  const sentence =
    best === null
      ? t("chart.empty")
      : t("overview.dailySentence", {
          revenue: strong(format.money(mean)),
          day: format.day(best.date),
          best: strong(format.money(best.value)),
        });
  const print = (value: string | null | undefined, digits: number) =>
    value === undefined || value === null ? t("chart.missing") : format.money(value, digits);
  return {
    label: plainText(sentence),
    caption: t("overview.dailyCaption", {
      range: format.range(range.from, range.to),
      gaps: wordGaps(revenue.filter((day, i) => day.value === null || spend[i]?.value === null).length, words),
    }),
    sentence,
    days: revenue.map((day) => day.date),
    revenue,
    spend,
    revenueDomain: zeroBasedDomain(largestOf(revenue)),
    spendDomain: zeroBasedDomain(largestOf(spend)),
    table: {
      columns: [
        { label: t("words.date"), isNumeric: false },
        { label: t("words.revenue"), isNumeric: true },
        { label: t("words.spend"), isNumeric: true },
        { label: t("words.conversions"), isNumeric: true },
      ],
      rows: revenue.map(({ date }) => {
        const row = rowOf.get(date);
        const conversions = row?.conversions ? format.count(row.conversions) : t("chart.missing");
        return { id: date, cells: [format.weekday(date), print(row?.revenue, 2), print(row?.spend, 2), conversions] };
      }),
    },
    readout: (index) => {
      const date = revenue[index]?.date ?? range.from;
      const row = rowOf.get(date);
      return {
        title: format.weekday(date),
        lines: [
          { label: t("words.revenue"), value: print(row?.revenue, 0) },
          { label: t("words.spend"), value: print(row?.spend, 0) },
        ],
      };
    },
  };
}
