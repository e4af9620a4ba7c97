import {
  addSeriesCredit,
  creditIncremental,
  type IncrementalCredit,
  type SeriesCredit,
  seedCells,
  seriesBookings,
  withCreditTable,
} from "@touchline/sql";
import { countDays } from "../../../calendar-days.ts";
import type { Workspace } from "../../../workspace.ts";
import type { FitScope } from "../fetch-statistics.ts";
import type { SeriesAnswer } from "./answer-series.ts";
import type { CreditedSeries } from "./describe-series.ts";
import type { Pressure } from "./fetch-series.ts";
import { type CampaignPressure, type DayLeft, shareSeries } from "./share-series.ts";

export interface SeriesToCredit {
  readonly answer: SeriesAnswer;
  readonly pressure: readonly Pressure[];
}

/**
 * Adds what unseen channels get to the table in which the credit of a run is made. It is taken out of what touches left of each
 * day's bookings, never on top.
 * @returns what was added, by channel
 */
export async function creditSeries(
  { warehouse }: Workspace,
  table: string,
  credit: IncrementalCredit,
  scope: FitScope,
  { answer, pressure }: SeriesToCredit,
): Promise<CreditedSeries["added"]> {
  const { runId, dateBasis } = credit;
  const ofDays =
    dateBasis === "conversion"
      ? await seedCells(warehouse, table, runId)
      : await withCreditTable(warehouse, async (byConversion) => {
          await creditIncremental(warehouse, byConversion, { ...credit, dateBasis: "conversion" }, "");
          return seedCells(warehouse, byConversion, runId);
        });
  const { timeZone, conversionTypes, customers } = scope;
  const range = { from: credit.creditFrom, to: credit.creditTo, timeZone, conversionTypes, customers };
  const left = leftOver(await warehouse.ask(seriesBookings, range), ofDays);
  const campaigns = campaignsOf(answer, pressure, scope.from);
  const rows = shareSeries(answer, scope.from, left, campaigns, dateBasis);
  await addSeriesCredit(warehouse, table, runId, rows);
  const added = new Map<string, { conversions: number; revenue: number }>();
  for (const { channel, conversions, revenue } of rows) {
    const before = added.get(channel) ?? { conversions: 0, revenue: 0 };
    added.set(channel, {
      conversions: before.conversions + Number(conversions),
      revenue: before.revenue + Number(revenue),
    });
  }
  return added;
}

type Amounts = Pick<SeriesCredit, "date" | "conversions" | "revenue" | "margin">;

function leftOver(booked: readonly Amounts[], credited: readonly Amounts[]): Map<string, DayLeft> {
  const left = new Map(
    booked.map(({ date, conversions, revenue, margin }): [string, DayLeft] => [
      date,
      { conversions: Number(conversions), revenue: Number(revenue), margin: Number(margin) },
    ]),
  );
  for (const { date, conversions, revenue, margin } of credited) {
    const before = left.get(date);
    if (before === undefined) continue;
    left.set(date, {
      conversions: Math.max(0, before.conversions - Number(conversions)),
      revenue: before.revenue - Number(revenue),
      margin: before.margin - Number(margin),
    });
  }
  return left;
}

/** Campaigns work as far as they were delivered where all of the channel's are known to be, else as far as they cost. */
function campaignsOf({ base, channels }: SeriesAnswer, pressure: readonly Pressure[], from: string): CampaignPressure {
  return new Map(
    channels.map(({ channel, isByDelivery }) => {
      const ofChannel = new Map<string, Float64Array>();
      for (const row of pressure) {
        if (row.channel !== channel) continue;
        const days = ofChannel.get(row.campaign) ?? new Float64Array(base.length);
        days[countDays(from, row.date) - 1]! += isByDelivery ? row.delivered : row.spend;
        ofChannel.set(row.campaign, days);
      }
      return [channel, ofChannel];
    }),
  );
}
