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
