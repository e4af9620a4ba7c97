import { z } from "zod";
import { PlanGoal, ProposeInput } from "./plan-limits.ts";
import { PlanCertificate, PlanSources, PlanWarning } from "./planning.ts";
import { DecimalString, IsoDate } from "./scalars.ts";

const Amount = z.number().finite().min(0);

export const WeeksInput = z.object({
  /** Its amounts are per period and are converted to weeks; the budget is a mean over the weeks. */
  limits: ProposeInput,
  weeks: z.number().int().min(1).max(52),
  /** First day; null: the Monday after the last day with bookings. */
  start: IsoDate.nullable(),
  /** What may be spent in any one week, together. */
  weekly: z.object({ min: Amount.nullable(), max: Amount.nullable() }).optional(),
  /** Largest change of a channel from one week to the next, today's mean before the first; 0.2 = 20 %. */
  pacing: z.number().min(0).max(10).nullable().optional(),
  /** Absent: "history", the index of the same weeks a year ago. */
  season: z.enum(["history", "flat"]).optional(),
  /** What a touch costs in these days against today: 1.3 is 30 % dearer. Null: every channel. */
  prices: z
    .array(
      z.object({ channel: z.string().nullable(), from: IsoDate, to: IsoDate, factor: z.number().min(0.01).max(100) }),
    )
    .optional(),
  /** Spend that is fixed: weeks count from 1. */
  commitments: z.array(z.object({ channel: z.string(), week: z.number().int().min(1), amount: Amount })).optional(),
});
export type WeeksInput = z.infer<typeof WeeksInput>;

/** One limit of a plan by week with one number in it; a week counts from 1, and null is every week. A pacing limit is in per cent. */
export const WeeklyLimit = z.object({
  type: z.enum([
    "total_spend",
    "channel_week_min",
    "channel_week_max",
    "commitment",
    "weekly_min",
    "weekly_max",
    "group_week_min",
    "group_week_max",
    "group_min",
    "group_max",
    "channel_total_min",
    "channel_total_max",
    "pacing_pct",
  ]),
  /** The channel or group that it is of. */
  of: z.string().nullable(),
  week: z.number().nullable(),
  value: z.number(),
  /** The limit as an English sentence. */
  text: z.string(),
});
export type WeeklyLimit = z.infer<typeof WeeklyLimit>;

export const WeeklyPlan = z.object({
  status: z.enum(["optimal", "infeasible", "unsolved"]),
  currency: z.string(),
  goal: PlanGoal,
  weeks: z.array(
    z.object({
      from: IsoDate,
      to: IsoDate,
      /** How receptive the market is expected to be: 1 in an ordinary week. */
      season: z.number(),
      spend: DecimalString,
      /** Of the goal, brought by this week's spend, early or late. */
      value: z.number(),
    }),
  ),
  channels: z.array(
    z.object({
      channel: z.string(),
      /** A week, today. */
      current: DecimalString,
      /** By week. */
      spend: z.array(DecimalString),
      value: z.number(),
    }),
  ),
  expected: z.object({
    value: z.number(),
    /** The same money in equal weeks, split as well as that allows; null beside a pacing limit, which that plan need not keep. */
    valueIfFlat: z.number().nullable(),
    /** Today's split in every week. */
    valueAtCurrent: z.number(),
  }),
  /** Where the season's index comes from; `text` says it in English. "short": less than a year is known, so all weeks count alike. */
  season: z.object({
    basis: z.enum(["last-year", "short", "flat"]),
    from: IsoDate.nullable(),
    to: IsoDate.nullable(),
    text: z.string(),
  }),
  /** What one more unit of money that a limit allows would bring of the goal. */
  shadowPrices: z.array(WeeklyLimit.extend({ price: z.number() })),
  certificate: PlanCertificate.nullable(),
  conflict: z.array(WeeklyLimit),
  repair: z.array(WeeklyLimit.extend({ to: z.number() })),
  warnings: z.array(PlanWarning),
  sources: PlanSources,
});
export type WeeklyPlan = z.infer<typeof WeeklyPlan>;
