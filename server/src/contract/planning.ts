import { z } from "zod";
import { ModelName } from "./attribution.ts";
import { CurveFamilies, CurveFlag, CurveSource } from "./curves.ts";
import { PlanGoal, PlanLimit } from "./plan-limits.ts";
import { DecimalString, IsoDate, Period } from "./scalars.ts";

/**
 * Why a channel's spend moves or stays, as a code and the figures that it stands on. "unidentified": spend hardly varied, so
 * the data cannot tell what more or less of it would bring; "uncertain": its credit is too uncertain to move money on; "fixed": a
 * commitment; "exploration": a weekly run varies it, so that something can be learnt; "off": less than its all-or-nothing minimum would pay.
 */
export const MoveReason = z.object({
  code: z.enum([
    "earns-more",
    "earns-less",
    "at-upper",
    "at-lower",
    "locked",
    "fixed",
    "exploration",
    "off",
    "unchanged",
    "unidentified",
    "uncertain",
    "no-curve",
    "demand-capture",
    "low-coverage",
  ]),
  /** What the next unit of spend brings of the goal, at today's spend and at the recommended one; null where no curve can tell. */
  marginalNow: z.number().nullable(),
  marginalThen: z.number().nullable(),
  /** What the next unit of money earns across the plan: the shadow price of the budget. Null where nothing was planned. */
  marginalPlan: z.number().nullable(),
  /** What a unit of the money that this channel gains or loses brings on average; null where it does not move. */
  averageOfMove: z.number().nullable(),
  /** The limit that it stops at. */
  stop: PlanLimit.nullable(),
});
export type MoveReason = z.infer<typeof MoveReason>;

export const AllocationRow = z.object({
  channel: z.string(),
  current: DecimalString,
  recommended: DecimalString,
  /** Revenue of the next unit of spend at the recommended spend; null where no curve can tell. */
  marginalRoas: z.number().nullable(),
  /** Credited revenue of one period by the curve, as things are and under the plan; null where there is no curve. */
  revenue: z.object({ current: z.number(), recommended: z.number() }).nullable(),
  /** `why` as an English sentence. */
  reason: z.string(),
  why: MoveReason,
  flags: z.array(CurveFlag),
});
export type AllocationRow = z.infer<typeof AllocationRow>;

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
  /** What these channels cause is too uncertain to move money on: a lift test would tell. */
  z.object({ code: z.literal("test-first"), channels: z.array(z.string()), ...note }),
  z.object({ code: z.literal("already-best"), ...note }),
  z.object({ code: z.literal("nothing-to-plan"), ...note }),
  /** The optimiser could not prove an answer; `detail` is its own English account of why. */
  z.object({ code: z.literal("not-proved"), detail: z.string(), ...note }),
]);
export type PlanWarning = z.infer<typeof PlanWarning>;

export const PlanInterval = z.object({ level: z.number(), low: z.number(), high: z.number() });
export type PlanInterval = z.infer<typeof PlanInterval>;

/** What is checked after solving: limits hold within `feasibility`, and no plan is worth more than `gap` above, both relative. */
export const PlanCertificate = z.object({
  gap: z.number(),
  feasibility: z.number(),
  /** "local": with all-or-nothing limits, steps or S-shaped curves the search ended before the best plan was proved so. */
  scope: z.enum(["global", "local"]),
});
export type PlanCertificate = z.infer<typeof PlanCertificate>;

const Days = z.object({ from: IsoDate, to: IsoDate });

/** Where the figures of a plan come from. */
export const PlanSources = z.object({
  /** The attribution run whose credit the curves stand on; null for curves that the user gave. */
  run: z.string().nullable(),
  /** The days that the curves were fitted on, and those that today's spend is the mean of. */
  curveDays: Days.nullable(),
  currentDays: Days.nullable(),
  channels: z.array(
    z.object({
      channel: z.string(),
      /** Null where there is no curve. */
      source: CurveSource.nullable(),
      families: CurveFamilies,
      /** Days that were observed, and draws of the curve. */
      days: z.number(),
      draws: z.number(),
      /** What one unit of its revenue is worth in the goal: its margin share, its conversions per unit of revenue. 1 for revenue. */
      worth: z.number(),
    }),
  ),
});
export type PlanSources = z.infer<typeof PlanSources>;

/** A limit that reads otherwise than in the plan that is compared with; figures are null where a limit came or went. */
export const LimitChange = z.object({
  code: z.enum([
    "period",
    "budget",
    "exact",
    "max-change",
    "goal",
    "target",
    "caution",
    "min-roas",
    "max-cpa",
    "product-weights",
    "bounds",
    "group",
    "capacity",
    "contacts",
  ]),
  /** The channel of bounds, the name of a group, capacity or contact cap. */
  of: z.string().nullable(),
  before: z.union([z.number(), z.string()]).nullable(),
  after: z.union([z.number(), z.string()]).nullable(),
  text: z.string(),
});
export type LimitChange = z.infer<typeof LimitChange>;

/**
 * A channel that is recommended another spend than in the plan that is compared with, and why: "limits" moved it more than the
 * data did; of the data, "spend" is what was spent until today, "curve" what a unit of it brings.
 */
export const RecommendationChange = z.object({
  channel: z.string(),
  code: z.enum(["limits", "spend", "curve", "new", "gone"]),
  before: DecimalString.nullable(),
  after: DecimalString.nullable(),
  /** How much of the difference is due to other limits, and to other data. */
  byLimits: z.number(),
  byData: z.number(),
  currentBefore: DecimalString.nullable(),
  currentAfter: DecimalString.nullable(),
  /** What the next unit brought at the spend of then, by the curve of then and by today's. */
  marginalBefore: z.number().nullable(),
  marginalAfter: z.number().nullable(),
  text: z.string(),
});
export type RecommendationChange = z.infer<typeof RecommendationChange>;

/** What is otherwise than in a plan that was saved. Amounts are per period of the plan at hand. */
export const PlanChanges = z.object({
  since: z.object({ scenario: z.string(), name: z.string(), savedAt: z.string() }),
  limits: z.array(LimitChange),
  channels: z.array(RecommendationChange),
  /** One English sentence. */
  text: z.string(),
});
export type PlanChanges = z.infer<typeof PlanChanges>;

/** Of one period: what the plan is for, by the curves. `interval` and `probabilityOfGain` are of the gain. */
export const GoalExpected = z.object({
  goal: PlanGoal,
  value: z.number(),
  valueAtCurrent: z.number(),
  interval: PlanInterval.nullable(),
  probabilityOfGain: z.number().nullable(),
});
export type GoalExpected = z.infer<typeof GoalExpected>;

const Expected = z.object({
  /** Credited revenue of one period under the plan and as things are. */
  revenue: z.number(),
  revenueAtCurrent: z.number(),
  /** Of the gain: revenue minus revenueAtCurrent. */
  interval: PlanInterval.nullable(),
  probabilityOfGain: z.number().nullable(),
  /** The same of what the plan is for. */
  goal: GoalExpected,
});

/** The best split that was found, and not recommended: what leaving it costs or saves. */
export const ConsideredSplit = z.object({
  allocation: z.array(z.object({ channel: z.string(), spend: DecimalString })),
  expected: Expected,
});
export type ConsideredSplit = z.infer<typeof ConsideredSplit>;

/** The answer of `touchline optimise --json` and of the planner. */
export const Plan = z.object({
  status: z.enum(["optimal", "leave", "infeasible"]),
  budget: DecimalString,
  period: Period,
  currency: z.string(),
  model: ModelName,
  allocation: z.array(AllocationRow),
  expected: Expected,
  /** Filled where today's split stays although another one was found. */
  considered: ConsideredSplit.nullable(),
  /** Of limits that bind. A channel whose curve cannot tell what more would bring has none. */
  shadowPrices: z.array(ShadowPrice),
  certificate: PlanCertificate,
  /** Filled when status is infeasible: limits that contradict each other, and changes of which any one helps, the least first. */
  conflict: z.array(ConflictingLimit),
  repair: z.array(LimitRepair),
  warnings: z.array(PlanWarning),
  sources: PlanSources,
  /** Against the scenario that was saved last; null where there is none. */
  changes: PlanChanges.nullable(),
});
export type Plan = z.infer<typeof Plan>;
