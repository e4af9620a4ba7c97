import { countDays, daysOfMonth, shiftDay, shiftMonth } from "../../calendar-days.ts";
import type { DateRange, RoiReportInput } from "../../contract/index.ts";

/** The months that a range touches, in their order. */
export function monthsOf({ from, to }: DateRange): string[] {
  const months: string[] = [];
  for (let month = from.slice(0, 7); month <= to.slice(0, 7); month = shiftMonth(month, 1)) months.push(month);
  return months;
}

function areWholeMonths({ from, to }: DateRange): boolean {
  return from.endsWith("-01") && to === daysOfMonth(to.slice(0, 7)).to;
}

/** What a range is compared with. Whole months are compared with as many whole months, however long they are. */
export function comparedRange(range: DateRange, compare: RoiReportInput["compare"]): DateRange | null {
  if (compare === "none") return null;
  const back = compare === "year" ? 12 : monthsOf(range).length;
  if (areWholeMonths(range)) {
    const [first, last] = [range.from, range.to].map((day) => daysOfMonth(shiftMonth(day.slice(0, 7), -back)));
    return { from: first!.from, to: last!.to };
  }
  const days = countDays(range.from, range.to);
  if (compare === "previous") return { from: shiftDay(range.from, -days), to: shiftDay(range.from, -1) };
  const from = sameDayIn(shiftMonth(range.from.slice(0, 7), -12), range.from);
  return { from, to: shiftDay(from, days - 1) };
}

/** 29 February becomes 28. */
function sameDayIn(month: string, day: string): string {
  const same = `${month}${day.slice(7)}`;
  const last = daysOfMonth(month).to;
  return same > last ? last : same;
}

/** How many days of a month lie in a range, and how many it has. */
export function daysWithin(month: string, range: DateRange): { readonly days: number; readonly all: number } {
  const { from, to } = daysOfMonth(month);
  const [first, last] = [from > range.from ? from : range.from, to < range.to ? to : range.to];
  return { days: Math.max(0, countDays(first, last)), all: countDays(from, to) };
}
