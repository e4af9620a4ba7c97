import { dailyBookings, dailySpend, runCreditByDay, scopedBookings } from "@touchline/sql";
import type { z } from "zod";
import { listDays } from "../calendar-days.ts";
import type { Credit, Overview, OverviewDay, OverviewInput, OverviewTotals } from "../contract/index.ts";
import { sumKnown, sumOf } from "../exact.ts";
import type { Workspace } from "../workspace.ts";
import { groupRows } from "./group-rows.ts";
import { fetchScopedRuns, originOf, type RunsOfRange, type ScopedRun } from "./scoped-runs.ts";

type Asked = z.output<typeof OverviewInput>;

interface CreditRow {
  readonly date: string;
  readonly channel: string;
  readonly conversions: string;
  readonly revenue: string;
}

interface SideRows {
  readonly runs: RunsOfRange;
  readonly spend: readonly { readonly date: string; readonly channel: string; readonly spend: string }[];
  readonly bookings: readonly { readonly date: string; readonly conversions: string; readonly revenue: string }[];
  readonly credit: readonly CreditRow[];
  /** Null where the incremental model has no answer. */
  readonly incremental: readonly CreditRow[] | null;
}

/** Booked and credited figures and spend, in all and by day, beside those of the days compared; by channel for the days shown. */
export async function fetchOverview(workspace: Workspace, scope: Asked): Promise<Overview> {
  const runs = await fetchScopedRuns(workspace, scope);
  const [now, before, origin] = await Promise.all([
    fetchRows(workspace, runs.now, scope),
    runs.before === null ? null : fetchRows(workspace, runs.before, scope),
    originOf(workspace, runs.now, scope.model),
  ]);
  return {
    now: sideOf(now),
    before: before === null ? null : { ...sideOf(before), range: before.runs.range },
    channels: channelsOf(now),
    origin,
    incrementalRun: runs.now.incremental?.report.run ?? null,
    refused: runs.refused,
  };
}

async function fetchRows(workspace: Workspace, runs: RunsOfRange, scope: Asked): Promise<SideRows> {
  const { warehouse } = workspace;
  const { timeZone } = await workspace.settings();
  const { range, chosen, incremental } = runs;
  const { conversionTypes, customers } = scope;
  const isAll = conversionTypes.length === 0 && customers === "";
  const creditOf = (run: ScopedRun) => warehouse.ask(runCreditByDay, { runId: run.report.run });
  const [spend, bookings, credit, caused] = await Promise.all([
    warehouse.ask(dailySpend, range),
    isAll
      ? warehouse.ask(dailyBookings, { ...range, timeZone })
      : warehouse.ask(scopedBookings, { ...range, timeZone, conversionTypes, customers }),
    creditOf(chosen),
    incremental === null || incremental.report.run === chosen.report.run ? null : creditOf(incremental),
  ]);
  const shown = <Row extends { readonly channel: string }>(rows: readonly Row[]) =>
    scope.channels.length === 0 ? rows : rows.filter(({ channel }) => scope.channels.includes(channel));
  return {
    ...{ runs, bookings, spend: shown(spend), credit: shown(credit) },
    incremental: incremental === null ? null : shown(caused ?? credit),
  };
}

function sideOf(rows: SideRows): Overview["now"] {
  return { totals: totalsOf(rows), daily: dailyOf(rows) };
}

function totalsOf({ runs, spend, credit, incremental }: SideRows): OverviewTotals {
  const { revenue, conversions } = runs.chosen.report.totals;
  const caused = incremental === null ? null : creditIn(incremental);
  return {
    ...{ spend: sumOf(spend.map((row) => row.spend)), revenue, conversions },
    credited: creditIn(credit),
    incremental: caused,
    interval:
      caused === null || runs.incremental === null
        ? null
        : intervalOf(runs.incremental, caused, new Set(incremental?.map(({ channel }) => channel))),
  };
}

function creditIn(rows: readonly { readonly conversions: string; readonly revenue: string }[]) {
  return { conversions: sumOf(rows.map((row) => row.conversions)), revenue: sumOf(rows.map((row) => row.revenue)) };
}

/** Ends added up: channels may err together, so that nothing narrower is sure. A channel without an interval counts as it stands. */
function intervalOf(
  { report, fit }: ScopedRun,
  caused: Credit,
  shown: ReadonlySet<string>,
): OverviewTotals["interval"] {
  const each = Number(caused.conversions) > 0 ? Number(caused.revenue) / Number(caused.conversions) : 0;
  const found = report.channels
    .filter(({ channel }) => shown.has(channel))
    .map(({ channel, conversions }) => fit.channels[channel]?.interval ?? Number(conversions));
  const level = found.find((interval) => typeof interval !== "number")?.level;
  if (level === undefined || each === 0) return null;
  const sumEnds = (end: "low" | "high") =>
    found.reduce<number>((sum, interval) => sum + (typeof interval === "number" ? interval : interval[end]), 0);
  return { level, low: sumEnds("low") * each, high: sumEnds("high") * each };
}

const byDay = <Row extends { readonly date: string }>(rows: readonly Row[]) => groupRows(rows, ({ date }) => date);

/** Every day of the range; what a day has no row of is unknown, not zero. On a day with bookings, no row of credit is a credit of none. */
function dailyOf({ runs, spend, bookings, credit, incremental }: SideRows): OverviewDay[] {
  const [spentOn, creditedOn, causedOn] = [
    byDay(spend),
    byDay(credit),
    incremental === null ? null : byDay(incremental),
  ];
  const bookedOn = new Map(bookings.map((row) => [row.date, row]));
  return listDays(runs.range.from, runs.range.to).map((date) => {
    const booked = bookedOn.get(date);
    const creditOn = (days: typeof creditedOn | null) =>
      days === null || (booked === undefined && !days.has(date)) ? null : creditIn(days.get(date) ?? []);
    return {
      date,
      spend: sumKnown((spentOn.get(date) ?? []).map((row) => row.spend)),
      revenue: booked?.revenue ?? null,
      conversions: booked?.conversions ?? null,
      credited: creditOn(creditedOn),
      incremental: creditOn(causedOn),
    };
  });
}

function channelsOf({ runs, spend, credit, incremental }: SideRows): Overview["channels"] {
  const dates = listDays(runs.range.from, runs.range.to);
  const named = [...new Set([...credit, ...spend].map(({ channel }) => channel))];
  const inChannels = <Row extends { readonly date: string; readonly channel: string }>(rows: readonly Row[]) =>
    new Map(
      [...groupRows(rows, ({ channel }) => channel)].map(([name, own]) => [
        name,
        new Map(own.map((row) => [row.date, row])),
      ]),
    );
  const [spent, credited] = [inChannels(spend), inChannels(credit)];
  const caused = incremental === null ? null : inChannels(incremental);
  return named
    .map((channel) => ({
      channel,
      spend: dates.map((date) => spent.get(channel)?.get(date)?.spend ?? null),
      conversions: dates.map((date) => credited.get(channel)?.get(date)?.conversions ?? null),
      revenue: dates.map((date) => credited.get(channel)?.get(date)?.revenue ?? null),
      incrementalRevenue: caused === null ? null : dates.map((date) => caused.get(channel)?.get(date)?.revenue ?? null),
    }))
    .map((row) => ({ row, total: row.revenue.reduce((sum, amount) => sum + Number(amount ?? 0), 0) }))
    .sort((a, b) => b.total - a.total)
    .map(({ row }) => row);
}
