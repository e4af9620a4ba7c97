import type { Random } from "../random.ts";
import { WeightedChoice } from "./weighted-choice.ts";

export const SECONDS_PER_DAY = 86_400;

/**
 * Consecutive days of Europe/Paris. `starts` has one entry more than there are days: day d runs from starts[d] up to,
 * not including, starts[d + 1], in whole epoch seconds. A day lasts 23, 24 or 25 hours.
 */
export interface Calendar {
  dates: string[];
  starts: Float64Array;
}

/** @throws RangeError when `lastDay` is no date of the form YYYY-MM-DD */
export function prepareCalendar(lastDay: string, days: number): Calendar {
  const last = Date.parse(`${lastDay}T00:00:00Z`) / 1000;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(lastDay) || Number.isNaN(last) || isoDate(last) !== lastDay) {
    throw new RangeError(`expected a day such as 2026-10-31, not "${lastDay}"`);
  }
  const first = last - (days - 1) * SECONDS_PER_DAY;
  const starts = new Float64Array(days + 1);
  const dates: string[] = [];
  for (let day = 0; day <= days; day++) {
    const midnight = first + day * SECONDS_PER_DAY;
    starts[day] = midnight - parisOffsetAtMidnight(midnight);
    if (day < days) dates.push(isoDate(midnight));
  }
  return { dates, starts };
}

/** The day that holds an epoch second; -1 before the first and the number of days after the last. */
export function dayOf(calendar: Calendar, second: number): number {
  const { starts } = calendar;
  const count = starts.length - 1;
  if (second < starts[0]!) return -1;
  if (second >= starts[count]!) return count;
  let day = Math.min(count - 1, Math.floor((second - starts[0]!) / SECONDS_PER_DAY));
  while (second < starts[day]!) day--;
  while (second >= starts[day + 1]!) day++;
  return day;
}

function isoDate(second: number): string {
  return new Date(second * 1000).toISOString().slice(0, 10);
}

/** Seconds that Paris is ahead of UTC at local midnight. Summer time: the last Sundays of March and October (since 1996). */
function parisOffsetAtMidnight(midnight: number): number {
  const year = new Date(midnight * 1000).getUTCFullYear();
  const summer = midnight > lastWeekdayOf(year, 3, 0) && midnight <= lastWeekdayOf(year, 10, 0);
  return summer ? 7200 : 3600;
}

/** Midnight, read as UTC, of the last given weekday (0 = Sunday) of a month (1 to 12). */
function lastWeekdayOf(year: number, month: number, weekday: number): number {
  const end = new Date(Date.UTC(year, month, 0));
  return end.getTime() / 1000 - ((end.getUTCDay() - weekday + 7) % 7) * SECONDS_PER_DAY;
}

function nthWeekdayOf(year: number, month: number, weekday: number, nth: number): number {
  const start = new Date(Date.UTC(year, month - 1, 1));
  const days = ((weekday - start.getUTCDay() + 7) % 7) + 7 * (nth - 1);
  return start.getTime() / 1000 + days * SECONDS_PER_DAY;
}

/** How demand and order values move through a French retail year. One entry a day of the calendar. */
export interface Season {
  /** Purchases against the mean of a whole year, which is 1. */
  demand: Float64Array;
  /** Order value against an ordinary day, which is 1. */
  orderValue: Float64Array;
}

/** The index is scaled so that the 365 days up to the calendar's last one have a mean of 1, however short the calendar is. */
export function prepareSeason(calendar: Calendar): Season {
  const days = calendar.dates.length;
  const last = Date.parse(`${calendar.dates[days - 1]}T00:00:00Z`) / 1000;
  let total = 0;
  for (let back = 0; back < 365; back++) total += rawSeason(last - back * SECONDS_PER_DAY).demand;
  const demand = new Float64Array(days);
  const orderValue = new Float64Array(days);
  for (let day = 0; day < days; day++) {
    const raw = rawSeason(last - (days - 1 - day) * SECONDS_PER_DAY);
    demand[day] = (raw.demand * 365) / total;
    orderValue[day] = raw.orderValue;
  }
  return { demand, orderValue };
}

/** Monday first. Sunday evening on the sofa is when a French shop sells most. */
const WEEKDAY_DEMAND = [1.06, 1.01, 1, 0.97, 0.91, 0.93, 1.12] as const;

function rawSeason(midnight: number): { demand: number; orderValue: number } {
  const date = new Date(midnight * 1000);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + 1;
  const dayOfMonth = date.getUTCDate();
  const daysSince = (start: number) => Math.round((midnight - start) / SECONDS_PER_DAY);
  let demand: number = WEEKDAY_DEMAND[(date.getUTCDay() + 6) % 7]!;
  let orderValue = 1;

  // Black Friday is the day after the fourth Thursday of November; offers start on the Monday before, end on Cyber Monday.
  const blackFriday = daysSince(nthWeekdayOf(year, 11, 4, 4) + SECONDS_PER_DAY);
  if (blackFriday >= -4 && blackFriday <= 3) {
    demand *= [1.25, 1.25, 1.3, 1.5, 2.7, 1.8, 1.5, 1.9][blackFriday + 4]!;
    orderValue *= 0.97;
  }
  if (month === 12) {
    if (dayOfMonth <= 19)
      demand *= 1.15 + 0.4 * (dayOfMonth / 19); // delivery before Christmas is promised until the 19th
    else if (dayOfMonth <= 22) demand *= 1;
    else if (dayOfMonth <= 25) demand *= 0.55;
    else demand *= 0.8;
    if (dayOfMonth <= 22) orderValue *= 1.07;
  }
  const sales = Math.max(soldes(daysSince(winterSales(year))), soldes(daysSince(summerSales(year))));
  if (sales > 0) {
    demand *= 1 + 0.55 * sales;
    orderValue *= 0.9;
  }
  if (month === 8) demand *= 1 - 0.28 * Math.exp(-(((dayOfMonth - 13) / 9) ** 2));
  if (month === 9 && dayOfMonth <= 14) demand *= 1.08; // back to school
  return { demand, orderValue };
}

/** Strength of the regulated sales by days since they began: 1 on the first day, fading over four weeks; 0 outside. */
function soldes(day: number): number {
  return day < 0 || day >= 28 ? 0 : Math.max(0.1, Math.exp(-day / 7));
}

/** The second Wednesday of January, or the first when the second falls after the 12th. */
function winterSales(year: number): number {
  const second = nthWeekdayOf(year, 1, 3, 2);
  return new Date(second * 1000).getUTCDate() > 12 ? second - 7 * SECONDS_PER_DAY : second;
}

/** The last Wednesday of June, or the one before when that falls after the 28th. */
function summerSales(year: number): number {
  const last = lastWeekdayOf(year, 6, 3);
  return new Date(last * 1000).getUTCDate() > 28 ? last - 7 * SECONDS_PER_DAY : last;
}

/** Weight of each hour of the day online: a lunch break and a long evening. */
const HOUR_WEIGHTS = [
  14, 7, 4, 3, 3, 5, 12, 24, 36, 44, 50, 53, 60, 57, 51, 49, 50, 55, 62, 68, 82, 88, 66, 34,
] as const;

/** Draws moments of a day from the hours that people are awake. */
export class DayClock {
  private readonly hours = new WeightedChoice(HOUR_WEIGHTS);
  private readonly calendar: Calendar;
  private readonly random: Random;

  constructor(calendar: Calendar, random: Random) {
    this.calendar = calendar;
    this.random = random;
  }

  /** A whole epoch second inside the day; a day of 23 or 25 hours is squeezed or stretched. */
  draw(day: number): number {
    const start = this.calendar.starts[day]!;
    const length = this.calendar.starts[day + 1]! - start;
    const share = (this.hours.draw(this.random) + this.random.uniform()) / 24;
    return start + Math.floor(share * length);
  }
}
