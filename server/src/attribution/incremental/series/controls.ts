interface ContextRow {
  readonly date: string;
  readonly name: string;
  readonly value: number;
}

/** Names of context that are controlled for at most: the most complete ones. */
const MOST_NAMES = 20;
/** A name that has a value on so many of the days is a measurement; on fewer it is an event, and nothing on other days. */
const MEASURED = 0.5;

/** What moves bookings by itself: weekday, a trend, and the context that was imported. Season beyond that is left to the fit. */
export function prepareControls(days: readonly string[], context: readonly ContextRow[]): Float64Array[] {
  const weekdays = [1, 2, 3, 4, 5, 6].map((weekday) =>
    Float64Array.from(days, (day) => (new Date(`${day}T00:00:00Z`).getUTCDay() === weekday ? 1 : 0)),
  );
  const trend = Float64Array.from(days, (_, at) => at);
  return [...weekdays, trend, ...contextOf(days, context)];
}

function contextOf(days: readonly string[], context: readonly ContextRow[]): Float64Array[] {
  const byName = new Map<string, Map<string, number>>();
  for (const { date, name, value } of context) {
    const values = byName.get(name) ?? new Map<string, number>();
    byName.set(name, values.set(date, value));
  }
  return [...byName.values()]
    .sort((a, b) => b.size - a.size)
    .slice(0, MOST_NAMES)
    .map((values) => {
      const mean = [...values.values()].reduce((sum, value) => sum + value, 0) / values.size;
      const usual = values.size >= MEASURED * days.length ? mean : 0;
      return Float64Array.from(days, (day) => values.get(day) ?? usual);
    })
    .filter((column) => column.some((value) => value !== column[0]));
}
