import { z } from "zod";
import { DateRange, DecimalString } from "./scalars.ts";

export const MODEL_NAMES = ["first", "last", "linear", "time-decay", "position-based", "markov"] as const;
export const ModelName = z.enum(MODEL_NAMES);
export type ModelName = z.infer<typeof ModelName>;

/** What plans and the overview use where nobody chose a model. */
export const DEFAULT_MODEL: ModelName = "markov";
export const DEFAULT_LOOKBACK_DAYS = 30;

export const DateBasis = z.enum(["conversion", "touch"]);
export type DateBasis = z.infer<typeof DateBasis>;

/** Conversions carry 12 decimals because one conversion is shared between touches. */
export const Credit = z.object({ conversions: DecimalString, revenue: DecimalString });
export type Credit = z.infer<typeof Credit>;

export const ChannelCredit = Credit.extend({
  channel: z.string(),
  /** Null where the channel has no spend rows in the range: missing is not zero. */
  spend: DecimalString.nullable(),
  /** Credited revenue over spend; null without spend. */
  roas: z.number().nullable(),
});
export type ChannelCredit = z.infer<typeof ChannelCredit>;

export const CompareModels = z.object({ range: DateRange, models: z.array(ModelName).min(1) });

/** One model's answer for a range. Channels and `noTouch` add up exactly to `booked`. */
export const ModelCredit = z.object({
  model: ModelName,
  run: z.string(),
  channels: z.array(ChannelCredit),
  noTouch: Credit,
  warnings: z.array(z.string()),
});
export type ModelCredit = z.infer<typeof ModelCredit>;

export const ModelComparison = z.object({
  currency: z.string(),
  lookbackDays: z.number(),
  booked: Credit,
  models: z.array(ModelCredit),
});
export type ModelComparison = z.infer<typeof ModelComparison>;
