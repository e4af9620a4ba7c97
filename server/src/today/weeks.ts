import { judgeChange } from "@touchline/solver";
import { shiftDay, weekdayOf } from "../calendar-days.ts";
import { EXPECTED_LEVEL, type WeekChange } from "../contract/index.ts";

/** Weeks on the charts. */
export const SHOWN_WEEKS = 13;
/** Weeks whose changes say what is ordinary. */
const PAST_WEEKS = 14;
const DAYS_OF_52_WEEKS = 364;

/** The weeks that a page is about: the last complete one and those before it, each by its Monday, oldest first. */
export interface WeekFrame {
  readonly mondays: readonly string[];
  readonly last: string;
  readonly from: string;
  readonly to: string;
  readonly yearBefore: { readonly from: string; readonly to: string };
}

export const weekOf = (monday: string) => ({ from: monday, to: shiftDay(monday, 6) });

/** @param asOf the last complete day */
export function frameWeeks(asOf: string): WeekFrame {
  const weekday = weekdayOf(asOf);
  const last = shiftDay(asOf, weekday === 6 ? -6 : -weekday - 7);
  const count = SHOWN_WEEKS + PAST_WEEKS;
  const mondays = Array.from({ length: count }, (_, i) => shiftDay(last, 7 * (i - count + 1)));
  const { to } = weekOf(last);
  return {
    ...{ mondays, last, from: mondays[0]!, to },
    yearBefore: { from: shiftDay(last, -DAYS_OF_52_WEEKS), to: shiftDay(to, -DAYS_OF_52_WEEKS) },
  };
}

/** What was expected of each week from the one before, one a week; null where too little is known. */
export function expectWeeks(
  series: readonly (number | null)[],
): ((WeekChange["expected"] & { isUnusual: boolean }) | null)[] {
  return series.map((_, week) => {
    const judged = judgeChange(series.slice(Math.max(0, week - PAST_WEEKS), week + 1), EXPECTED_LEVEL);
    const before = series[week - 1] ?? null;
    if (judged === null || before === null) return null;
    const { low, expected, high, isUnusual } = judged;
    return { low: before * low, middle: before * expected, high: before * high, isUnusual };
  });
}

/** The last of a series of weeks, beside the one before and a year before. */
export function changeOf(
  amounts: ReadonlyMap<string, string>,
  mondays: readonly string[],
  yearBefore: string | null,
): WeekChange {
  const series = mondays.map((monday) => amounts.get(monday) ?? null);
  const judged = expectWeeks(series.map((amount) => (amount === null ? null : Number(amount)))).at(-1) ?? null;
  return {
    ...{ now: series.at(-1) ?? null, before: series.at(-2) ?? null, yearBefore },
    expected: judged === null ? null : { low: judged.low, middle: judged.middle, high: judged.high },
    isUnusual: judged?.isUnusual ?? null,
  };
}
