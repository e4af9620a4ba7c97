import type { ClosedMonths, ClosedPeriod, DateRange } from "@touchline/server/contract";

/** The month before, `YYYY-MM`. */
function monthBefore(month: string): string {
  const at = new Date(`${month}-01T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() - 1);
  return at.toISOString().slice(0, 7);
}

/** Months that are closed now, the newest first: of each its newest version, unless that was opened again. */
export function closedNow(periods: readonly ClosedPeriod[]): ClosedPeriod[] {
  const newest = new Map<string, ClosedPeriod>();
  for (const period of periods) {
    const known = newest.get(period.month);
    if (known === undefined || known.version < period.version) newest.set(period.month, period);
  }
  return [...newest.values()].filter(({ reopened }) => reopened === null).sort((a, b) => (a.month < b.month ? 1 : -1));
}

/** The months that can be closed now: the one behind those that are, or, before the first, any of the data that is over. */
export function closableMonths({ closed, next }: ClosedMonths, days: DateRange): string[] {
  if (next === null) return [];
  if (closedNow(closed).length > 0) return [next];
  const months: string[] = [];
  for (let month = next; month >= days.from.slice(0, 7); month = monthBefore(month)) months.push(month);
  return months.length === 0 ? [next] : months;
}
