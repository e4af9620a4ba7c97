import { dailyBookings, dailySpend, spendSpan } from "@touchline/sql";
import { daysOfMonth, shiftDay, todayIn } from "../calendar-days.ts";
import type { PacingInput, PacingLine, PacingMonth } from "../contract/index.ts";
import { sumOf } from "../exact.ts";
import { groupBy } from "../group-by.ts";
import { roasOf } from "../roas.ts";
import type { WorkspaceStore } from "../store/index.ts";
import type { Workspace } from "../workspace.ts";
import { prepareSeries } from "./daily-series.ts";
import { type Phase, phaseOf } from "./month-phase.ts";
import { aheadOfAll, foretell, paceLine } from "./pace-line.ts";
import { type MonthPlan, planOfMonth } from "./plan-of-month.ts";

/** Days before the month that its forecast looks back on. */
const HISTORY_DAYS = 84;

interface PacingDesk {
  readonly workspace: Workspace;
  readonly store: WorkspaceStore | null;
}

interface Amount {
  readonly date: string;
  readonly amount: string;
}

interface Days extends Phase {
  /** Of the history and the known days of the month. */
  readonly from: string;
  readonly to: string;
  readonly monthFrom: string;
}

/** A month's spend against its plan, by channel and in total. */
export async function fetchPacing(
  { workspace, store }: PacingDesk,
  asked: PacingInput,
  now = new Date(),
): Promise<PacingMonth> {
  const { currency, timeZone } = await workspace.settings();
  const { warehouse } = workspace;
  const today = todayIn(timeZone, now);
  const span = await warehouse.askOne(spendSpan, { until: today });
  const complete = span.lastDay === today ? shiftDay(today, -1) : span.lastDay;
  const { on } = asked;
  const isLookedBack = on !== null && on < complete;
  const known = isLookedBack ? on : complete;
  const asOf = known === "" || known < span.firstDay ? null : known;
  const phase = phaseOf(asked.month, { firstDay: span.firstDay, asOf, today: isLookedBack ? on : today });
  const days = daysFor(phase, asOf);
  const range = { from: days.from, to: days.to };
  const [plan, spend, bookings] = await Promise.all([
    planOfMonth(store, phase.month),
    range.from <= range.to ? warehouse.ask(dailySpend, range) : [],
    range.from <= range.to ? warehouse.ask(dailyBookings, { ...range, timeZone }) : [],
  ]);
  const incomplete = !isLookedBack && span.lastDay === today && today.startsWith(phase.month) ? today : null;
  const lines = pacedLines(spend, days, plan);
  return {
    ...{
      month: phase.month,
      currency,
      phase: phase.phase,
      days: phase.days,
      asOf,
      isLookedBack,
      incompleteDay: incomplete,
    },
    ...{ planSource: plan.source, budgets: plan.budgets, months: phase.months },
    ...lines,
    revenue: pacedRevenue(bookings, days, lines.total),
  };
}

function daysFor(phase: Phase, asOf: string | null): Days {
  const { from, to } = daysOfMonth(phase.month);
  const last = asOf === null || asOf > to ? to : asOf;
  const isHistoryWanted = phase.phase === "current";
  return { ...phase, monthFrom: from, from: isHistoryWanted ? shiftDay(from, -HISTORY_DAYS) : from, to: last };
}

/** Of rows, the exact sum on the days of the month, and the amounts by day. */
function collect(rows: readonly Amount[], { monthFrom }: Days) {
  const inMonth = rows.filter(({ date }) => date >= monthFrom).map(({ amount }) => amount);
  return {
    spent: sumOf(inMonth),
    amounts: new Map(rows.map(({ date, amount }) => [date, Number(amount)])),
  };
}

function pacedLines(
  spend: readonly { date: string; channel: string; spend: string }[],
  days: Days,
  plan: MonthPlan,
): Pick<PacingMonth, "total" | "channels" | "unplanned"> {
  const byChannel = groupBy(spend, ({ channel }) => channel);
  const byDay = groupBy(spend, ({ date }) => date);
  const someSpendOn = new Set(byDay.keys());
  const names = [...new Set([...plan.amounts.keys(), ...byChannel.keys()])];
  const { known, all } = days.days;
  const isForetold = days.phase === "current";
  const paced = names.map((channel) => {
    const rows = (byChannel.get(channel) ?? []).map(({ date, spend: amount }) => ({ date, amount }));
    const { spent, amounts } = collect(rows, days);
    const { values, lastDay } = prepareSeries(amounts, days, someSpendOn);
    const pace = { values, known, all, spent, plan: plan.amounts.get(channel) ?? null, isForetold };
    const ahead = isForetold ? foretell(pace) : null;
    const isSilent = lastDay !== null && lastDay < shiftDay(days.to, -1) && isForetold;
    return { ahead, line: { channel, ...paceLine(pace, ahead), silentSince: isSilent ? lastDay : null } };
  });
  const totals = [...byDay].map(([date, rows]) => ({ date, amount: sumOf(rows.map((row) => row.spend)) }));
  const { spent, amounts } = collect(totals, days);
  const { values } = prepareSeries(amounts, days, someSpendOn);
  const planned = plan.source.kind === "none" ? null : sumOf(plan.amounts.values());
  const pace = { values, known, all, spent, plan: planned, isForetold };
  const spending = paced.filter(({ line }) => line.daily.length > 0 || line.ahead.length > 0 || line.plan !== null);
  const foretold = paced.filter(({ line }) => byChannel.has(line.channel)).map(({ ahead }) => ahead);
  const ahead = isForetold ? aheadOfAll(foretell(pace), foretold, all - known) : null;
  return {
    total: { ...paceLine(pace, ahead), silentSince: null },
    channels: spending
      .map(({ line }) => line)
      .filter((line) => line.plan !== null || Number(line.spent) > 0 || (line.forecast?.high ?? 0) > 0)
      .sort((a, b) => sizeOf(b) - sizeOf(a) || (a.channel < b.channel ? -1 : 1)),
    unplanned: sumOf(paced.filter(({ line }) => line.plan === null).map(({ line }) => line.spent)),
  };
}

function sizeOf({ plan, spent, forecast }: PacingLine): number {
  return Math.max(Number(plan ?? 0), Number(spent), forecast?.mean ?? 0);
}

function pacedRevenue(
  bookings: readonly { date: string; revenue: string }[],
  days: Days,
  total: PacingLine,
): PacingMonth["revenue"] {
  const rows = bookings.map(({ date, revenue }) => ({ date, amount: revenue }));
  const { spent: booked, amounts } = collect(rows, days);
  // Refunds can make a day of less than nothing; a forecast of sums cannot go there.
  const positive = new Map([...amounts].map(([date, amount]) => [date, Math.max(0, amount)]));
  const { values } = prepareSeries(positive, days, new Set(positive.keys()));
  const ahead = days.phase === "current" ? foretell({ values, spent: booked, ...days.days }) : null;
  const forecast = ahead?.at(-1) ?? null;
  const spendAtEnd = total.forecast?.mean ?? 0;
  return {
    ...{ booked, forecast, roas: roasOf(booked, total.spent) },
    roasForecast: forecast === null || spendAtEnd <= 0 ? null : forecast.mean / spendAtEnd,
  };
}
