import { type CaptureSignature, clearByTests, judgeDemandCapture, SIZE_EDGES } from "@touchline/solver";
import {
  channelDelivery,
  creditIncremental,
  keepSeeds,
  publishCredit,
  runCredit,
  uncreditedTotals,
  withCreditTable,
  workspaceExtent,
} from "@touchline/sql";
import { shiftDay } from "../../calendar-days.ts";
import type { Workspace } from "../../workspace.ts";
import { type Fit, fitOf } from "../fit.ts";
import { type RunParameters, scopeOf } from "../run-parameters.ts";
import type { CreditWatcher } from "../write-credit.ts";
import type { IncrementalAnswer } from "./answer-incremental.ts";
import { fetchChannels, type KnownChannel } from "./channel-facts.ts";
import { isSmallEnough } from "./credit-again.ts";
import { describeIncremental } from "./describe-incremental.ts";
import { EARLIER_EDGES, type FitScope, fetchIntent, fetchPeople, fetchStatistics } from "./fetch-statistics.ts";
import { fitInThread } from "./fit-in-thread.ts";
import { fetchLiftTests } from "./lift-tests.ts";
import { creditSeries } from "./series/credit-series.ts";
import type { CreditedSeries } from "./series/describe-series.ts";
import { type FetchedSeries, fetchSeries } from "./series/fetch-series.ts";

/** The model is fitted on at most this many days before the end of the range, whatever part of them is credited. */
const FIT_DAYS = 400;

/**
 * Fits the incremental model on the days up to the end of the range and writes the credit of the range. What is not credited is the
 * baseline: purchases that would have come without any marketing.
 */
export async function creditIncrementally(
  workspace: Workspace,
  runId: string,
  parameters: RunParameters,
  watcher: CreditWatcher = {},
): Promise<Fit> {
  const { warehouse } = workspace;
  const { timeZone } = await workspace.settings();
  const channels = await fetchChannels(workspace);
  const scope = await fitScope(workspace, parameters, timeZone, channels);
  watcher.step?.("add up touches and conversions", 0.05);
  const statistics = await fetchStatistics(workspace, scope);
  const isOwned = channels.map((channel) => channel.isOwned);
  const window = { ...scopeOf(parameters, timeZone), from: scope.from, to: scope.to };
  const booked = Number((await warehouse.askOne(uncreditedTotals, { ...window, runId })).conversions);
  const { tests: allTests, leftOut } = await fetchLiftTests(workspace, scope, isOwned, booked);
  const signatures = clearByTests(judgeDemandCapture(statistics, channels), allTests, statistics);
  const reaching = channels.flatMap(({ isOwned }, i) => (isOwned || signatures[i]!.isFlagged ? [] : [i]));
  if (reaching.length === 0 || statistics.conversions.day.length === 0) return nothingToLearn(channels, signatures);
  watcher.step?.("count the people who were reached", 0.35);
  const people = await fetchPeople(workspace, scope, reaching);
  const series = await fetchSeries(workspace, scope, { channels, signatures }, parameters);
  const unseen = new Set(series?.figures.channels.map(({ channel }) => channel));
  const tests = allTests.filter(({ channel }) => !unseen.has(channels[channel]!.channel));
  const warnings = leftOut.flatMap(({ channel, text }) => (unseen.has(channel) ? [] : [text]));
  watcher.step?.("look at what came before touches", 0.4);
  const visits = channels.flatMap((_, i) => (reaching.includes(i) ? [] : [i]));
  const reached = people.people.reduce((sum, each) => sum + each, 0);
  const intent = await fetchIntent(workspace, scope, { reaching, visits, people: reached });
  watcher.step?.("fit", 0.5);
  const figures = series === null ? {} : { series: series.figures };
  const task = { statistics, people, signatures, isOwned, intent, tests, ...figures };
  const fit = await fitInThread(task, watcher.signal);
  if (fit === null) return nothingToLearn(channels, signatures);
  if (isSmallEnough(task)) workspace.work.freeze(runId, { statistics: task, weights: fit });
  watcher.step?.("share out every conversion", 0.8);
  const { credited, added } = await writeCredit(workspace, runId, parameters, scope, fit, reaching, series);
  const { from, to } = parameters;
  const deliveries = await warehouse.ask(channelDelivery, { from, to, timeZone, byCampaign: false });
  const range = await warehouse.askOne(uncreditedTotals, { ...scopeOf(parameters, timeZone), runId });
  const sold = Number(range.conversions);
  const ofSeries =
    series === null || fit.series === undefined ? null : { figures: series.figures, answer: fit.series, added };
  return describeIncremental({
    ...{ fit, channels, signatures, credited, booked: sold, deliveries, warnings },
    series: ofSeries,
  });
}

export async function fitScope(
  { warehouse }: Workspace,
  { to, conversionTypes, customers }: RunParameters,
  timeZone: string,
  channels: readonly KnownChannel[],
): Promise<FitScope> {
  const { firstDay } = await warehouse.askOne(workspaceExtent, { timeZone });
  const earliest = shiftDay(to, 1 - FIT_DAYS);
  const from = firstDay > earliest ? firstDay : earliest;
  return {
    ...{ from: from > to ? to : from, to, timeZone, channels: channels.map(({ channel }) => channel) },
    ...{ conversionTypes: [...conversionTypes], customers },
  };
}

async function writeCredit(
  workspace: Workspace,
  runId: string,
  { from, to, dateBasis, attribute }: RunParameters,
  scope: FitScope,
  fit: IncrementalAnswer,
  reaching: readonly number[],
  series: FetchedSeries | null,
): Promise<{ credited: ReadonlyMap<string, number>; added: CreditedSeries["added"] }> {
  const { warehouse } = workspace;
  const added = await withCreditTable(warehouse, async (table) => {
    const credit = {
      ...scope,
      ...{ creditFrom: from < scope.from ? scope.from : from, creditTo: to, runId, dateBasis, reaching: [...reaching] },
      ...{ sizeEdges: [...SIZE_EDGES], earlierEdges: EARLIER_EDGES, rates: [...fit.rates], odds: [...fit.odds] },
      calibration: fit.usedTests.length === 0 ? [] : fit.channels.map(({ calibration }) => calibration),
      ...{ stratumRates: [...fit.stratumRates], selectionRates: [...fit.selectionRates] },
      ...{ markWeights: [...fit.markWeights], markEdges: [...fit.markEdges], intentRates: [...fit.intentRates] },
    };
    await creditIncremental(warehouse, table, credit, attribute);
    const given =
      series === null || fit.series === undefined
        ? new Map()
        : await creditSeries(workspace, table, credit, scope, { answer: fit.series, pressure: series.pressure });
    await keepSeeds(warehouse, table, runId);
    await publishCredit(warehouse, table, [runId]);
    return given;
  });
  const rows = await warehouse.ask(runCredit, { runId, level: "channel" });
  return { credited: new Map(rows.map(({ channel, conversions }) => [channel, Number(conversions)])), added };
}

function nothingToLearn(channels: readonly KnownChannel[], signatures: readonly CaptureSignature[]): Fit {
  return fitOf({
    warnings: ["Nobody who converted was reached by a channel that can be credited: everything is baseline."],
    channels: Object.fromEntries(
      channels.map(({ channel, isOwned }, i) => [
        channel,
        { flags: isOwned ? ["owned"] : signatures[i]!.isFlagged ? ["demand-capture"] : [] },
      ]),
    ),
  });
}
