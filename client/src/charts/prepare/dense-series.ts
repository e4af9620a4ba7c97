import type { DateRange } from "@touchline/server/contract";
import { listDays } from "../../app/date-range.ts";

/** One day of a series. Null is a day without a row, or without this amount in its row: a gap, never a zero. */
export interface DayValue {
  readonly date: string;
  readonly value: number | null;
}

/**
 * One entry for every day of the range, in order; a day that has no row is null.
 * Law: the values that are there are untouched and none is added.
 */
export function prepareDenseSeries<Row extends { date: string }>(
  rows: readonly Row[],
  range: DateRange,
  pickValue: (row: Row) => number | null,
): DayValue[] {
  const byDate = new Map(rows.map((row) => [row.date, pickValue(row)]));
  return listDays(range).map((date) => ({ date, value: byDate.get(date) ?? null }));
}

/** Days with data whose neighbours have none: a line cannot show them, a dot can. */
export function isolatedIndexes(series: readonly DayValue[]): number[] {
  return series.flatMap((day, index) => {
    const isAlone = (series[index - 1]?.value ?? null) === null && (series[index + 1]?.value ?? null) === null;
    return day.value !== null && isAlone ? [index] : [];
  });
}

export function largestOf(series: readonly DayValue[]): number {
  return series.reduce((most, day) => Math.max(most, day.value ?? 0), 0);
}

/** An amount as a number to draw; what is not known stays unknown. */
export function amountOrGap(amount: string | null): number | null {
  return amount === null ? null : Number(amount);
}
