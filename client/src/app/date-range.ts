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

/**
 * The days a page shows: those of the address as far as there is data, else the last 28 days of data.
 * Law: the answer is a valid range inside `days`, whatever the address says.
 */
export function resolveRange(
  asked: { from?: string | undefined; to?: string | undefined },
  days: DateRange,
): DateRange {
  const parsed = DateRange.safeParse(asked);
  const overlap = parsed.success ? overlapOf(parsed.data, days) : null;
  return overlap ?? lastDays(days, DEFAULT_RANGE_DAYS);
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
