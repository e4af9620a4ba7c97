import {
  type AllocationProblem,
  type InfeasibleAllocation,
  type OptimalAllocation,
  quantile,
  type StoppedAllocation,
} from "@touchline/solver";
import {
  type AllocationRow,
  DAYS_PER_PERIOD,
  type LimitRepair,
  type MoveReason,
  type Period,
  type Plan,
} from "../contract/index.ts";
import { drawnGains, shareOfGains } from "./drawn-gains.ts";
import { explainMove, explainStay, NO_MOVE } from "./explain-move.ts";
import { keepsLimits } from "./keeps-limits.ts";
import type { PlannedChannel, PreparedChannels } from "./prepare-channels.ts";
import { priceLimits } from "./price-limits.ts";
import { roundToCents } from "./round-to-cents.ts";
import { revenueAt } from "./saturating-curve.ts";
import { limitInWords, reasonInWords, repairInWords, type UnwordedWarning, warningInWords } from "./words.ts";

const INTERVAL_LEVEL = 0.9;
/** A plan that is not more likely to gain than this is no reason to touch anything. */
const LEAST_PROBABILITY_OF_GAIN = 0.6;
const REVENUE_ONLY = { response_weight: 1, spend_weight: 0 };

/** What every answer carries, whatever it says. */
export type PlanFrame = Pick<Plan, "budget" | "period" | "currency" | "model">;

const NO_CERTIFICATE: Plan["certificate"] = { gap: 0, feasibility: 0 };

/** The optimum as a plan, or today's split where it is as good, or where too few draws agree that the optimum is better. */
export function describeOptimum(
  frame: PlanFrame,
  { channels, budget }: PreparedChannels,
  problem: AllocationProblem,
  allocation: OptimalAllocation,
): Plan {
  const proof = {
    shadowPrices: priceLimits(allocation, channels, frame.period),
    certificate: { gap: allocation.certificate.gap, feasibility: allocation.certificate.feasibility },
    conflict: [],
    repair: [],
  };
  const reason = reasonToLeave(frame.period, channels, budget, problem, allocation);
  if (reason !== null)
    return { ...frame, status: "leave", ...describeToday(channels), ...proof, warnings: [warningInWords(reason)] };
  const days = DAYS_PER_PERIOD[frame.period];
  const amounts = roundToCents(allocation.spend, budget, channels);
  const rows = channels.map((channel, i) => {
    const why = explainMove(channel, allocation, i, budget);
    const row = describeRow(channel, amounts[i]!, why, why.marginalThen === null ? null : allocation.marginal[i]!);
    return isBeyondData(channel, allocation.spend[i]! / days) ? withExtrapolation(row) : row;
  });
  const beyond = rows.filter(({ flags }) => flags.includes("extrapolated")).map(({ channel }) => channel);
  return {
    ...frame,
    status: "optimal",
    allocation: rows,
    expected: expectedOf(channels, allocation.spend, frame.period),
    ...proof,
    warnings: beyond.length === 0 ? [] : [warningInWords({ code: "extrapolated", channels: beyond })],
  };
}

/** Limits that contradict each other, and what would help, beside today's split. */
export function describeConflict(
  frame: PlanFrame,
  channels: readonly PlannedChannel[],
  { conflict, repairs }: InfeasibleAllocation,
): Plan {
  return {
    ...frame,
    status: "infeasible",
    ...describeToday(channels),
    shadowPrices: [],
    certificate: NO_CERTIFICATE,
    conflict: conflict.map((limit) => ({ ...limit, text: limitInWords(limit, frame.period) })),
    repair: repairs.map((repair) => describeRepair(repair, frame.period)),
    warnings: [],
  };
}

export function describeStop(
  frame: PlanFrame,
  channels: readonly PlannedChannel[],
  { reason }: StoppedAllocation,
): Plan {
  return {
    ...frame,
    status: "leave",
    ...describeToday(channels),
    shadowPrices: [],
    certificate: NO_CERTIFICATE,
    conflict: [],
    repair: [],
    warnings: [warningInWords({ code: "not-proved", detail: reason })],
  };
}

/** Today's split stays where it is allowed and the optimum is the same, or not convincingly better by the objective. */
function reasonToLeave(
  period: Period,
  channels: readonly PlannedChannel[],
  budget: number,
  problem: AllocationProblem,
  { spend }: OptimalAllocation,
): UnwordedWarning | null {
  if (channels.every(({ curve }) => curve === null)) return { code: "nothing-to-plan" };
  const today = channels.map(({ current }) => current);
  if (!keepsLimits(problem, today, revenuesOf(channels, today))) return null;
  if (channels.every(({ current }, i) => Math.abs(spend[i]! - current) <= NO_MOVE * budget))
    return { code: "already-best" };
  const probability = shareOfGains(drawnGains(channels, spend, period, problem.objective));
  return probability !== null && probability < LEAST_PROBABILITY_OF_GAIN ? { code: "unconvincing", probability } : null;
}

/**
 * The repair to two decimals, rounded away from the limit's value: typed in as printed it still helps, which rounded to the
 * nearest it may not.
 */
function describeRepair({ limit, to }: InfeasibleAllocation["repairs"][number], period: Period): LimitRepair {
  const hundredths = to * 100;
  const nearest = Math.round(hundredths);
  const isWhole = Math.abs(hundredths - nearest) <= 1e-9 * Math.max(1, nearest);
  const away = to > limit.value ? Math.ceil(hundredths) : Math.floor(hundredths);
  const rounded = (isWhole ? nearest : away) / 100;
  return { ...limit, to: rounded, text: repairInWords({ limit, to: rounded }, period) };
}

function revenuesOf(channels: readonly PlannedChannel[], spend: ArrayLike<number>): number[] {
  return channels.map(({ curve }, i) => (curve === null ? 0 : revenueAt(curve, spend[i]!)));
}

function totalRevenue(channels: readonly PlannedChannel[], spend: ArrayLike<number>): number {
  return revenuesOf(channels, spend).reduce((sum, revenue) => sum + revenue, 0);
}

function expectedOf(channels: readonly PlannedChannel[], spend: ArrayLike<number>, period: Period): Plan["expected"] {
  const gains = drawnGains(channels, spend, period, REVENUE_ONLY);
  const tail = (1 - INTERVAL_LEVEL) / 2;
  return {
    revenue: totalRevenue(channels, spend),
    revenueAtCurrent: totalRevenue(
      channels,
      channels.map(({ current }) => current),
    ),
    interval:
      gains.length === 0
        ? null
        : { level: INTERVAL_LEVEL, low: quantile(gains, tail), high: quantile(gains, 1 - tail) },
    probabilityOfGain: shareOfGains(gains),
  };
}

/** Today's split, as the answer where nothing should or can be moved. */
function describeToday(channels: readonly PlannedChannel[]): Pick<Plan, "allocation" | "expected"> {
  const revenue = totalRevenue(
    channels,
    channels.map(({ current }) => current),
  );
  return {
    allocation: channels.map((channel) => {
      const why = explainStay(channel);
      return describeRow(channel, channel.current, why, why.marginalNow);
    }),
    expected: { revenue, revenueAtCurrent: revenue, interval: null, probabilityOfGain: null },
  };
}

function describeRow(
  channel: PlannedChannel,
  recommended: number,
  why: MoveReason,
  marginalRoas: number | null,
): AllocationRow {
  return {
    channel: channel.name,
    current: channel.current.toFixed(2),
    recommended: recommended.toFixed(2),
    marginalRoas,
    reason: reasonInWords(channel.name, why),
    why,
    flags: [...(channel.fitted?.flags ?? [])],
  };
}

function isBeyondData({ fitted }: PlannedChannel, dailySpend: number): boolean {
  return fitted !== null && dailySpend > fitted.largestSpendSeen * (1 + 1e-9);
}

function withExtrapolation(row: AllocationRow): AllocationRow {
  return row.flags.includes("extrapolated") ? row : { ...row, flags: [...row.flags, "extrapolated"] };
}
