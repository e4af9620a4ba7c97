import type { HealthReport } from "@touchline/server/contract";
import { plainText, strong, type Words } from "../../i18n/words.ts";
import { zeroBasedDomain } from "./axis.ts";
import { countCell, dayCell, figureCell } from "./cells.ts";
import type { ChartModel, Readout } from "./chart-model.ts";
import { type DayValue, largestOf, prepareDenseSeries } from "./dense-series.ts";

export interface ClaimsByDay extends ChartModel {
  readonly sentence: string;
  readonly days: readonly string[];
  readonly claimed: readonly DayValue[];
  readonly booked: readonly DayValue[];
  readonly domain: readonly [number, number];
  readout(index: number): Readout;
}

/** What platforms claim and what was booked, side by side by day; null where no platform claims anything. */
export function prepareClaimsByDay(rows: HealthReport["platformDays"], words: Words): ClaimsByDay | null {
  const { t, format } = words;
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return null;
  const range = { from: first.date, to: last.date };
  const claimed = prepareDenseSeries(rows, range, (row) => Number(row.platformConversions));
  const booked = prepareDenseSeries(rows, range, (row) => row.bookedConversions);
  const total = (series: readonly DayValue[]) => series.reduce((sum, day) => sum + (day.value ?? 0), 0);
  const sentence = t("data.claimsSentence", {
    claimed: strong(format.count(total(claimed))),
    booked: strong(format.count(total(booked))),
  });
  const print = (value: number | null | undefined) =>
    value === null || value === undefined ? t("chart.missing") : format.count(value);
  return {
    label: plainText(sentence),
    caption: t("data.claimsCaption", { range: format.range(range.from, range.to) }),
    sentence,
    days: claimed.map(({ date }) => date),
    claimed,
    booked,
    domain: zeroBasedDomain(Math.max(largestOf(claimed), largestOf(booked))),
    readout: (index) => ({
      title: format.weekday(claimed[index]?.date ?? range.from),
      lines: [
        { label: t("data.claimed"), value: print(claimed[index]?.value) },
        { label: t("data.booked"), value: print(booked[index]?.value) },
      ],
    }),
    table: {
      columns: [
        { label: t("words.date"), isNumeric: false },
        { label: t("data.claimed"), isNumeric: true },
        { label: t("data.booked"), isNumeric: true },
        { label: t("data.claimedValue"), isNumeric: true },
        { label: t("words.revenue"), isNumeric: true },
      ],
      rows: rows.map((row) => ({
        id: row.date,
        cells: [
          dayCell(row.date, words),
          countCell(row.platformConversions, words),
          countCell(row.bookedConversions, words),
          figureCell("money", row.platformValue, (value) => format.money(value, 2)),
          figureCell("money", row.bookedRevenue, (value) => format.money(value, 2)),
        ],
      })),
    },
  };
}
