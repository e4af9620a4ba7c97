import { meanOf } from "@touchline/solver";
import { countDays, listDays, shiftDay } from "../../calendar-days.ts";
import type { WeeklyPlan, WeeksInput } from "../../contract/index.ts";
import { seasonIndex } from "../season.ts";

export interface Week {
  readonly from: string;
  readonly to: string;
}

/** Weeks of seven days, one after the other. */
export function weeksFrom(start: string, weeks: number): Week[] {
  return Array.from({ length: weeks }, (_, i) => ({ from: shiftDay(start, 7 * i), to: shiftDay(start, 7 * i + 6) }));
}

/** The next Monday after a day. */
export function mondayAfter(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return shiftDay(day, weekday === 0 ? 1 : 8 - weekday);
}

/** A year is taken as 52 weeks, so that weekdays meet weekdays. */
const YEAR_DAYS = 364;

export interface SeasonAhead {
  /** One index a week, 1 in an ordinary one. */
  readonly index: readonly number[];
  readonly described: WeeklyPlan["season"];
}

/**
 * How receptive the market will be in the weeks to come: what the season's index was in the same weeks a year ago, in the days
 * that the curves were fitted on, whose mean it is an index of.
 * @param booked bookings by day of those days
 * Law: where all days were booked alike, or a year is not known, every week is 1.
 */
export function seasonAhead(
  weeks: readonly Week[],
  days: { readonly from: string; readonly to: string },
  booked: Float64Array,
  wanted: WeeksInput["season"],
): SeasonAhead {
  const flat = weeks.map(() => 1);
  if (wanted === "flat") {
    const text = "All weeks count alike, as was asked for.";
    return { index: flat, described: { basis: "flat", from: null, to: null, text } };
  }
  const from = shiftDay(weeks[0]!.from, -YEAR_DAYS);
  const to = shiftDay(weeks.at(-1)!.to, -YEAR_DAYS);
  if (from < days.from || from > days.to) {
    const known = countDays(days.from, days.to);
    const text = `The curves stand on ${known} days, from ${days.from} to ${days.to}: the same weeks a year before are not all among them, so all weeks count alike.`;
    return { index: flat, described: { basis: "short", from: null, to: null, text } };
  }
  const byDay = seasonIndex(booked);
  const place = new Map(listDays(days.from, days.to).map((day, i) => [day, i]));
  const index = weeks.map((week) => {
    const then = listDays(shiftDay(week.from, -YEAR_DAYS), shiftDay(week.to, -YEAR_DAYS));
    // The last days of a plan over a whole year lie beyond what is known: there the last known index counts on.
    return meanOf(then.map((day) => byDay[place.get(day) ?? byDay.length - 1]!));
  });
  const text = `Each week counts as the same week a year ago did: bookings from ${from} to ${to < days.to ? to : days.to}, averaged over four weeks.`;
  return { index, described: { basis: "last-year", from, to, text } };
}

/** What a touch costs in every week, a channel at a time: prices of some days count for their part of a week. */
export function costIndex(
  weeks: readonly Week[],
  prices: NonNullable<WeeksInput["prices"]>,
  channel: string,
): number[] {
  const own = prices.filter((price) => price.channel === null || price.channel === channel);
  return weeks.map((week) => {
    const days = listDays(week.from, week.to);
    const factors = days.map((day) =>
      own.reduce((factor, price) => (day >= price.from && day <= price.to ? factor * price.factor : factor), 1),
    );
    return meanOf(factors);
  });
}
