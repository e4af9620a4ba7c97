import { listDays } from "../calendar-days.ts";

/** A source that has been silent for longer has been switched off; until then its days are on their way. */
const LATE_DAYS = 14;

export interface DailySeries {
  /** One a day; null: not known. */
  readonly values: readonly (number | null)[];
  /** The last day with a row. */
  readonly lastDay: string | null;
}

/**
 * A channel's days up to one of them. Exports list the days on which something was spent: a day between two of a channel's own, on which
 * others have spent, was one of nothing. Its last days without a row are not known yet, for two weeks.
 */
export function prepareSeries(
  amounts: ReadonlyMap<string, number>,
  days: { readonly from: string; readonly to: string },
  someSpendOn: ReadonlySet<string>,
): DailySeries {
  const dates = listDays(days.from, days.to);
  const own = dates.filter((date) => amounts.has(date));
  const [first, last] = [own[0], own.at(-1)];
  if (first === undefined || last === undefined) return { values: dates.map(() => null), lastDay: null };
  const isOver = dates.length - 1 - dates.indexOf(last) > LATE_DAYS;
  const values = dates.map((date) => {
    const amount = amounts.get(date);
    if (amount !== undefined) return amount;
    if (date < first) return null;
    if (date > last) return isOver ? 0 : null;
    return someSpendOn.has(date) ? 0 : null;
  });
  return { values, lastDay: last };
}
