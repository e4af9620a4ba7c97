import { z } from "zod";

/** A day of the workspace's time zone, `YYYY-MM-DD`. */
export const IsoDate = z.iso.date();

/** An exact amount as text, `-?digits[.digits]`: money never travels as a binary float. */
export const DecimalString = z.string().regex(/^-?\d+(\.\d+)?$/, "expected a decimal number such as 12.50");

/** An inclusive range of days. */
export const DateRange = z
  .object({ from: IsoDate, to: IsoDate })
  .refine((range) => range.from <= range.to, "the first day lies after the last one");
export type DateRange = z.infer<typeof DateRange>;

export const Period = z.enum(["day", "week", "month"]);
export type Period = z.infer<typeof Period>;

/** Days that one period stands for; a month is a twelfth of a mean year. */
export const DAYS_PER_PERIOD: Readonly<Record<Period, number>> = { day: 1, week: 7, month: 365.2425 / 12 };

/** What amounts are told by to be compared: by their own period where they share it, by the day otherwise. */
export function commonPeriod(periods: readonly Period[]): Period {
  const [first = "day", ...others] = periods;
  return others.every((each) => each === first) ? first : "day";
}
