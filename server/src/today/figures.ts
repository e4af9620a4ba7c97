import { weeklyBookings, weeklySpend } from "@touchline/sql";
import { shiftDay } from "../calendar-days.ts";
import type { ChannelWeek, TodayBrief, TodayWeek } from "../contract/index.ts";
import { sumOf } from "../exact.ts";
import { groupBy } from "../group-by.ts";
import type { Workspace } from "../workspace.ts";
import type { WeeklyCredit } from "./weekly-credit.ts";
import { changeOf, expectWeeks, SHOWN_WEEKS, type WeekFrame, weekOf } from "./weeks.ts";

interface SpendRow {
  readonly week: string;
  readonly channel: string;
  readonly spend: string;
  readonly lastDay: string;
}

/** What was spent and booked in the weeks of the frame, and a year before the last one. */
export interface WeeklyFigures {
  readonly spend: readonly SpendRow[];
  readonly spendYear: readonly SpendRow[];
  readonly revenue: ReadonlyMap<string, string>;
  readonly revenueYear: string | null;
}

export async function fetchWeeklyFigures(
  { warehouse }: Workspace,
  frame: WeekFrame,
  asOf: string,
  timeZone: string,
): Promise<WeeklyFigures> {
  const range = { from: frame.from, to: asOf };
  const [spend, bookings, spendYear, bookingsYear] = await Promise.all([
    warehouse.ask(weeklySpend, range),
    warehouse.ask(weeklyBookings, { ...range, timeZone }),
    warehouse.ask(weeklySpend, frame.yearBefore),
    warehouse.ask(weeklyBookings, { ...frame.yearBefore, timeZone }),
  ]);
  const revenue = new Map(bookings.map((row) => [row.week, row.revenue]));
  return { spend, spendYear, revenue, revenueYear: bookingsYear[0]?.revenue ?? null };
}

function totalsOf(spend: readonly SpendRow[]): ReadonlyMap<string, string> {
  const weeks = groupBy(spend, ({ week }) => week);
  return new Map([...weeks].map(([week, rows]) => [week, sumOf(rows.map((row) => row.spend))]));
}

/** The last week and the weeks before it, as the page shows them. */
export function describeWeeks(
  frame: WeekFrame,
  asOf: string,
  figures: WeeklyFigures,
  credit: WeeklyCredit | null,
): Pick<TodayBrief, "week" | "revenue" | "spend" | "channels" | "weeks" | "run"> {
  const { mondays, yearBefore, last } = frame;
  const spent = totalsOf(figures.spend);
  const spentYear = totalsOf(figures.spendYear).get(yearBefore.from) ?? null;
  return {
    week: { range: weekOf(last), before: weekOf(shiftDay(last, -7)), yearBefore },
    revenue: changeOf(figures.revenue, mondays, figures.revenueYear),
    spend: changeOf(spent, mondays, spentYear),
    channels: compareChannels(frame, figures, credit),
    weeks: shownWeeks(frame, asOf, figures, { spent, credit }),
    run: credit?.run ?? null,
  };
}

/** More rows than this are read on the page of results. */
const MOST_CHANNELS = 8;

/** How much money a channel's week moved, by spend or by what it earned. */
function movedBy({ spend, revenue }: ChannelWeek): number {
  const moved = (change: ChannelWeek["spend"] | null) =>
    change === null ? 0 : Math.abs(Number(change.now ?? 0) - Number(change.before ?? 0));
  return Math.max(moved(spend), moved(revenue));
}

/** Channels by how much money their week moved. */
function compareChannels(
  { mondays, yearBefore }: WeekFrame,
  { spend, spendYear }: WeeklyFigures,
  credit: WeeklyCredit | null,
): ChannelWeek[] {
  const byChannel = groupBy(spend, ({ channel }) => channel);
  const ofThatWeek = spendYear.filter(({ week }) => week === yearBefore.from);
  const aYearAgo = new Map(ofThatWeek.map((row) => [row.channel, row.spend]));
  const names = new Set([...byChannel.keys(), ...(credit?.byChannel.keys() ?? [])]);
  return [...names]
    .map((channel): ChannelWeek => {
      const spent = new Map((byChannel.get(channel) ?? []).map((row) => [row.week, row.spend]));
      const earned = credit?.byChannel.get(channel);
      return {
        channel,
        spend: changeOf(spent, mondays, aYearAgo.get(channel) ?? null),
        revenue: earned === undefined ? null : changeOf(earned, mondays, null),
      };
    })
    .filter(({ spend: { now, before }, revenue }) => (now ?? before ?? revenue?.now ?? null) !== null)
    .sort((a, b) => movedBy(b) - movedBy(a) || (a.channel < b.channel ? -1 : 1))
    .slice(0, MOST_CHANNELS);
}

type Band = ReturnType<typeof expectWeeks>[number];

const bandOf = (band: Band | undefined): TodayWeek["revenueExpected"] =>
  band === null || band === undefined ? null : { low: band.low, middle: band.middle, high: band.high };

/** The weeks of the charts, and the one that runs where it has begun. */
function shownWeeks(
  { mondays, last }: WeekFrame,
  asOf: string,
  { revenue, spend }: WeeklyFigures,
  { spent, credit }: { spent: ReadonlyMap<string, string>; credit: WeeklyCredit | null },
): TodayWeek[] {
  const running = shiftDay(last, 7);
  const all = running <= asOf ? [...mondays, running] : mondays;
  const bandsOf = (amounts: ReadonlyMap<string, string>) =>
    expectWeeks(all.map((monday) => (amounts.has(monday) ? Number(amounts.get(monday)) : null)));
  const [revenueBands, spendBands] = [bandsOf(revenue), bandsOf(spent)];
  return all
    .map((monday, i): TodayWeek => {
      const isComplete = monday !== running;
      return {
        ...{ ...weekOf(monday), isComplete },
        revenue: revenue.get(monday) ?? null,
        revenueExpected: isComplete ? bandOf(revenueBands[i]) : null,
        spend: spent.get(monday) ?? null,
        spendExpected: isComplete ? bandOf(spendBands[i]) : null,
        incremental: isComplete && credit !== null ? incrementalOf(monday, spend, credit) : null,
      };
    })
    .slice(-SHOWN_WEEKS - (all.length - mondays.length));
}

/** Of the channels that cost something in the week: what they are credited with over what they cost. */
function incrementalOf(
  monday: string,
  spend: readonly SpendRow[],
  { byChannel, relative }: WeeklyCredit,
): TodayWeek["incremental"] {
  const paid = spend.filter(({ week, spend: cost }) => week === monday && Number(cost) > 0);
  const isCovered = [...byChannel.values()].some((weeks) => weeks.has(monday));
  if (paid.length === 0 || !isCovered) return null;
  const cost = Number(sumOf(paid.map((row) => row.spend)));
  const parts = paid.map(({ channel }) => {
    const earned = Number(byChannel.get(channel)?.get(monday) ?? 0);
    return { earned, ends: relative.get(channel) ?? null };
  });
  const isBounded = parts.every(({ earned, ends }) => earned === 0 || ends !== null);
  const total = (weigh: (part: (typeof parts)[number]) => number) =>
    parts.reduce((sum, part) => sum + part.earned * weigh(part), 0) / cost;
  return {
    roas: total(() => 1),
    low: isBounded ? total(({ ends }) => ends?.low ?? 1) : null,
    high: isBounded ? total(({ ends }) => ends?.high ?? 1) : null,
  };
}

/** The last day on which any channel has spent. */
export function lastSpendDay({ spend }: WeeklyFigures): string {
  return spend.reduce((last, row) => (row.lastDay > last ? row.lastDay : last), "");
}
