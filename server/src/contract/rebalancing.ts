import { z } from "zod";
import { Plan, PlanWarning } from "./planning.ts";
import { ProposalOrigin } from "./proposals.ts";
import { DecimalString, IsoDate } from "./scalars.ts";

const Share = z.number().min(0).max(1);

/**
 * A plan that is not more likely to gain than this is within the noise, and no reason to touch anything. The draws carry everything that
 * is uncertain: what spend delivers, what a touch brings and the credit itself.
 */
export const LEAST_PROBABILITY_OF_GAIN = 0.8;

/** Days on which nothing is moved. */
export const Blackout = z
  .object({ from: IsoDate, to: IsoDate, reason: z.string().trim().max(200) })
  .refine(({ from, to }) => from <= to, "the first day lies after the last one");

/** What a run may do at most, and what stops it. */
export const GuardRails = z.object({
  /** Largest relative change of a channel in one run: 0.2 is 20 % either way. */
  maxChannelChange: Share.default(0.2),
  /** Largest share of the whole budget that one run moves from one channel to another. */
  maxTotalMoved: Share.default(0.1),
  /** A channel whose budget was changed rests so many days before it is moved again. */
  coolDownDays: z.number().int().min(0).max(90).default(7),
  /** Spend beyond the largest ever seen on a day is not recommended. */
  allowExtrapolation: z.boolean().default(false),
  /** A plan is put forward where at least this share of the draws of the curves gains by it. */
  leastProbabilityOfGain: Share.default(LEAST_PROBABILITY_OF_GAIN),
  /** A source that has said nothing for so many hours stops the run. */
  staleAfterHours: z.number().min(1).max(720).default(72),
  /** Population stability index above which the data are not what the model was fitted on. */
  maxDrift: z.number().min(0.01).max(10).default(0.25),
  /** Channels that no run moves. */
  protectedChannels: z.array(z.string().min(1).max(200)).max(200).default([]),
  blackouts: z.array(Blackout).max(100).default([]),
  /** Spend of every channel keeps varying by this share from week to week, or nothing can be learnt; 0: no variation is asked for. */
  exploration: z.number().min(0).max(0.2).default(0.03),
});
export type GuardRails = z.output<typeof GuardRails>;

const CronText = z
  .string()
  .trim()
  .max(100)
  .regex(/^\S+( \S+){4}$/, "a schedule has five parts: minute, hour, day of the month, month, weekday");

/** Who is asked before a plan is applied. The second person of large plans is a policy of the workspace. */
export const ApprovalPolicy = z.object({
  /** Plans that move at most so much a week are approved by the run itself; null: somebody is always asked. */
  applyUpTo: z.number().min(0).nullable().default(null),
  /** A proposal of a run that nobody has decided after so many days can no longer be approved. */
  expireAfterDays: z.number().int().min(1).max(90).default(6),
});
export type ApprovalPolicy = z.output<typeof ApprovalPolicy>;

export const RebalancingSettings = z.object({
  isScheduled: z.boolean().default(false),
  /** Five parts, in the time zone of the workspace. Monday, six in the morning. */
  schedule: CronText.default("0 6 * * 1"),
  guardRails: GuardRails.prefault({}),
  approval: ApprovalPolicy.prefault({}),
});
/** As somebody enters them. What an older version took is still read. */
export const ChangeRebalancing = RebalancingSettings.refine(
  ({ guardRails }) => guardRails.leastProbabilityOfGain >= LEAST_PROBABILITY_OF_GAIN,
  {
    path: ["guardRails", "leastProbabilityOfGain"],
    message:
      "at least 0.8: a plan that gains in fewer draws is within noise, and the planner itself leaves today's split then",
  },
);
export type RebalancingSettings = z.output<typeof RebalancingSettings>;
export const DEFAULT_REBALANCING: RebalancingSettings = RebalancingSettings.parse({});

export const RebalancingTrigger = z.enum(["schedule", "command", "person", "key"]);
export type RebalancingTrigger = z.infer<typeof RebalancingTrigger>;

/**
 * proposed: a plan waits for somebody. applied: it was approved by the run itself. nothing: today's split stays, with the reason.
 * blocked: a guard-rail stopped the run.
 */
export const RebalancingRunState = z.enum([
  "underway",
  "proposed",
  "applied",
  "nothing",
  "blocked",
  "failed",
  "cancelled",
]);
export type RebalancingRunState = z.infer<typeof RebalancingRunState>;

/** In this order. */
export const RebalancingStep = z.enum(["freeze", "check", "refit", "plan", "guard", "compare", "propose"]);
export type RebalancingStep = z.infer<typeof RebalancingStep>;

export const RebalancingStepRecord = z.object({
  step: RebalancingStep,
  state: z.enum(["waiting", "underway", "done", "failed"]),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  /** What it found, as plain figures and texts. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type RebalancingStepRecord = z.infer<typeof RebalancingStepRecord>;

/** What is checked of the data and the model, and what a plan is held to. The page has words of its own for each. */
export const GuardRule = z.enum([
  // of the data: they stop a run
  "stale-source",
  "incomplete-days",
  "conversions-dropped",
  "spend-jumped",
  "channel-silent",
  "spend-drift",
  "journey-drift",
  "conversion-drift",
  "model-health",
  "blackout",
  "standing-proposal",
  // of the plan: they hold or trim a channel, or the whole plan
  "channel-change",
  "total-moved",
  "cool-down",
  "extrapolation",
  "within-noise",
  "protected",
  "not-identified",
  "exploration",
]);
export type GuardRule = z.infer<typeof GuardRule>;

/** One rule as it was applied: to the run, or to one channel. */
export const RebalancingCheck = z.object({
  rule: GuardRule,
  /** Null: the run as a whole. */
  channel: z.string().nullable(),
  /** passed; trimmed: the move was made smaller; held: the channel stays; blocked: the run ends without a plan. */
  outcome: z.enum(["passed", "trimmed", "held", "blocked"]),
  /** What the rule looked at, by name: the figure, its limit, days, a source. */
  numbers: z.record(z.string(), z.union([z.string(), z.number()])),
  /** An English sentence: which rule, with its numbers. */
  text: z.string(),
  /** What would lift it, as an English sentence; empty where it passed. */
  lift: z.string(),
});
export type RebalancingCheck = z.infer<typeof RebalancingCheck>;

/** What ended a run, by code, for those who say it in another language than `outcome` does. */
export const RunEnding = z.discriminatedUnion("code", [
  /** A rule stopped it, or found that nothing is worth moving. */
  z.object({ code: z.literal("check"), check: RebalancingCheck }),
  z.object({ code: z.literal("warning"), warning: PlanWarning }),
  /** The plan says what was approved before, and the spend does not follow that yet. */
  z.object({
    ...{ code: z.literal("standing"), name: z.string() },
    ...{ origin: ProposalOrigin.nullable(), since: IsoDate.nullable() },
  }),
  z.object({ code: z.literal("cancelled"), by: z.string() }),
  z.object({ code: z.literal("failed"), step: RebalancingStep }),
  /** waits, approved: its plan. left: in the middle, and nobody went on with it. */
  z.object({ code: z.enum(["waits", "approved", "impossible", "none-better", "left"]) }),
]);
export type RunEnding = z.infer<typeof RunEnding>;

export const RebalancingRunSummary = z.object({
  id: z.string(),
  period: z.string(),
  isDry: z.boolean(),
  trigger: RebalancingTrigger,
  startedBy: z.string(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  state: RebalancingRunState,
  /** How it ended, as an English sentence. */
  outcome: z.string(),
  /** Null while it is under way. */
  ending: RunEnding.nullable(),
  proposalId: z.string().nullable(),
  /** Of the plan, a week; null where there is none. */
  movedPerWeek: DecimalString.nullable(),
});
export type RebalancingRunSummary = z.infer<typeof RebalancingRunSummary>;

export const RebalancingRun = RebalancingRunSummary.extend({
  steps: z.array(RebalancingStepRecord),
  checks: z.array(RebalancingCheck),
  watermark: z.string().nullable(),
  attributionRun: z.string().nullable(),
  settings: RebalancingSettings,
  /** What it recommends; null where it did not come so far. */
  plan: Plan.nullable(),
});
export type RebalancingRun = z.infer<typeof RebalancingRun>;

/** A week of the past: what was promised, and what came. Amounts are of the week, in the workspace's money. */
export const RebalancingWeek = z.object({
  from: IsoDate,
  to: IsoDate,
  runId: z.string().nullable(),
  proposalId: z.string().nullable(),
  state: RebalancingRunState.nullable(),
  /** Gain of the amounts that were approved over the split before them, by the curves of then; null where nobody could tell. */
  promised: z.object({ gain: z.number(), low: z.number(), high: z.number() }).nullable(),
  /** The same by the curves and the spend that are known now; null while its days are immature. */
  realised: z.object({ gain: z.number(), low: z.number(), high: z.number() }).nullable(),
  /** Of the budget, what was held back from the plan as control: channels or shares that stayed as they were. */
  control: z.object({ channels: z.array(z.string()), spend: DecimalString }).nullable(),
  /** What somebody decided otherwise than recommended, and how that went by the curves of now. */
  overrides: z.array(
    z.object({
      channel: z.string(),
      recommended: DecimalString,
      decided: DecimalString,
      by: z.string(),
      reason: z.string(),
      /** Gain of the decision over the recommendation, by the curves of now; null while nobody can tell. */
      gain: z.number().nullable(),
    }),
  ),
});
export type RebalancingWeek = z.infer<typeof RebalancingWeek>;

export const RebalancingOutcomes = z.object({
  currency: z.string(),
  weeks: z.array(RebalancingWeek),
  /** Sum of the low ends of what was realised, losses counted whole: what can be claimed. */
  earned: z.object({ conservative: z.number(), middle: z.number(), weeks: z.number() }),
  /** What changed since last week and why: one sentence a channel whose recommendation changed. */
  changes: Plan.shape.changes,
});
export type RebalancingOutcomes = z.infer<typeof RebalancingOutcomes>;

/** Runs that ended without a plan are tried again where somebody says so; a plan that was put forward stands for its period. */
export const StartRebalancing = z.object({
  /** Everything but the proposal. */
  isDry: z.boolean().default(false),
  again: z.boolean().default(false),
});

/** The settings, and when they let it run. */
export const RebalancingSchedule = z.object({
  settings: RebalancingSettings,
  timeZone: z.string(),
  /** The period that a run of now would be of: the day, in that zone, on which the schedule fell due last. */
  period: z.string(),
  /** The next three times, whether or not it is scheduled. */
  next: z.array(z.string()),
});
export type RebalancingSchedule = z.infer<typeof RebalancingSchedule>;

export const RebalancingRunsInput = z.object({ limit: z.number().int().min(1).max(200).default(60) });
export const RebalancingRunList = z.array(RebalancingRunSummary);

export const OneRebalancingRun = z.object({ id: z.string().min(1).max(64) });
