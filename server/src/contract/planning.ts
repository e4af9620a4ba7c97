import { z } from "zod";
import { ModelName } from "./attribution.ts";
import { DecimalString, IsoDate, Period } from "./scalars.ts";

/** Why a figure needs care. The page and the command line put each code into words. */
export const CurveFlag = z.enum(["extrapolated", "little-variation", "few-days", "nearly-linear"]);
export type CurveFlag = z.infer<typeof CurveFlag>;

/** All amounts of a curve are per day, in the workspace's currency. */
export const ChannelCurve = z.object({
  channel: z.string(),
  /** revenue(spend) = ceiling x spend / (halfSpend + spend), in a season of index 1. */
  ceiling: z.number(),
  halfSpend: z.number(),
  /** What was observed: one point a day, revenue by touch date divided by the season's index. */
  points: z.array(z.object({ date: IsoDate, spend: z.number(), revenue: z.number() })),
  /** The curve with its 90 % band, from zero to beyond the largest spend seen. */
  line: z.array(
    z.object({ spend: z.number(), revenue: z.number(), low: z.number(), high: z.number(), marginal: z.number() }),
  ),
  /** Mean of the last 28 complete days. */
  current: z.object({ spend: z.number(), revenue: z.number(), marginalRoas: z.number() }),
  largestSpendSeen: z.number(),
  /** Share of the variance of daily revenue that the curve explains. */
  r2: z.number(),
  flags: z.array(CurveFlag),
});
export type ChannelCurve = z.infer<typeof ChannelCurve>;

/**
 * Why a channel with spend has no curve: "falling" is revenue that fell where spend rose, "demand-capture" a channel that the model
 * gives no credit because it meets people who are about to buy, "low-coverage" one of which too little is seen to judge it.
 */
export const MissingCurve = z.object({
  channel: z.string(),
  code: z.enum(["few-days", "no-revenue", "falling", "demand-capture", "low-coverage"]),
  /** Days with spend, and how many a curve needs at least. */
  days: z.number(),
  daysNeeded: z.number(),
  /** The same as an English sentence. */
  reason: z.string(),
});
export type MissingCurve = z.infer<typeof MissingCurve>;

export const Curves = z.object({
  currency: z.string(),
  model: ModelName,
  run: z.string(),
  days: z.object({ from: IsoDate, to: IsoDate }),
  channels: z.array(ChannelCurve),
  /** Channels with spend that no curve could be fitted for, and why. */
  withoutCurve: z.array(MissingCurve),
});
export type Curves = z.infer<typeof Curves>;

const Spend = z.number().finite().min(0);

/**
 * Limits on one channel; amounts are per period. A channel that is not named is free, unless its spend hardly varied: then
 * it keeps its spend, and a limit given here (a floor of 0 will do) is what sets it free.
 */
export const ChannelBounds = z.object({
  channel: z.string(),
  lower: Spend.nullable(),
  upper: Spend.nullable(),
  /** Spend stays exactly at today's. */
  locked: z.boolean(),
});
export type ChannelBounds = z.infer<typeof ChannelBounds>;

export const ProposeInput = z.object({
  period: Period,
  /** Total for one period; null means what is spent today. */
  budget: Spend.nullable(),
  /** True: spend the whole budget. False: at most. */
  exact: z.boolean(),
  /** Largest relative change by channel, 0.2 = 20 % either way; null is no limit. */
  maxChange: z.number().min(0).max(10).nullable(),
  bounds: z.array(ChannelBounds),
});
export type ProposeInput = z.infer<typeof ProposeInput>;

/**
 * Why a channel's spend moves or stays, as a code and the figures that it stands on. "unidentified": spend hardly varied, so
 * the data cannot tell what more or less of it would bring.
 */
export const MoveReason = z.object({
  code: z.enum([
    "earns-more",
    "earns-less",
    "at-upper",
    "at-lower",
    "locked",
    "unchanged",
    "unidentified",
    "no-curve",
    "demand-capture",
    "low-coverage",
  ]),
  /** Marginal ROAS at today's spend and at the recommended spend; null where no curve can tell. */
  marginalNow: z.number().nullable(),
  marginalThen: z.number().nullable(),
  /** What the next unit of money earns across the plan: the shadow price of the budget. Null where nothing was planned. */
  marginalPlan: z.number().nullable(),
});
export type MoveReason = z.infer<typeof MoveReason>;

export const AllocationRow = z.object({
  channel: z.string(),
  current: DecimalString,
  recommended: DecimalString,
  /** At the recommended spend; null where no curve can tell. */
  marginalRoas: z.number().nullable(),
  /** `why` as an English sentence. */
  reason: z.string(),
  why: MoveReason,
  flags: z.array(CurveFlag),
});
export type AllocationRow = z.infer<typeof AllocationRow>;

/**
 * One limit with one number in it. Amounts are per period; a change limit is in per cent of today's spend; a ROAS floor is
 * revenue per unit of spend.
 */
export const PlanLimit = z.discriminatedUnion("type", [
  z.object({ type: z.literal("total_spend"), sense: z.enum(["=", "<="]), value: z.number() }),
  z.object({
    type: z.enum(["channel_min", "channel_max", "channel_roas_floor"]),
    channel: z.string(),
    value: z.number(),
  }),
  z.object({ type: z.enum(["group_min", "group_max"]), group: z.string(), value: z.number() }),
  /** Holds for every channel; beside a price, the channel that it stops. */
  z.object({ type: z.literal("change_limit_pct"), channel: z.string().optional(), value: z.number() }),
  z.object({ type: z.literal("blended_roas_floor"), value: z.number() }),
]);
export type PlanLimit = z.infer<typeof PlanLimit>;

/** A limit that the plan stands on, and what it costs. */
export const ShadowPrice = z.object({
  limit: PlanLimit,
  /** The limit as an English sentence. */
  constraint: z.string(),
  /**
   * Change of the objective for one more unit of spend that the limit allows (a maximum) or asks for (a minimum, below 0).
   * An exact total is either: below 0 it asks for more than pays.
   */
  price: z.number(),
  unit: z.string(),
});
export type ShadowPrice = z.infer<typeof ShadowPrice>;

/** `text` is the limit as an English sentence. */
export const ConflictingLimit = PlanLimit.and(z.object({ text: z.string() }));
export type ConflictingLimit = z.infer<typeof ConflictingLimit>;

/** The least change of one limit that makes a plan possible: `to`, to two decimals, instead of `value`. */
export const LimitRepair = PlanLimit.and(z.object({ to: z.number(), text: z.string() }));
export type LimitRepair = z.infer<typeof LimitRepair>;

const note = { text: z.string() };

/** What to know before acting on a plan, by code; `text` says it in English. */
export const PlanWarning = z.discriminatedUnion("code", [
  /** More is recommended than was ever spent on a day: the curve is not backed by data there. */
  z.object({ code: z.literal("extrapolated"), channels: z.array(z.string()), ...note }),
  /** A better split was found, but too few of the draws agree: today's stays. */
  z.object({ code: z.literal("unconvincing"), probability: z.number(), ...note }),
  z.object({ code: z.literal("already-best"), ...note }),
  z.object({ code: z.literal("nothing-to-plan"), ...note }),
  /** The optimiser could not prove an answer; `detail` is its own English account of why. */
  z.object({ code: z.literal("not-proved"), detail: z.string(), ...note }),
]);
export type PlanWarning = z.infer<typeof PlanWarning>;

export const PlanInterval = z.object({ level: z.number(), low: z.number(), high: z.number() });

/** The answer of `touchline optimise --json` and of the planner. */
export const Plan = z.object({
  status: z.enum(["optimal", "leave", "infeasible"]),
  budget: DecimalString,
  period: Period,
  currency: z.string(),
  model: ModelName,
  allocation: z.array(AllocationRow),
  expected: z.object({
    /** Credited revenue of one period under the plan and as things are. */
    revenue: z.number(),
    revenueAtCurrent: z.number(),
    /** Of the gain: revenue minus revenueAtCurrent. */
    interval: PlanInterval.nullable(),
    probabilityOfGain: z.number().nullable(),
  }),
  /** Of limits that bind. A channel whose curve cannot tell what more would bring has none. */
  shadowPrices: z.array(ShadowPrice),
  certificate: z.object({ gap: z.number(), feasibility: z.number() }),
  /** Filled when status is infeasible: limits that contradict each other, and changes of which any one helps, the least first. */
  conflict: z.array(ConflictingLimit),
  repair: z.array(LimitRepair),
  warnings: z.array(PlanWarning),
});
export type Plan = z.infer<typeof Plan>;
