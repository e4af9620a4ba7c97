import type { CaptureSignature } from "@touchline/solver";
import { channelDelivery, listExperiments, seriesBookings, seriesContext, seriesPressure } from "@touchline/sql";
import { countDays, listDays } from "../../../calendar-days.ts";
import type { Workspace } from "../../../workspace.ts";
import type { RunParameters } from "../../run-parameters.ts";
import type { KnownChannel } from "../channel-facts.ts";
import { isBoughtByClick, LOW_COVERAGE, mayWorkUnseen } from "../coverage.ts";
import type { FitScope } from "../fetch-statistics.ts";
import { prepareControls } from "./controls.ts";
import type { SeriesFigures, UnseenChannel } from "./series-figures.ts";
import { returnFoundByTests } from "./tested-return.ts";

/** Fewer days, or days with spend, or conversions, tell nothing of a channel. */
const FEWEST_DAYS = 60;
const FEWEST_SPEND_DAYS = 20;
const FEWEST_CONVERSIONS = 300;
/** Spend without impressions and clicks, at most this part of it, does not keep them from being what works. */
const WITHOUT_DELIVERY = 0.1;

export interface Pressure {
  readonly date: string;
  readonly channel: string;
  readonly campaign: string;
  readonly spend: number;
  readonly delivered: number;
}

export interface FetchedSeries {
  readonly figures: SeriesFigures;
  readonly pressure: readonly Pressure[];
}

/**
 * Figures for the channels that touches say next to nothing of: those that are seen by a few of their clicks only, and those that
 * cost money and have no touches at all.
 * @returns null where there is no such channel, or too little to fit it on
 */
export async function fetchSeries(
  { warehouse }: Workspace,
  scope: FitScope,
  { channels, signatures }: { channels: readonly KnownChannel[]; signatures: readonly CaptureSignature[] },
  parameters: RunParameters,
): Promise<FetchedSeries | null> {
  const { from, to, timeZone } = scope;
  const days = listDays(from, to);
  if (days.length < FEWEST_DAYS) return null;
  const deliveries = await warehouse.ask(channelDelivery, { from, to, timeZone, byCampaign: false });
  const unseen = deliveries
    .filter(({ channel, spend, delivered, touches }) => {
      if (!(Number(spend ?? 0) > 0)) return false;
      const place = channels.findIndex((known) => known.channel === channel);
      if (place < 0) return touches === 0 && !isBoughtByClick(channel);
      const isJudged = signatures[place]!.isFlagged || !mayWorkUnseen(channels[place]!);
      return !isJudged && delivered !== null && touches < LOW_COVERAGE * delivered;
    })
    .map(({ channel, delivered, touches }) => ({ channel, coverage: delivered ? touches / delivered : 0 }));
  if (unseen.length === 0) return null;
  const conversions = new Float64Array(days.length);
  const { conversionTypes, customers } = scope;
  for (const row of await warehouse.ask(seriesBookings, { from, to, timeZone, conversionTypes, customers })) {
    conversions[countDays(from, row.date) - 1] = Number(row.conversions);
  }
  if (conversions.reduce((sum, each) => sum + each, 0) < FEWEST_CONVERSIONS) return null;
  const pressure = (await warehouse.ask(seriesPressure, { from, to })).map((row) => ({
    ...row,
    spend: Number(row.spend),
  }));
  const experiments = await warehouse.ask(listExperiments, {});
  const found = unseen.flatMap(({ channel, coverage }) => {
    const of = pressure.filter((row) => row.channel === channel);
    const figures = dailyOf(channel, of, from, days.length);
    const tests = returnFoundByTests(channel, figures.spend, scope, experiments);
    return figures.spend.filter((each) => each > 0).length < FEWEST_SPEND_DAYS
      ? []
      : [{ ...figures, coverage, ...tests }];
  });
  if (found.length === 0) return null;
  const context = await warehouse.ask(seriesContext, { from, to });
  const spendOfSeen = channels.map(({ channel }) =>
    pressure.reduce((sum, row) => (row.channel === channel ? sum + row.spend : sum), 0),
  );
  const figures: SeriesFigures = {
    ...{ conversions, channels: found, controls: prepareControls(days, context), spendOfSeen },
    creditFrom: Math.max(0, countDays(from, parameters.from) - 1),
    creditTo: countDays(from, parameters.to) - 1,
  };
  return { figures, pressure: pressure.filter(({ channel }) => found.some((each) => each.channel === channel)) };
}

function dailyOf(
  channel: string,
  rows: readonly Pressure[],
  from: string,
  days: number,
): Omit<UnseenChannel, "tested" | "tests" | "coverage"> {
  const spend = new Float64Array(days);
  const delivered = new Float64Array(days);
  let without = 0;
  let all = 0;
  for (const row of rows) {
    const day = countDays(from, row.date) - 1;
    spend[day]! += row.spend;
    delivered[day]! += row.delivered;
    all += row.spend;
    if (row.delivered === 0) without += row.spend;
  }
  const isByDelivery = without <= WITHOUT_DELIVERY * all;
  return { channel, spend, pressure: isByDelivery ? delivered : spend, isByDelivery };
}
