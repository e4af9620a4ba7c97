import type { Overview } from "../contract/index.ts";

/** What a day has no row of is unknown, not zero. */
export function joinDays(
  spend: readonly { date: string; spend: string }[],
  bookings: readonly { date: string; conversions: string; revenue: string }[],
): Overview["daily"] {
  const spendByDay = new Map(spend.map((row) => [row.date, row.spend]));
  const booked = new Map(bookings.map((row) => [row.date, row]));
  const dates = [...new Set([...spendByDay.keys(), ...booked.keys()])].sort();
  return dates.map((date) => ({
    date,
    spend: spendByDay.get(date) ?? null,
    revenue: booked.get(date)?.revenue ?? null,
    conversions: booked.get(date)?.conversions ?? null,
  }));
}

/** Credit and spend of a channel on a day; a row of one is no word on the other. */
export function joinChannelDays(
  spend: readonly { date: string; channel: string; spend: string }[],
  credit: readonly { date: string; channel: string; revenue: string }[],
): Overview["dailyByChannel"] {
  const cells = new Map<string, Overview["dailyByChannel"][number]>();
  const cell = (date: string, channel: string) => {
    const key = `${date} ${channel}`;
    const found = cells.get(key) ?? { date, channel, spend: null, revenue: null };
    cells.set(key, found);
    return found;
  };
  for (const row of spend) cell(row.date, row.channel).spend = row.spend;
  for (const row of credit) cell(row.date, row.channel).revenue = row.revenue;
  return [...cells.values()].sort((a, b) =>
    a.date === b.date ? (a.channel < b.channel ? -1 : 1) : a.date < b.date ? -1 : 1,
  );
}
