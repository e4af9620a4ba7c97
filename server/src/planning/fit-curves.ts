import { FEWEST_CURVE_DAYS, fitSaturatingCurve, quantile, type SaturatingCurveFit } from "@touchline/solver";
import { dailyBookings, dailySpend, runCreditByDay, workspaceExtent } from "@touchline/sql";
import { ensureRun, runParameters } from "../attribution/index.ts";
import { listDays, shiftDay } from "../calendar-days.ts";
import {
  type ChannelCurve,
  type CurveFlag,
  type Curves,
  DEFAULT_LOOKBACK_DAYS,
  DEFAULT_MODEL,
  type MissingCurve,
} from "../contract/index.ts";
import { Random } from "../random.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { marginalAt, revenueAt } from "./saturating-curve.ts";
import { seasonIndex } from "./season.ts";
import { refusalInWords } from "./words.ts";

/** Curves look back at most this long. */
const FIT_DAYS = 365;
/**
 * Touches inside the lookback window have conversions still to come, and their days would pull every curve down: in the simulated
 * shop half of Display's credit has come after 14 days. A short history cannot spare all of them: at most half of it is left out.
 */
function immatureDays(days: number): number {
  return Math.min(DEFAULT_LOOKBACK_DAYS, Math.floor(days / 2));
}
/** What "today" means for a plan. */
const CURRENT_DAYS = 28;
const DRAWS = 200;
const LINE_POINTS = 61;
const BAND_LEVEL = 0.9;

export interface FittedChannel {
  readonly channel: string;
  readonly fit: SaturatingCurveFit;
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
  readonly channels: readonly FittedChannel[];
  readonly withoutCurve: readonly UnfittedChannel[];
}

/**
 * Fits the curve of every channel that was paid for: revenue by touch date against spend by day, over the last year.
 * @throws UserError when there is no spend, or nothing to credit
 */
export async function fitCurves(workspace: Workspace): Promise<FittedCurves> {
  const { warehouse } = workspace;
  const { currency, timeZone } = await workspace.settings();
  const {
    firstDay,
    lastBookedDay: lastDay,
    spend: spendRows,
    conversions,
  } = await warehouse.askOne(workspaceExtent, { timeZone });
  if (spendRows === 0) throw new UserError("no spend was imported: curves need it; touchline import spend FILE");
  if (conversions === 0)
    throw new UserError("no conversions were imported: curves need them; touchline import conversions FILE");
  const earliest = shiftDay(lastDay, 1 - FIT_DAYS);
  const range = { from: firstDay > earliest ? firstDay : earliest, to: lastDay };
  const run = await ensureRun(workspace, runParameters({ ...range, model: DEFAULT_MODEL, dateBasis: "touch" }));
  return workspace.remember(`curves ${run.runId}`, async () => {
    const [spend, bookings, credit] = await Promise.all([
      warehouse.ask(dailySpend, range),
      warehouse.ask(dailyBookings, { ...range, timeZone }),
      warehouse.ask(runCreditByDay, { runId: run.runId }),
    ]);
    if (spend.length === 0) {
      throw new UserError(
        `no spend lies between ${range.from} and ${range.to}, the days that have conversions: curves need both`,
      );
    }
    const days = listDays(range.from, range.to);
    const season = seasonIndex(dailySeries(days, bookings, ({ revenue }) => Number(revenue)));
    const lastSpendDay = spend.reduce((last, { date }) => (date > last ? date : last), "");
    const channels = [...new Set(spend.map(({ channel }) => channel))].sort();
    const outcomes = channels.map((channel, index) =>
      fitChannel(index, {
        channel,
        days,
        season,
        lastSpendDay,
        flags: run.fit.channels[channel]?.flags ?? [],
        spend: dailySeries(
          days,
          spend.filter((row) => row.channel === channel),
          (row) => Number(row.spend),
        ),
        revenue: dailySeries(
          days,
          credit.filter((row) => row.channel === channel),
          (row) => Number(row.revenue),
        ),
      }),
    );
    return {
      currency,
      run: run.runId,
      days: range,
      channels: outcomes.flatMap((outcome) => (outcome.kind === "fitted" ? [outcome.channel] : [])),
      withoutCurve: outcomes.flatMap((outcome) => (outcome.kind === "refused" ? [outcome.channel] : [])),
    };
  });
}

/** Amounts by day, 0 where there is no row. Rows outside the days, touches before the range for one, are left out. */
function dailySeries<R extends { date: string }>(
  days: readonly string[],
  rows: readonly R[],
  amount: (row: R) => number,
): Float64Array {
  const place = new Map(days.map((day, i) => [day, i]));
  const series = new Float64Array(days.length);
  for (const row of rows) {
    const at = place.get(row.date);
    if (at !== undefined) series[at]! += amount(row);
  }
  return series;
}

interface ChannelHistory {
  readonly channel: string;
  readonly days: readonly string[];
  readonly lastSpendDay: string;
  /** What the model says of the channel beside its credit. */
  readonly flags: readonly string[];
  readonly season: Float64Array;
  readonly spend: Float64Array;
  readonly revenue: Float64Array;
}

type ChannelOutcome = { kind: "fitted"; channel: FittedChannel } | { kind: "refused"; channel: UnfittedChannel };

/** @param seed of the draws: the same data gives the same band, digit for digit */
function fitChannel(
  seed: number,
  { channel, days, lastSpendDay, flags: modelFlags, season, spend, revenue }: ChannelHistory,
): ChannelOutcome {
  const end = days.indexOf(lastSpendDay) + 1;
  const recent = spend.subarray(Math.max(0, end - CURRENT_DAYS), end);
  const currentSpend = recent.reduce((sum, day) => sum + day, 0) / recent.length;
  const mature = days.length - immatureDays(days.length);
  const generator = new Random(seed + 1);
  const isUnseen = modelFlags.includes("low-coverage");
  const fit = fitSaturatingCurve(
    { spend: spend.subarray(0, mature), revenue: revenue.subarray(0, mature), season: season.subarray(0, mature) },
    { draws: DRAWS, random: () => generator.uniform() },
  );
  if (isUnseen || fit.kind === "refused") {
    const { days: daysWithSpend, reason } = fit.kind === "refused" ? fit : { days: mature, reason: "" };
    const refused = fit.kind === "refused" ? fit.code : "no-revenue";
    const code = isUnseen ? "low-coverage" : modelFlags.includes("demand-capture") ? "demand-capture" : refused;
    return {
      kind: "refused",
      channel: {
        channel,
        code,
        days: daysWithSpend,
        daysNeeded: FEWEST_CURVE_DAYS,
        reason: refusalInWords(code, daysWithSpend, FEWEST_CURVE_DAYS, reason),
        currentSpend,
      },
    };
  }
  const largestSpendSeen = spend.reduce((most, day) => Math.max(most, day), 0);
  const observed = days
    .slice(0, mature)
    .map((date, day) => ({ date, spend: spend[day]!, revenue: revenue[day]! / season[day]! }));
  const flags = flagsOf(fit, currentSpend, largestSpendSeen);
  return { kind: "fitted", channel: { channel, fit, observed, currentSpend, largestSpendSeen, flags } };
}

function flagsOf(fit: SaturatingCurveFit, currentSpend: number, largestSpendSeen: number): CurveFlag[] {
  const flags: CurveFlag[] = [];
  if (currentSpend > largestSpendSeen) flags.push("extrapolated");
  if (fit.spendVariation < 0.1) flags.push("little-variation");
  if (fit.positiveDays < 60) flags.push("few-days");
  if (fit.halfSpend > 5 * largestSpendSeen) flags.push("nearly-linear");
  return flags;
}

function describeChannel({
  channel,
  fit,
  observed,
  currentSpend,
  largestSpendSeen,
  flags,
}: FittedChannel): ChannelCurve {
  const reach = Math.max(largestSpendSeen, currentSpend) * 1.3;
  const tail = (1 - BAND_LEVEL) / 2;
  const line = Array.from({ length: LINE_POINTS }, (_, i) => {
    const spend = (reach * i) / (LINE_POINTS - 1);
    const drawn = fit.draws.map((draw) => revenueAt(draw, spend));
    return {
      spend,
      revenue: revenueAt(fit, spend),
      low: quantile(drawn, tail),
      high: quantile(drawn, 1 - tail),
      marginal: marginalAt(fit, spend),
    };
  });
  return {
    channel,
    ceiling: fit.ceiling,
    halfSpend: fit.halfSpend,
    points: [...observed],
    line,
    current: {
      spend: currentSpend,
      revenue: revenueAt(fit, currentSpend),
      marginalRoas: marginalAt(fit, currentSpend),
    },
    largestSpendSeen,
    r2: fit.r2,
    flags: [...flags],
  };
}

/** The curves as the page and `touchline curves` show them. */
export async function fetchCurves(workspace: Workspace): Promise<Curves> {
  const { currency, run, days, channels, withoutCurve } = await fitCurves(workspace);
  return {
    currency,
    model: DEFAULT_MODEL,
    run,
    days,
    channels: channels.map(describeChannel),
    withoutCurve: withoutCurve.map(({ currentSpend: _, ...missing }) => missing),
  };
}
