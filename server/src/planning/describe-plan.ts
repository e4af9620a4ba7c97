import type {
  Allocation,
  AllocationProblem,
  InfeasibleAllocation,
  OptimalAllocation,
  StoppedAllocation,
} from "@touchline/solver";
import { sum } from "@touchline/solver";
import {
  type AllocationRow,
  DAYS_PER_PERIOD,
  type LimitRepair,
  type MoveReason,
  type Period,
  type Plan,
} from "../contract/index.ts";
import { expectedOf, expectedOfToday } from "./expected.ts";
import { explainMove, explainStay } from "./explain-move.ts";
import { limitInWords, repairInWords } from "./limit-words.ts";
import type { PlanFrame } from "./plan-frame.ts";
import { isTarget } from "./plan-problem.ts";
import type { PlanLimits, PlannedChannel, PreparedChannels } from "./prepare-channels.ts";
import type { PlanQuestion } from "./prepare-plan.ts";
import { asPlanLimit, priceLimits } from "./price-limits.ts";
import { reasonToLeave } from "./reason-to-leave.ts";
import { reasonInWords } from "./reason-words.ts";
import { marginalAt, revenueAt } from "./revenue-curve.ts";
import { roomToRound, roundToCents } from "./round-to-cents.ts";
import { drawnGains } from "./split-worth.ts";
import { warningInWords } from "./words.ts";

const NO_CERTIFICATE: Plan["certificate"] = { gap: 0, feasibility: 0, scope: "global" };

/** Whatever the optimiser answered, as a plan. */
export function describeAnswer({ limits, frame, prepared, problem }: PlanQuestion, allocation: Allocation): Plan {
  switch (allocation.status) {
    case "optimal":
      return describeOptimum(frame, prepared, problem, allocation);
    case "infeasible":
      return describeConflict(frame, prepared.channels, problem, withoutOurCap(limits, allocation));
    case "stopped":
      return describeStop(frame, prepared.channels, problem, allocation);
  }
}

/** The optimum as a plan, or today's split where it is as good, or where too few draws agree that the optimum is better. */
function describeOptimum(
  frame: PlanFrame,
  prepared: PreparedChannels,
  problem: AllocationProblem,
  allocation: OptimalAllocation,
): Plan {
  const { channels } = prepared;
  const { gap, feasibility } = allocation.certificate;
  const proof = {
    shadowPrices: priceLimits(allocation, channels, frame),
    certificate: { gap, feasibility, scope: scopeOf(allocation.certificate) },
    ...{ conflict: [], repair: [] },
  };
  // A target has no budget: what it takes is what is spent.
  const isLeast = problem.objective.type === "min_spend";
  const budget = isLeast ? sum(allocation.spend) : prepared.budget;
  const answer = { ...answerOf(frame), budget: budget.toFixed(2) };
  const amounts = roundToCents(allocation.spend, budget, ...roomToRound(problem, channels));
  const gains = drawnGains(frame.period, problem, channels, allocation.spend);
  const expected = expectedOf(frame, problem, channels, allocation.spend, gains);
  const reason = reasonToLeave(prepared, problem, allocation, gains);
  if (reason !== null)
    return {
      ...answer,
      status: "leave",
      ...describeToday(frame, channels, problem),
      considered: reason.code === "nothing-to-plan" ? null : { allocation: spendsOf(channels, amounts), expected },
      ...proof,
      warnings: [warningInWords(reason), ...toTest(channels)],
    };
  const days = DAYS_PER_PERIOD[frame.period];
  const rows = channels.map((channel, i) => {
    const why = explainMove(channel, i, { channels, problem, allocation, budget });
    const row = describeRow(frame, channel, amounts[i]!, why);
    return isBeyondData(channel, allocation.spend[i]! / days) ? withExtrapolation(row) : row;
  });
  const beyond = rows.filter(({ flags }) => flags.includes("extrapolated")).map(({ channel }) => channel);
  return {
    ...answer,
    status: "optimal",
    allocation: rows,
    expected,
    considered: null,
    ...proof,
    warnings: [
      ...(beyond.length === 0 ? [] : [warningInWords({ code: "extrapolated", channels: beyond })]),
      ...toTest(channels),
    ],
  };
}

function spendsOf(channels: readonly PlannedChannel[], amounts: readonly number[]) {
  return channels.map(({ name }, i) => ({ channel: name, spend: amounts[i]!.toFixed(2) }));
}

/** Channels that keep their spend only because nobody can tell what they cause. */
function toTest(channels: readonly PlannedChannel[]): Plan["warnings"] {
  const unknown = channels.filter(({ held }) => held === "uncertain" || held === "low-coverage");
  return unknown.length === 0
    ? []
    : [warningInWords({ code: "test-first", channels: unknown.map(({ name }) => name) })];
}

/** Nobody asked for the cap that a target without a budget is looked for below, so that nobody is told to change it. */
function withoutOurCap(limits: PlanLimits, allocation: InfeasibleAllocation): InfeasibleAllocation {
  if (!isTarget(limits) || limits.budget !== null) return allocation;
  const { conflict, repairs } = allocation;
  return {
    ...allocation,
    conflict: conflict.filter(({ type }) => type !== "total_spend"),
    repairs: repairs.filter(({ limit }) => limit.type !== "total_spend"),
  };
}

/** Limits that contradict each other, and what would help, beside today's split. */
function describeConflict(
  frame: PlanFrame,
  channels: readonly PlannedChannel[],
  problem: AllocationProblem,
  { conflict, repairs }: InfeasibleAllocation,
): Plan {
  return {
    ...answerOf(frame),
    status: "infeasible",
    ...describeToday(frame, channels, problem),
    ...{ considered: null, shadowPrices: [], certificate: NO_CERTIFICATE },
    conflict: conflict.map((each) => {
      const limit = asPlanLimit(each, channels);
      return { ...limit, text: limitInWords(limit, frame.period) };
    }),
    repair: repairs.map((repair) => describeRepair(repair, channels, frame.period)),
    warnings: [],
  };
}

function describeStop(
  frame: PlanFrame,
  channels: readonly PlannedChannel[],
  problem: AllocationProblem,
  { reason }: StoppedAllocation,
): Plan {
  return {
    ...answerOf(frame),
    status: "leave",
    ...describeToday(frame, channels, problem),
    ...{ considered: null, shadowPrices: [], certificate: NO_CERTIFICATE, conflict: [], repair: [] },
    warnings: [warningInWords({ code: "not-proved", detail: reason })],
  };
}

/** What does not depend on the answer. What changed since the last plan is added by who knows it. */
function answerOf({ goal: _, ...frame }: PlanFrame) {
  return { ...frame, changes: null };
}

function scopeOf(certificate: OptimalAllocation["certificate"] & { scope?: "global" | "local" }): "global" | "local" {
  return certificate.scope ?? "global";
}

/**
 * The repair to two decimals, rounded away from the limit's value: typed in as printed it still helps, which rounded to the
 * nearest it may not.
 */
function describeRepair(
  { limit, to }: InfeasibleAllocation["repairs"][number],
  channels: readonly PlannedChannel[],
  period: Period,
): LimitRepair {
  const hundredths = to * 100;
  const nearest = Math.round(hundredths);
  const isWhole = Math.abs(hundredths - nearest) <= 1e-9 * Math.max(1, nearest);
  const away = to > limit.value ? Math.ceil(hundredths) : Math.floor(hundredths);
  const rounded = (isWhole ? nearest : away) / 100;
  const named = asPlanLimit(limit, channels);
  return { ...named, to: rounded, text: repairInWords({ limit: named, to: rounded }, period) };
}

/** Today's split, as the answer where nothing should or can be moved. */
function describeToday(
  frame: PlanFrame,
  channels: readonly PlannedChannel[],
  problem: AllocationProblem,
): Pick<Plan, "allocation" | "expected"> {
  return {
    allocation: channels.map((channel) => {
      const why = explainStay(channel, problem.objective.weights?.[channel.name]);
      return describeRow(frame, channel, channel.current, why);
    }),
    expected: expectedOfToday(frame, problem, channels),
  };
}

function describeRow(
  { currency, goal, sources }: PlanFrame,
  { name, current, curve, fitted }: PlannedChannel,
  recommended: number,
  why: MoveReason,
): AllocationRow {
  // In revenue, whatever the goal is, and only where the goal's own figure can be told.
  const slope = curve === null || why.marginalThen === null ? null : marginalAt(curve, recommended);
  return {
    channel: name,
    current: current.toFixed(2),
    recommended: recommended.toFixed(2),
    marginalRoas: slope !== null && Number.isFinite(slope) ? slope : null,
    revenue: curve === null ? null : { current: revenueAt(curve, current), recommended: revenueAt(curve, recommended) },
    reason: reasonInWords(
      { channel: name, move: recommended - current, currency, goal, isGiven: sources.run === null },
      why,
    ),
    why,
    flags: [...(fitted?.flags ?? [])],
  };
}

function isBeyondData({ fitted }: PlannedChannel, dailySpend: number): boolean {
  return fitted !== null && dailySpend > fitted.largestSpendSeen * (1 + 1e-9);
}

function withExtrapolation(row: AllocationRow): AllocationRow {
  return row.flags.includes("extrapolated") ? row : { ...row, flags: [...row.flags, "extrapolated"] };
}
