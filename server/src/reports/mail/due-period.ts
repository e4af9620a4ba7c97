import { daysOfMonth, shiftDay, shiftMonth, todayIn, weekdayOf } from "../../calendar-days.ts";
import type { DateRange, ReportSchedule } from "../../contract/index.ts";
import { lastDue } from "../../rebalancing/index.ts";

const DAYS_OF_WEEK = 7;

type When = Pick<ReportSchedule, "every" | "day" | "hour">;

/** As a schedule of five fields, which knows of clock changes. */
function cronOf({ every, day, hour }: When): string {
  return every === "week" ? `0 ${hour} * * ${day % DAYS_OF_WEEK}` : `0 ${hour} ${day} * *`;
}

/** When a schedule fell due last, and the day of that by which its report is told from the others. */
export function duePeriod(
  when: When,
  timeZone: string,
  now: Date,
): { readonly at: Date; readonly period: string } | null {
  const at = lastDue(cronOf(when), timeZone, now);
  return at === null ? null : { at, period: todayIn(timeZone, at) };
}

/** The days that a report of that day is of: the last whole week, Monday to Sunday, or the last whole month. */
export function reportedDays(every: ReportSchedule["every"], period: string): DateRange {
  if (every === "month") return daysOfMonth(shiftMonth(period.slice(0, 7), -1));
  const monday = shiftDay(period, -weekdayOf(period));
  return { from: shiftDay(monday, -DAYS_OF_WEEK), to: shiftDay(monday, -1) };
}
