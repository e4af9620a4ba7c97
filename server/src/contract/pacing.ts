import { z } from "zod";
import { Month } from "./budgets.ts";
import { DecimalString, IsoDate } from "./scalars.ts";

/** A month ends on plan where it ends within this share of it. */
export const PACING_THRESHOLD = 0.05;
/** Of the forecast's interval. */
export const PACING_LEVEL = 0.8;

export const PacingInput = z.object({
  month: Month.nullable().default(null),
  /** As it stood at the end of this day, whatever has come since. */
  on: IsoDate.nullable().default(null),
});
export type PacingInput = z.output<typeof PacingInput>;

export const PacingStatus = z.enum(["on-plan", "ahead", "behind"]);
export type PacingStatus = z.infer<typeof PacingStatus>;

const Outcome = z.object({ mean: z.number(), low: z.number(), high: z.number() });

/** One channel, or all of them, in one month. */
export const PacingLine = z.object({
  /** On the days that are known. */
  spent: DecimalString,
  /** For the whole month; null where there is none. */
  plan: DecimalString.nullable(),
  /** Its part of the days that are known, each day the same. */
  planToDate: DecimalString.nullable(),
  /** A day, over the last known days of the month, seven at most; null where none is known. */
  runRate: z.number().nullable(),
  /** What will have been spent when the month ends; null where it has ended, or too little is known. */
  forecast: Outcome.nullable(),
  /** Spend a day from now on that ends the month on plan; null where no day is left, or no plan is there. */
  dailyToLand: z.number().nullable(),
  status: PacingStatus.nullable(),
  /** False where the interval of the forecast reaches into another status. */
  isCertain: z.boolean(),
  /** The last day with a row, where others have sent later ones. */
  silentSince: IsoDate.nullable(),
  /** From the first of the month on; null: not known. */
  daily: z.array(z.number().nullable()),
  /** Spent by the end of each day that is not known yet, the last ones of the month. */
  ahead: z.array(Outcome),
});
export type PacingLine = z.infer<typeof PacingLine>;

/** Where the plan is from. A proposal's spend is spread over the days evenly. */
export const PlanSource = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("none") }),
  z.object({ kind: z.literal("budgets") }),
  z.object({ kind: z.literal("proposal"), id: z.string(), name: z.string(), approvedAt: z.string() }),
]);
export type PlanSource = z.infer<typeof PlanSource>;

export const PacingMonth = z.object({
  month: Month,
  currency: z.string(),
  phase: z.enum(["past", "current", "future"]),
  days: z.object({ all: z.number(), known: z.number() }),
  /** The last complete day with spend, whichever its month; null where there is none. */
  asOf: IsoDate.nullable(),
  /** True where later days are there and left out. */
  isLookedBack: z.boolean(),
  /** A day of this month that has begun and not ended: its spend counts nowhere yet. */
  incompleteDay: IsoDate.nullable(),
  planSource: PlanSource,
  total: PacingLine,
  /** The largest plan or spend first. */
  channels: z.array(PacingLine.extend({ channel: z.string() })),
  /** Spent in channels that the plan says nothing of. */
  unplanned: DecimalString,
  /** Budgets that somebody has set for the month. */
  budgets: z.array(z.object({ channel: z.string(), amount: DecimalString })),
  /** Booked on the days that are known. */
  revenue: z.object({
    booked: DecimalString,
    forecast: Outcome.nullable(),
    roas: z.number().nullable(),
    roasForecast: z.number().nullable(),
  }),
  /** Months that can be looked at. */
  months: z.object({ first: Month, last: Month }),
});
export type PacingMonth = z.infer<typeof PacingMonth>;
