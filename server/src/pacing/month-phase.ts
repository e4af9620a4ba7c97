import { countDays, daysOfMonth, shiftDay, shiftMonth } from "../calendar-days.ts";
import type { PacingMonth } from "../contract/index.ts";

/** Data that ended longer ago is not of this month, whatever the calendar says. */
const LIVE_DAYS = 10;

export interface Phase {
  readonly month: string;
  readonly phase: PacingMonth["phase"];
  readonly days: { readonly all: number; readonly known: number };
  readonly months: PacingMonth["months"];
}

const monthOf = (date: string) => date.slice(0, 7);

/**
 * Where a month stands against the data.
 * @param asOf the last complete day with spend, null where there is none
 * @param asked null: the month that runs, which is the one after the last known day while data keep coming
 */
export function phaseOf(
  asked: string | null,
  { firstDay, asOf, today }: { readonly firstDay: string; readonly asOf: string | null; readonly today: string },
): Phase {
  const isLive = asOf !== null && countDays(asOf, today) <= LIVE_DAYS;
  const running = asOf === null ? monthOf(today) : isLive ? monthOf(shiftDay(asOf, 1)) : monthOf(asOf);
  const month = asked ?? running;
  const { from, to } = daysOfMonth(month);
  const all = countDays(from, to);
  const known = asOf === null ? 0 : Math.min(all, Math.max(0, countDays(from, asOf)));
  const phase = month > running ? "future" : known === all || month < running ? "past" : "current";
  const newest = running > monthOf(today) ? running : monthOf(today);
  return {
    ...{ month, phase, days: { all, known } },
    months: { first: firstDay === "" ? monthOf(today) : monthOf(firstDay), last: shiftMonth(newest, 12) },
  };
}
