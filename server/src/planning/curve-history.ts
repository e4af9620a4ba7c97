import { dailyBookings, deliveryByDay, touchFrequency } from "@touchline/sql";
import { listDays } from "../calendar-days.ts";
import type { Workspace } from "../workspace.ts";
import { demandIndex } from "./season.ts";

/** Touches that frequency is counted on: of more a part of the visitors is enough. */
const MOST_SAMPLED = 500_000;

/** What a channel, or one of its campaigns, spent, delivered and was credited with; one number a day. */
export interface SpendHistory {
  readonly channel: string;
  /** Null: the whole channel. */
  readonly campaign: string | null;
  readonly spend: Float64Array;
  readonly touches: Float64Array;
  readonly revenue: Float64Array;
}

export interface CurveHistory {
  readonly days: readonly string[];
  /** By day, mean near 1. */
  readonly demand: Float64Array;
  readonly meanOrderValue: number;
  /** By channel: touches of it that somebody had in the week before a touch, on average. */
  readonly frequency: ReadonlyMap<string, number>;
  /** What was ever paid for, by name. */
  readonly spending: readonly SpendHistory[];
  /** Place of the last day with any spend, and one more. */
  readonly end: number;
}

interface HistoryScope {
  readonly run: string;
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly by: "channel" | "campaign";
}

/** Everything that curves are fitted on. Touches before the first day are left out. */
export async function fetchHistory(workspace: Workspace, scope: HistoryScope): Promise<CurveHistory> {
  const { warehouse } = workspace;
  const { run, from, to, timeZone, by } = scope;
  const [rows, bookings] = await Promise.all([
    warehouse.ask(deliveryByDay, { runId: run, from, to, timeZone, byCampaign: by === "campaign" }),
    warehouse.ask(dailyBookings, { from, to, timeZone }),
  ]);
  const days = listDays(from, to);
  const place = new Map(days.map((day, i) => [day, i]));
  const histories = new Map<string, SpendHistory>();
  for (const { date, channel, ...row } of rows) {
    const key = JSON.stringify([channel, row.campaign]);
    const history = histories.get(key) ?? emptyHistory(channel, by === "campaign" ? row.campaign : null, days.length);
    histories.set(key, history);
    const day = place.get(date)!;
    history.spend[day] = Math.max(0, Number(row.spend));
    history.touches[day] = Number(row.touches);
    history.revenue[day] = Number(row.revenue);
  }
  const conversions = new Float64Array(days.length);
  for (const { date, conversions: count } of bookings) conversions[place.get(date)!] = Number(count);
  const spending = [...histories.values()].filter(({ spend }) => spend.some((amount) => amount > 0)).sort(byName);
  const booked = bookings.reduce((sum, { revenue }) => sum + Number(revenue), 0);
  const seen = rows.reduce((sum, { touches }) => sum + Number(touches), 0);
  return {
    ...{ days, demand: demandIndex(conversions), spending },
    frequency: await fetchFrequency(workspace, scope, seen),
    meanOrderValue:
      booked /
      Math.max(
        1,
        conversions.reduce((sum, day) => sum + day, 0),
      ),
    end: 1 + Math.max(-1, ...spending.map(({ spend }) => spend.findLastIndex((amount) => amount > 0))),
  };
}

async function fetchFrequency(
  { warehouse }: Workspace,
  { from, to, timeZone }: HistoryScope,
  touches: number,
): Promise<ReadonlyMap<string, number>> {
  const oneOf = Math.max(1, Math.ceil(touches / MOST_SAMPLED));
  const rows = await warehouse.ask(touchFrequency, { from, to, timeZone, oneOf });
  return new Map(rows.map(({ channel, earlier }) => [channel, earlier]));
}

function emptyHistory(channel: string, campaign: string | null, days: number): SpendHistory {
  const series = () => new Float64Array(days);
  return { channel, campaign, spend: series(), touches: series(), revenue: series() };
}

function byName(a: SpendHistory, b: SpendHistory): number {
  const name = ({ channel, campaign }: SpendHistory) => `${channel}\n${campaign ?? ""}`;
  return name(a) < name(b) ? -1 : 1;
}
