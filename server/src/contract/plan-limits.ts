import { z } from "zod";
import { Period } from "./scalars.ts";

const Amount = z.number().finite().min(0);
const Name = z.string().min(1).max(200);

/**
 * What a plan wants most of: credited revenue, margin (of what is sold), conversions, predicted value, or profit (margin less
 * spend). Margins and predicted values are those that conversions were imported with.
 */
export const PlanGoal = z.enum(["revenue", "margin", "conversions", "value", "profit"]);
export type PlanGoal = z.infer<typeof PlanGoal>;

/**
 * Limits on one channel; amounts are per period. A channel that is not named is free, unless its spend hardly varied: then
 * it keeps its spend, and a limit given here (a floor of 0 will do) is what sets it free.
 */
export const ChannelBounds = z.object({
  channel: z.string(),
  lower: Amount.nullable(),
  upper: Amount.nullable(),
  /** Spend stays exactly at today's. */
  locked: z.boolean(),
  /** A commitment: spend is exactly this. */
  fixed: Amount.nullable().optional(),
  /** All or nothing: spend is 0 or at least this. */
  minimumIfOn: Amount.nullable().optional(),
  /** Spend is a whole multiple of this. */
  step: Amount.nullable().optional(),
  /** Revenue per unit of spend is at least this. */
  minRoas: Amount.nullable().optional(),
  /** Money per conversion is at most this. */
  maxCpa: Amount.nullable().optional(),
});
export type ChannelBounds = z.infer<typeof ChannelBounds>;

/** A limit that several channels share. */
export const ChannelGroup = z.object({
  name: Name,
  members: z.array(z.string()).min(1),
  min: Amount.nullable(),
  max: Amount.nullable(),
  minRoas: Amount.nullable().optional(),
  maxCpa: Amount.nullable().optional(),
});
export type ChannelGroup = z.infer<typeof ChannelGroup>;

/**
 * So much of a thing can be sold or served in one period: stock of a product group, calls of a conversion type. What is sold
 * beyond it is worth nothing to the plan.
 */
export const Capacity = z.object({
  name: Name,
  value: Amount,
  of: z.discriminatedUnion("type", [
    z.object({ type: z.literal("conversions") }),
    z.object({ type: z.literal("product-group"), productGroup: z.string() }),
    z.object({ type: z.literal("conversion-type"), conversionType: z.string() }),
  ]),
  /** Units that one conversion takes. */
  unitsPerConversion: Amount,
});
export type Capacity = z.infer<typeof Capacity>;

/** Touches of these channels together stay below people x messages a person and week. Catalogues: their number a week, and 1. */
export const ContactCap = z.object({
  name: Name,
  channels: z.array(z.string()).min(1),
  people: Amount,
  perPersonAndWeek: Amount,
});
export type ContactCap = z.infer<typeof ContactCap>;

export const ProposeInput = z.object({
  period: Period,
  /** Total for one period; null means what is spent today. Beside a target it is the most that may be spent; null: no limit. */
  budget: Amount.nullable(),
  /** True: spend the whole budget. False: at most. */
  exact: z.boolean(),
  /** Largest relative change by channel, 0.2 = 20 % either way; null is no limit. */
  maxChange: z.number().min(0).max(10).nullable(),
  bounds: z.array(ChannelBounds),
  /** Absent: revenue. */
  goal: PlanGoal.optional(),
  /** What one unit of the goal is worth in a product group; 1 where none is given, 0 leaves a group out. */
  productWeights: z.array(z.object({ productGroup: z.string(), weight: Amount })).optional(),
  /** So much of the goal in one period is asked for, for the least spend. Profit is no target. */
  target: Amount.nullable().optional(),
  /** 0 plans for the mean, 1 for the mean of the worst fifth of what the curves may be. */
  caution: z.number().min(0).max(1).optional(),
  /** Revenue per unit of spend, over all channels. */
  minRoas: Amount.nullable().optional(),
  /** Money per conversion, over all channels. */
  maxCpa: Amount.nullable().optional(),
  groups: z.array(ChannelGroup).optional(),
  capacities: z.array(Capacity).optional(),
  contacts: z.array(ContactCap).optional(),
});
export type ProposeInput = z.infer<typeof ProposeInput>;

/**
 * One limit with one number in it. Amounts are per period; a change limit is in per cent of today's spend; a ROAS floor is
 * revenue per unit of spend, a CPA ceiling money per conversion; a target is in units of the goal.
 */
export const PlanLimit = z.discriminatedUnion("type", [
  z.object({ type: z.literal("total_spend"), sense: z.enum(["=", "<="]), value: z.number() }),
  /** "trusted": nobody asked for it, but the curve is not trusted further from today's spend. */
  z.object({
    type: z.enum([
      "channel_min",
      "channel_max",
      "channel_roas_floor",
      "minimum_if_on",
      "step",
      "trusted_min",
      "trusted_max",
    ]),
    channel: z.string(),
    value: z.number(),
  }),
  z.object({ type: z.enum(["group_min", "group_max"]), group: z.string(), value: z.number() }),
  /** Holds for every channel; beside a price, the channel that it stops. */
  z.object({ type: z.literal("change_limit_pct"), channel: z.string().optional(), value: z.number() }),
  z.object({ type: z.enum(["blended_roas_floor", "min_total_response"]), value: z.number() }),
  z.object({
    type: z.enum(["group_roas_floor", "response_cap", "contact_cap", "weighted_min", "weighted_max"]),
    name: z.string(),
    value: z.number(),
  }),
  /** Without members: over all channels. */
  z.object({ type: z.literal("cpa_ceiling"), value: z.number(), members: z.array(z.string()).optional() }),
]);
export type PlanLimit = z.infer<typeof PlanLimit>;
