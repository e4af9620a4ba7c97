import { DateRange } from "@touchline/server/contract";

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

/** The names that addresses carry, as the picker groups them: days that end with the data, and calendar periods. */
export const ROLLING_PRESETS = ["lastDay", "last7", "last14", "last28", "last90", "last12months", "all"] as const;
export const CALENDAR_PRESETS = [
  "thisWeek",
  "previousWeek",
  "thisMonth",
  "previousMonth",
  "thisQuarter",
  "previousQuarter",
  "thisYear",
  "previousYear",
] as const;
export const PRESETS = [...ROLLING_PRESETS, ...CALENDAR_PRESETS] as const;
export type Preset = (typeof PRESETS)[number];

/** What a page shows when the address names no days of its own. */
export const DEFAULT_PRESET: Preset = "last28";

const ROLLING_DAYS = { lastDay: 1, last7: 7, last14: 14, last28: 28, last90: 90 } as const;

/** Where the period of a day begins. Weeks begin on Monday. */
const PERIOD_START = {
  Week: (day: string) => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7)),
  Month: (day: string) => `${day.slice(0, 7)}-01`,
  Quarter: (day: string) => {
    const first = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1;
    return `${day.slice(0, 4)}-${String(first).padStart(2, "0")}-01`;
  },
  Year: (day: string) => `${day.slice(0, 4)}-01-01`,
} as const;

function isPeriod(name: string): name is keyof typeof PERIOD_START {
  return name in PERIOD_START;
}

/**
 * Presets count from the last day of data, not from today: a shop that imports weekly still sees full ranges.
 * @returns null where the data has none of these days
 */
export function presetRange(preset: Preset, days: DateRange): DateRange | null {
  if (preset === "all") return days;
  if (preset === "last12months") return overlapOf({ from: addDays(yearBefore(days.to), 1), to: days.to }, days);
  if (preset in ROLLING_DAYS) return lastDays(days, ROLLING_DAYS[preset as keyof typeof ROLLING_DAYS]);
  const isThis = preset.startsWith("this");
  const period = preset.slice(isThis ? "this".length : "previous".length);
  if (!isPeriod(period)) return null;
  const start = PERIOD_START[period](days.to);
  if (isThis) return overlapOf({ from: start, to: days.to }, days);
  const end = addDays(start, -1);
  return overlapOf({ from: PERIOD_START[period](end), to: end }, days);
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
  const preset = presetRange(asked.days ?? DEFAULT_PRESET, days);
  return overlap ?? preset ?? lastDays(days, ROLLING_DAYS.last28);
}
