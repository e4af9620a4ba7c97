import { DateRange } from "@touchline/server/contract";

/** What a page shows when the address names no days of its own. */
export const DEFAULT_RANGE_DAYS = 28;

const DAY_MS = 86_400_000;

export function addDays(isoDate: string, days: number): string {
  return new Date(Date.parse(`${isoDate}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Both ends count: a range of one day has length 1. */
export function countDays(range: DateRange): number {
  return Math.round((Date.parse(range.to) - Date.parse(range.from)) / DAY_MS) + 1;
}

export function listDays(range: DateRange): string[] {
  return Array.from({ length: countDays(range) }, (_, index) => addDays(range.from, index));
}

/** The range of the same length just before. */
export function previousRange(range: DateRange): DateRange {
  return { from: addDays(range.from, -countDays(range)), to: addDays(range.from, -1) };
}

/** "weekdays": 52 weeks before, so that Mondays stand beside Mondays. "year": the same dates a year before. */
export const COMPARISONS = ["previous", "weekdays", "year", "none"] as const;
export type Comparison = (typeof COMPARISONS)[number];
export const DEFAULT_COMPARISON: Comparison = "previous";

const DAYS_OF_52_WEEKS = 364;

/** The same date a year before; 29 February has 28 February before it. */
function yearBefore(isoDate: string): string {
  const year = String(Number(isoDate.slice(0, 4)) - 1).padStart(4, "0");
  return isoDate.endsWith("-02-29") ? `${year}-02-28` : `${year}${isoDate.slice(4)}`;
}

/** The days that a range is compared with; null where nothing is. */
export function comparedRange(range: DateRange, comparison: Comparison): DateRange | null {
  switch (comparison) {
    case "previous":
      return previousRange(range);
    case "weekdays":
      return { from: addDays(range.from, -DAYS_OF_52_WEEKS), to: addDays(range.to, -DAYS_OF_52_WEEKS) };
    case "year":
      return { from: yearBefore(range.from), to: yearBefore(range.to) };
    case "none":
      return null;
  }
}

/** The part of `range` that lies inside `days`; null when they have no day in common. */
export function overlapOf(range: DateRange, days: DateRange): DateRange | null {
  const from = range.from > days.from ? range.from : days.from;
  const to = range.to < days.to ? range.to : days.to;
  return from <= to ? { from, to } : null;
}

function lastDays(days: DateRange, length: number): DateRange {
  const from = addDays(days.to, 1 - length);
  return { from: from > days.from ? from : days.from, to: days.to };
}

export const PRESETS = ["last7", "last28", "last90", "thisMonth", "previousMonth", "all"] as const;
export type Preset = (typeof PRESETS)[number];

function monthOf(isoDate: string): string {
  return `${isoDate.slice(0, 7)}-01`;
}

/** Presets count from the last day of data, not from today: a shop that imports weekly still sees full ranges. */
export function presetRange(preset: Preset, days: DateRange): DateRange | null {
  const thisMonth = monthOf(days.to);
  switch (preset) {
    case "last7":
      return lastDays(days, 7);
    case "last28":
      return lastDays(days, 28);
    case "last90":
      return lastDays(days, 90);
    case "thisMonth":
      return overlapOf({ from: thisMonth, to: days.to }, days);
    case "previousMonth": {
      const lastOfMonth = addDays(thisMonth, -1);
      return overlapOf({ from: monthOf(lastOfMonth), to: lastOfMonth }, days);
    }
    case "all":
      return days;
  }
}

/**
 * The days a page shows: those of the address as far as there is data, the preset that it names, else the last 28 days of data. A
 * preset moves on with the data; days do not.
 * Law: the answer is a valid range inside `days`, whatever the address says.
 */
export function resolveRange(
  asked: { from?: string | undefined; to?: string | undefined; days?: Preset | undefined },
  days: DateRange,
): DateRange {
  const parsed = DateRange.safeParse(asked);
  const overlap = parsed.success ? overlapOf(parsed.data, days) : null;
  const preset = asked.days === undefined ? null : presetRange(asked.days, days);
  return overlap ?? preset ?? lastDays(days, DEFAULT_RANGE_DAYS);
}
