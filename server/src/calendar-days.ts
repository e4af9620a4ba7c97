const DAY_MS = 86_400_000;

function midnight(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}

/** The day so many days later; days are `YYYY-MM-DD` and know no zone. */
export function shiftDay(date: string, days: number): string {
  return new Date(midnight(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Days of a range, both ends counted; 0 or less when it ends before it begins. */
export function countDays(from: string, to: string): number {
  return Math.round((midnight(to) - midnight(from)) / DAY_MS) + 1;
}

/** Every day of a range, both ends included. */
export function listDays(from: string, to: string): string[] {
  return Array.from({ length: Math.max(0, countDays(from, to)) }, (_, i) => shiftDay(from, i));
}

/** The day that it is in a zone. */
export function todayIn(timeZone: string, now: Date): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone }).format(now);
}

/** The first and the last day of a month `YYYY-MM`. */
export function daysOfMonth(month: string): { readonly from: string; readonly to: string } {
  return { from: `${month}-01`, to: shiftDay(`${shiftMonth(month, 1)}-01`, -1) };
}

export function shiftMonth(month: string, months: number): string {
  const [year, number] = month.split("-").map(Number);
  const count = year! * 12 + number! - 1 + months;
  return `${String(Math.floor(count / 12)).padStart(4, "0")}-${String((count % 12) + 1).padStart(2, "0")}`;
}

/** 0 for Monday. */
export function weekdayOf(date: string): number {
  return (new Date(midnight(date)).getUTCDay() + 6) % 7;
}
