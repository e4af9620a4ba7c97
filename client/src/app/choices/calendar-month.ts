import { addDays } from "../date-range.ts";

/** A month as it is drawn: weeks from Monday to Sunday, null outside of the month. */
export interface CalendarMonth {
  /** Its first day. */
  readonly first: string;
  readonly weeks: readonly (readonly (string | null)[])[];
}

const DAYS_OF_WEEK = 7;

export function monthOf(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

/** The same day some months on, or the last one of a shorter month. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const lastOfTarget = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, lastOfTarget))).toISOString().slice(0, 10);
}

/** 0 for Monday. */
export function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % DAYS_OF_WEEK;
}

/** Law: every day of the month stands once, in the column of its weekday. */
export function prepareMonth(day: string): CalendarMonth {
  const first = monthOf(day);
  const next = addMonths(first, 1);
  const weeks: (string | null)[][] = [];
  for (let at = first; at < next; at = addDays(at, 1)) {
    const column = weekdayOf(at);
    if (weeks.length === 0 || column === 0) weeks.push(Array.from({ length: DAYS_OF_WEEK }, () => null));
    const week = weeks.at(-1);
    if (week !== undefined) week[column] = at;
  }
  return { first, weeks };
}

/** Where a key leads from a day; undefined for keys that are not the calendar's. */
export function dayAfterKey(key: string, day: string, isShift: boolean): string | undefined {
  switch (key) {
    case "ArrowLeft":
      return addDays(day, -1);
    case "ArrowRight":
      return addDays(day, 1);
    case "ArrowUp":
      return addDays(day, -DAYS_OF_WEEK);
    case "ArrowDown":
      return addDays(day, DAYS_OF_WEEK);
    case "Home":
      return addDays(day, -weekdayOf(day));
    case "End":
      return addDays(day, DAYS_OF_WEEK - 1 - weekdayOf(day));
    case "PageUp":
      return addMonths(day, isShift ? -12 : -1);
    case "PageDown":
      return addMonths(day, isShift ? 12 : 1);
    default:
      return undefined;
  }
}
