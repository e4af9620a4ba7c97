import {
  feeds,
  spendTwice,
  touchedVisitors,
  watchedConversions,
  watchedSpend,
  watchedTouches,
  workspaceExtent,
} from "@touchline/sql";
import { listDays, shiftDay, todayIn } from "../../calendar-days.ts";
import type { RunContext } from "../run-context.ts";

/** A year, the two weeks around its day, and the nine weeks that say what was usual then. */
const DAYS_WATCHED = 365 + 14 + 63;
/** Rows are compared with each other over these days. */
export const RECENT_DAYS = 28;

export interface SpendCell {
  readonly date: string;
  readonly source: string;
  readonly channel: string;
  readonly rows: number;
  readonly cost: number;
  readonly clicks: number;
  readonly impressions: number;
}

export interface Feed {
  readonly source: string;
  readonly kind: string;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly newestRowAt: string;
  /** Runs of days without a row. */
  readonly gaps: readonly (readonly [string, string])[];
}

/** What the checks of the data look at: days of the workspace's zone, up to the last complete one. */
export interface Watched {
  readonly now: Date;
  readonly today: string;
  /** Oldest first; the last one is the last complete day. */
  readonly days: readonly string[];
  readonly currency: string;
  /** A simulated shop delivers once and for all. */
  readonly simulated: boolean;
  readonly feeds: readonly Feed[];
  readonly spend: readonly SpendCell[];
  readonly touches: readonly { date: string; source: string; channel: string; touches: number }[];
  readonly conversions: readonly {
    date: string;
    conversionType: string;
    customerType: string;
    conversions: number;
    revenue: number;
  }[];
  readonly visitors: readonly { date: string; one: number; two: number; four: number; eight: number; more: number }[];
  readonly twice: readonly {
    source: string;
    other: string;
    rows: number;
    amounts: number;
    namesakes: number;
    cost: string;
    firstDay: string;
    lastDay: string;
    channels: readonly string[];
  }[];
}

/** Everything that the checks look at, asked side by side. */
export async function fetchWatched({ workspace, now }: Pick<RunContext, "workspace" | "now">): Promise<Watched> {
  const { warehouse } = workspace;
  const { timeZone, currency, simulated } = await workspace.settings();
  const today = todayIn(timeZone, now);
  const { lastBookedDay } = await warehouse.askOne(workspaceExtent, { timeZone });
  const yesterday = shiftDay(today, -1);
  const to = simulated && lastBookedDay !== "" && lastBookedDay < yesterday ? lastBookedDay : yesterday;
  const from = shiftDay(to, 1 - DAYS_WATCHED);
  const scope = { from, to, timeZone };
  const [fed, spend, touches, conversions, visitors, twice] = await Promise.all([
    warehouse.ask(feeds, { timeZone, now: now.toISOString() }),
    warehouse.ask(watchedSpend, { from, to }),
    warehouse.ask(watchedTouches, scope),
    warehouse.ask(watchedConversions, scope),
    warehouse.ask(touchedVisitors, scope),
    warehouse.ask(spendTwice, { from: shiftDay(to, 1 - RECENT_DAYS), to }),
  ]);
  return {
    ...{ now, today, days: listDays(from, to), currency, simulated, feeds: fed, touches, visitors, twice },
    spend: spend.map((row) => ({ ...row, cost: Number(row.cost) })),
    conversions: conversions.map((row) => ({ ...row, revenue: Number(row.revenue) })),
  };
}

/** What was paid and delivered up to a day: what channels are watched by once a model is fitted. */
export async function fetchPaid(
  { workspace }: Pick<RunContext, "workspace">,
  to: string,
): Promise<Pick<Watched, "days" | "spend" | "touches">> {
  const { timeZone } = await workspace.settings();
  const from = shiftDay(to, -364);
  const [spend, touches] = await Promise.all([
    workspace.warehouse.ask(watchedSpend, { from, to }),
    workspace.warehouse.ask(watchedTouches, { from: shiftDay(to, -112), to, timeZone }),
  ]);
  return { days: listDays(from, to), touches, spend: spend.map((row) => ({ ...row, cost: Number(row.cost) })) };
}

/** A number a day from rows that have a date; 0 where there is none. */
export function seriesOf<T extends { readonly date: string }>(
  days: readonly string[],
  rows: readonly T[],
  amount: (row: T) => number,
): number[] {
  const place = placesOf(days);
  const series = new Array<number>(days.length).fill(0);
  for (const row of rows) {
    const day = place.get(row.date);
    if (day !== undefined) series[day]! += amount(row);
  }
  return series;
}

const known = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

function placesOf(days: readonly string[]): ReadonlyMap<string, number> {
  const places = known.get(days) ?? new Map(days.map((day, i) => [day, i]));
  known.set(days, places);
  return places;
}

/** Rows by what they have in common, in the order in which they came. */
export function groupsOf<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const name = key(row);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return groups;
}
