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

export const Curves = z.object({
  currency: z.string(),
  model: ModelName,
  run: z.string(),
  days: z.object({ from: IsoDate, to: IsoDate }),
  channels: z.array(ChannelCurve),
  /** Channels with spend that no curve could be fitted for, and why. */
  withoutCurve: z.array(z.object({ channel: z.string(), reason: z.string() })),
});
export type Curves = z.infer<typeof Curves>;

const Spend = z.number().finite().min(0);

/** Limits on one channel; amounts are per period. A channel that is not named is free. */
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

/** Why a channel's spend moves, as a code and the figures that it stands on. */
export const MoveReason = z.object({
  code: z.enum(["earns-more", "earns-less", "at-upper", "at-lower", "locked", "unchanged", "no-curve"]),
  /** Marginal ROAS at today's spend and at the recommended spend. */
  marginalNow: z.number().nullable(),
  marginalThen: z.number().nullable(),
  /** What the next unit of money earns across the plan: the shadow price of the budget. */
  marginalPlan: z.number().nullable(),
});
export type MoveReason = z.infer<typeof MoveReason>;

export const AllocationRow = z.object({
  channel: z.string(),
  current: DecimalString,
  recommended: DecimalString,
  marginalRoas: z.number().nullable(),
  reason: z.string(),
  why: MoveReason,
  flags: z.array(CurveFlag),
});
export type AllocationRow = z.infer<typeof AllocationRow>;

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
  shadowPrices: z.array(z.object({ constraint: z.string(), price: z.number(), unit: z.string() })),
  certificate: z.object({ gap: z.number(), feasibility: z.number() }),
  /** Filled when status is infeasible: limits that contradict each other, and the least change that helps. */
  conflict: z.array(z.string()),
  repair: z.array(z.string()),
  warnings: z.array(z.string()),
});
export type Plan = z.infer<typeof Plan>;
