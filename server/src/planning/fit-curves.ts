import { setImmediate } from "node:timers/promises";
import type { Curve } from "@touchline/solver";
import { runCredit, workspaceExtent } from "@touchline/sql";
import { type AttributionRun, ensureRun, runParameters, seriesCurves } from "../attribution/index.ts";
import { shiftDay } from "../calendar-days.ts";
import {
  type ChannelCurve,
  type CurveFlag,
  type CurvesInput,
  DEFAULT_MODEL,
  type MissingCurve,
} from "../contract/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { currentDays, prepareFacts } from "./curve-facts.ts";
import { fetchHistory } from "./curve-history.ts";
import { fitCampaignCurves } from "./fit-campaign-curves.ts";
import { type ChannelOutcome, fitChannelCurve, seriesChannel } from "./fit-channel-curve.ts";
import { settleReturns } from "./settle-returns.ts";

/** Curves look back at most this long. */
const FIT_DAYS = 365;
/** Of a normal distribution, half the width of the middle 90 % in deviations. */
const HALF_WIDTH = 1.645;
/** Where nobody says how uncertain a credit is. */
const USUAL_DEVIATION = 0.3;

export interface CurveFamilyWeight {
  readonly family: Exclude<Curve["type"], "mixture">;
  readonly weight: number;
}

export interface FittedChannel {
  readonly channel: string;
  /** Null: the whole channel. */
  readonly campaign: string | null;
  /** Mean revenue of a day, in an ordinary time, for what is spent on it in the long run. */
  readonly curve: Curve;
  /** The same as uncertainty has it; draw n of one channel goes with draw n of the others. */
  readonly draws: readonly Curve[];
  readonly families: readonly CurveFamilyWeight[];
  /** What the curve stands on: touches delivered and their effect, the daily series alone, or a model given by the user. */
  readonly source: ChannelCurve["source"];
  readonly delivery: ChannelCurve["delivery"];
  /** Share of the variance of daily revenue that the curve explains. */
  readonly r2: number;
  readonly observed: readonly { date: string; spend: number; revenue: number }[];
  readonly currentSpend: number;
  readonly largestSpendSeen: number;
  readonly flags: readonly CurveFlag[];
}

/** A channel with spend and no curve, and what it spends a day. */
export interface UnfittedChannel extends MissingCurve {
  readonly currentSpend: number;
}

export interface FittedCurves {
  readonly currency: string;
  readonly run: string;
  readonly days: { from: string; to: string };
  /** The days that today's spend is the mean of. */
  readonly currentDays: { from: string; to: string };
  readonly channels: readonly FittedChannel[];
  readonly withoutCurve: readonly UnfittedChannel[];
}

/**
 * Fits the curve of every channel that was paid for, over the last year: what its spend delivers, and what a touch brings. By campaign
 * where asked: a channel that has a curve is told as its campaigns.
 * @throws UserError when there is no spend, or nothing to credit
 */
export async function fitCurves(workspace: Workspace, input?: CurvesInput): Promise<FittedCurves> {
  const { currency, timeZone } = await workspace.settings();
  const { from, to } = await daysOfCurves(workspace, timeZone);
  const run = await ensureRun(workspace, runParameters({ from, to, model: DEFAULT_MODEL, dateBasis: "touch" }));
  const scope = { run: run.runId, from, to, timeZone };
  const whole = await curvesOfRun(workspace, run, { from, to, timeZone, currency });
  if (input?.by !== "campaign") return whole;
  return workspace.remember(`curves by campaign ${run.runId}`, async () => {
    const history = await fetchHistory(workspace, { ...scope, by: "campaign" });
    const outcomes = fitCampaignCurves(history, whole);
    const { fitted } = sortOutcomes(await oneByOne(outcomes, (fit) => fit()));
    return { ...whole, channels: fitted };
  });
}

interface RunScope {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly currency: string;
}

/** The curves that stand on the credit of one run, whichever is the newest now. */
export function curvesOfRun(
  workspace: Workspace,
  run: AttributionRun,
  { from, to, timeZone, currency }: RunScope,
): Promise<FittedCurves> {
  const { warehouse } = workspace;
  const scope = { run: run.runId, from, to, timeZone };
  return workspace.remember(`curves ${run.runId}`, async (): Promise<FittedCurves> => {
    const history = await fetchHistory(workspace, { ...scope, by: "channel" });
    if (history.end === 0)
      throw new UserError(`no spend lies between ${from} and ${to}, the days that have conversions: curves need both`);
    const credit = await warehouse.ask(runCredit, { runId: run.runId, level: "channel" });
    const credited = new Map(credit.map(({ channel, conversions }) => [channel, Number(conversions)]));
    const series = seriesCurves(run.fit);
    const observed = prepareFacts(history, (channel) => {
      const { interval, flags } = run.fit.channels[channel] ?? { interval: null, flags: [] };
      return { flags, creditDeviation: creditDeviation(interval, credited.get(channel) ?? 0) };
    });
    const facts = settleReturns(history.spending, observed);
    const outcomes = await oneByOne(history.spending, (channel, i) => {
      const drawn = series.get(channel.channel);
      return drawn === undefined ? fitChannelCurve(channel, facts[i]!) : seriesChannel(channel, facts[i]!, drawn);
    });
    const { fitted, refused } = sortOutcomes(outcomes);
    return {
      ...{ currency, run: run.runId, days: { from, to }, currentDays: currentDays(history) },
      ...{ channels: fitted, withoutCurve: refused },
    };
  });
}

/** @throws UserError when there is no spend, or nothing to credit */
async function daysOfCurves({ warehouse }: Workspace, timeZone: string): Promise<{ from: string; to: string }> {
  const { firstDay, lastBookedDay, spend, conversions } = await warehouse.askOne(workspaceExtent, { timeZone });
  if (spend === 0) throw new UserError("no spend was imported: curves need it; touchline import spend FILE");
  if (conversions === 0)
    throw new UserError("no conversions were imported: curves need them; touchline import conversions FILE");
  const earliest = shiftDay(lastBookedDay, 1 - FIT_DAYS);
  return { from: firstDay > earliest ? firstDay : earliest, to: lastBookedDay };
}

/** A fit takes some 30 ms: others are served in between. */
async function oneByOne<T, R>(items: readonly T[], work: (item: T, place: number) => R): Promise<R[]> {
  const done: R[] = [];
  for (const [place, item] of items.entries()) {
    done.push(work(item, place));
    await setImmediate();
  }
  return done;
}

function sortOutcomes(outcomes: readonly ChannelOutcome[]) {
  return {
    fitted: outcomes.flatMap((outcome) => (outcome.kind === "fitted" ? [outcome.channel] : [])),
    refused: outcomes.flatMap((outcome) => (outcome.kind === "refused" ? [outcome.channel] : [])),
  };
}

function creditDeviation(interval: { readonly low: number; readonly high: number } | null, credited: number): number {
  if (interval === null || !(credited > 0)) return USUAL_DEVIATION;
  return (interval.high - interval.low) / (2 * HALF_WIDTH * credited);
}
