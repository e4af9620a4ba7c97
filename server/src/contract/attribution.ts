import { z } from "zod";
import { DateRange, DecimalString } from "./scalars.ts";

export const MODEL_NAMES = [
  "first",
  "last",
  "last-non-direct",
  "linear",
  "time-decay",
  "position-based",
  "w-shaped",
  "first-paid",
  "last-paid",
  "last-click",
  "markov",
  "shapley",
  "shapley-ordered",
  "logistic",
  "incremental",
] as const;
export const ModelName = z.enum(MODEL_NAMES);
export type ModelName = z.infer<typeof ModelName>;

/** What stands side by side where nobody chose: one that opens, one that closes, those that weigh whole paths, and the one for plans. */
export const COMPARED_MODELS = [
  "first",
  "linear",
  "last",
  "markov",
  "shapley",
  "incremental",
] as const satisfies readonly ModelName[];

/** What plans and the overview use where nobody chose a model. */
export const DEFAULT_MODEL: ModelName = "incremental";
export const DEFAULT_LOOKBACK_DAYS = 30;

export const DateBasis = z.enum(["conversion", "touch"]);
export type DateBasis = z.infer<typeof DateBasis>;

/** What the return on spend is worked out from: "count" gives conversions for one unit of money. */
export const CreditValue = z.enum(["revenue", "margin", "count"]);
export type CreditValue = z.infer<typeof CreditValue>;

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

/** What a model says against taking a channel's credit at its word, or of where it comes from. */
export const CHANNEL_FLAGS = [
  "owned",
  "demand-capture",
  "not-identified",
  "calibrated",
  "low-coverage",
  "series-fitted",
] as const;
export const ChannelFlag = z.enum(CHANNEL_FLAGS);
export type ChannelFlag = z.infer<typeof ChannelFlag>;

/** How sure a model is of a channel. */
export const ChannelTrust = z.object({
  /** Of its conversions; null where the model gives none. */
  interval: z.object({ level: z.number(), low: z.number(), high: z.number() }).nullable(),
  flags: z.array(ChannelFlag),
  /** Touches that are seen over impressions and clicks delivered; null where the spend files carry neither. */
  coverage: z.number().nullable(),
});
export type ChannelTrust = z.infer<typeof ChannelTrust>;

export const CompareModels = z.object({ range: DateRange, models: z.array(ModelName).min(1) });

/**
 * One model's answer for a range. Channels and `noTouch` add up exactly to `booked`; under the incremental model `noTouch` is the
 * baseline, what would have come without any marketing. A channel without credit or spend stands there where it has a flag.
 */
export const ModelCredit = z.object({
  model: ModelName,
  run: z.string(),
  channels: z.array(ChannelCredit.extend(ChannelTrust.shape)),
  noTouch: Credit,
  warnings: z.array(z.string()),
});
export type ModelCredit = z.infer<typeof ModelCredit>;

export const ModelComparison = z.object({
  currency: z.string(),
  lookbackDays: z.number(),
  booked: Credit,
  models: z.array(ModelCredit),
  /** What platforms say of themselves in spend files: by windows of their own, so it never adds up to `booked`. */
  claims: z.array(z.object({ channel: z.string(), conversions: DecimalString, revenue: DecimalString.nullable() })),
  /** Models that have no answer for this range, with the sentence that says why. */
  refused: z.array(z.object({ model: ModelName, reason: z.string() })),
});
export type ModelComparison = z.infer<typeof ModelComparison>;
