import { z } from "zod";
import { PlanGoal, ProposeInput } from "./plan-limits.ts";
import { ConflictingLimit, PlanCertificate, PlanSources, PlanWarning } from "./planning.ts";
import { DecimalString, Period } from "./scalars.ts";

const Budget = z.number().finite().min(0);

/** What goals, product weights and capacities can be chosen from. */
export const PlanChoices = z.object({
  /** Whether any conversion says its margin, or its predicted value. */
  hasMargin: z.boolean(),
  hasValue: z.boolean(),
  productGroups: z.array(z.string()),
  conversionTypes: z.array(z.string()),
});
export type PlanChoices = z.infer<typeof PlanChoices>;

/** What every study of a plan carries. */
const frame = { period: Period, currency: z.string(), goal: PlanGoal, sources: PlanSources };

const ChannelSpend = z.object({ channel: z.string(), spend: z.number() });

/** The best split at one total. Amounts are of one period. */
const BestSplit = z.object({
  /** What is spent, together. */
  spend: z.number(),
  /** Of the goal, and credited revenue. */
  value: z.number(),
  revenue: z.number(),
  /** Revenue per unit of spend; null where nothing is spent. */
  roas: z.number().nullable(),
  /** What one more unit of money brings of the goal. */
  marginal: z.number().nullable(),
  allocation: z.array(ChannelSpend),
});
export type BestSplit = z.infer<typeof BestSplit>;

/** The limits are those of a plan, its budget aside. Without budgets they are chosen. */
export const FrontierInput = z.object({
  limits: ProposeInput,
  budgets: z.array(Budget).min(1).max(60).optional(),
});
export type FrontierInput = z.infer<typeof FrontierInput>;

/** What the best split brings at every budget. */
export const Frontier = z.object({
  ...frame,
  /** In the order of budgets; `best` is null where the limits allow no plan at that budget. */
  points: z.array(z.object({ budget: z.number(), best: BestSplit.nullable() })),
  /** Today's split, which need not be a best one. */
  today: BestSplit,
  /** The budget at which one more unit of money brings one unit of the goal; null where that lies outside, or the goal is no money. */
  breakEven: z.number().nullable(),
  warnings: z.array(PlanWarning),
});
export type Frontier = z.infer<typeof Frontier>;

export const WhatIfInput = z.object({
  limits: ProposeInput,
  channel: z.string(),
  /** Spends of that channel to try, per period; without them they are chosen around today's. */
  spends: z.array(Budget).min(1).max(60).optional(),
});
export type WhatIfInput = z.infer<typeof WhatIfInput>;

/** One channel held at one spend after the other, the others planned anew around it. */
export const WhatIf = z.object({
  ...frame,
  channel: z.string(),
  /** Spend of that channel today, and in the best plan. */
  today: z.number(),
  recommended: z.number(),
  points: z.array(
    z.object({
      spend: z.number(),
      best: BestSplit.nullable(),
      /** Value beyond that of the best plan: at most 0. */
      againstPlan: z.number().nullable(),
      againstToday: z.number().nullable(),
    }),
  ),
  warnings: z.array(PlanWarning),
});
export type WhatIf = z.infer<typeof WhatIf>;

export const GoalSeekInput = z.object({
  /** Its budget is the most that may be spent; null: no limit. */
  limits: ProposeInput,
  seek: z.discriminatedUnion("type", [
    /** The least money that brings so much of the goal in one period. */
    z.object({ type: z.literal("least-spend"), target: z.number().finite().positive() }),
    /** The highest revenue per unit of spend, with at least so much spent. */
    z.object({ type: z.literal("highest-roas"), minSpend: z.number().finite().positive() }),
  ]),
});
export type GoalSeekInput = z.infer<typeof GoalSeekInput>;

export const GoalSeek = z.object({
  ...frame,
  /** "unreachable": no plan within the limits brings that much; "unsolved": nothing could be proved, and nothing is claimed. */
  status: z.enum(["reached", "unreachable", "unsolved"]),
  best: BestSplit.nullable(),
  today: BestSplit,
  allocation: z.array(z.object({ channel: z.string(), current: DecimalString, recommended: DecimalString })),
  /** Money that one more unit of the target costs; null for the highest ROAS. */
  marginalCost: z.number().nullable(),
  /** Where the target cannot be reached: the most that can. */
  mostReachable: z.number().nullable(),
  conflict: z.array(ConflictingLimit),
  certificate: PlanCertificate.nullable(),
  /** The answer as an English sentence. */
  text: z.string(),
  warnings: z.array(PlanWarning),
});
export type GoalSeek = z.infer<typeof GoalSeek>;
