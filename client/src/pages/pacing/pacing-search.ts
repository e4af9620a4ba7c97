import { IsoDate, Month } from "@touchline/server/contract";

/** The page's part of the address: which month, and as it stood on which day. */
export interface PacingSearch {
  month?: string;
  on?: string;
}

export function parsePacingSearch(search: Record<string, unknown>): PacingSearch {
  const [month, on] = [Month.safeParse(search.month), IsoDate.safeParse(search.on)];
  return { ...(month.success && { month: month.data }), ...(on.success && { on: on.data }) };
}

/** The month so many months away, `YYYY-MM`. */
export function shiftMonth(month: string, months: number): string {
  const at = new Date(`${month}-01T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + months);
  return at.toISOString().slice(0, 7);
}

export function lastDayOf(month: string): string {
  const at = new Date(`${shiftMonth(month, 1)}-01T00:00:00Z`);
  return new Date(at.getTime() - 1).toISOString().slice(0, 10);
}
