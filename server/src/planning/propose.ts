import {
  type AllocationProblem,
  allocate,
  type Limit,
  type OptimalAllocation,
  type SaturatingCurve,
} from "@touchline/solver";
import type { z } from "zod";
import {
  type AllocationRow,
  type CurveFlag,
  DAYS_PER_PERIOD,
  DEFAULT_MODEL,
  type MoveReason,
  type Period,
  type Plan,
  type ProposeInput,
} from "../contract/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { type FittedChannel, fitCurves, marginalAt, quantile, revenueAt } from "./fit-curves.ts";
import { limitInWords, reasonInWords, repairInWords } from "./words.ts";

/** Moves below this share of the total budget are none: they are smaller than what a person would act on. */
const NO_MOVE = 1e-4;
const INTERVAL_LEVEL = 0.9;
/** A plan that is not more likely to gain than this is no reason to touch anything. */
const LEAST_PROBABILITY_OF_GAIN = 0.6;

/** What the optimiser is asked, beyond budget and bounds, in the layout of a problem file. */
export type PlanLimits = z.output<typeof ProposeInput> & Partial<Pick<AllocationProblem, "objective" | "constraints">>;

interface PlannedChannel {
  readonly name: string;
  /** Null where no curve could be fitted: the channel keeps its spend. */
  readonly fitted: FittedChannel | null;
  readonly current: number;
  readonly lower: number;
  readonly upper: number | null;
  readonly isLocked: boolean;
}

/** Spend of a period seen through a curve of a day. */
function perPeriod(curve: SaturatingCurve, days: number): SaturatingCurve {
  return { ceiling: curve.ceiling * days, halfSpend: curve.halfSpend * days };
}

function requireKnownChannels(limits: PlanLimits, names: readonly string[]): void {
  for (const { channel } of limits.bounds) {
    if (!names.includes(channel)) {
      throw new UserError(
        `the limits name the channel "${channel}", which has no spend; channels are ${names.join(", ")}`,
        { exitCode: 2 },
      );
    }
  }
}

/**
 * The split of a budget that the fitted curves say brings the most credited revenue within the limits, with its proof.
 * @throws UserError when there is nothing to plan on, or a limit names an unknown channel
 */
export async function proposePlan(workspace: Workspace, limits: PlanLimits): Promise<Plan> {
  const curves = await fitCurves(workspace);
  const days = DAYS_PER_PERIOD[limits.period];
  const byName = new Map<string, { fitted: FittedChannel | null; current: number }>();
  for (const fitted of curves.channels) byName.set(fitted.channel, { fitted, current: fitted.currentSpend * days });
  for (const { channel, currentSpend } of curves.withoutCurve) {
    byName.set(channel, { fitted: null, current: currentSpend * days });
  }
  const names = [...byName.keys()].sort();
  if (names.length === 0) throw new UserError("no channel has spend: there is nothing to plan");
  requireKnownChannels(limits, names);
  const channels = names.map((name): PlannedChannel => {
    const { fitted, current } = byName.get(name)!;
    const said = limits.bounds.find(({ channel }) => channel === name);
    const isLocked = fitted === null || (said?.locked ?? false);
    if (isLocked) return { name, fitted, current, lower: current, upper: current, isLocked };
    const low = limits.maxChange === null ? 0 : Math.max(0, current * (1 - limits.maxChange));
    const high = limits.maxChange === null ? Number.POSITIVE_INFINITY : current * (1 + limits.maxChange);
    const upper = Math.min(said?.upper ?? Number.POSITIVE_INFINITY, high);
    return {
      name,
      fitted,
      current,
      lower: Math.max(said?.lower ?? 0, low),
      upper: Number.isFinite(upper) ? upper : null,
      isLocked,
    };
  });
  const today = channels.reduce((sum, { current }) => sum + current, 0);
  const budget = limits.budget ?? today;
  const problem: AllocationProblem = {
    objective: limits.objective ?? { type: "max_response", response_weight: 1, spend_weight: 0 },
    channels: channels.map(({ name, fitted, current, lower, upper }) => {
      const curve = fitted === null ? { ceiling: 0, halfSpend: 1 } : perPeriod(fitted.fit, days);
      return { name, curve: { type: "hill", beta: curve.ceiling, k: curve.halfSpend, s: 1 }, lower, upper, current };
    }),
    constraints: [
      { type: "total_spend", sense: limits.exact ? "=" : "<=", value: budget },
      ...(limits.constraints ?? []),
    ],
  };
  const frame = { budget: budget.toFixed(2), period: limits.period, currency: curves.currency, model: DEFAULT_MODEL };
  const allocation = allocate(problem);
  switch (allocation.status) {
    case "optimal":
      return describePlan(frame, channels, allocation, days, budget, today);
    case "infeasible":
      return {
        ...frame,
        status: "infeasible",
        ...unmoved(channels, days),
        shadowPrices: [],
        certificate: { gap: 0, feasibility: 0 },
        conflict: allocation.conflict.map((limit) => limitInWords(limit, limits.period)),
        repair: allocation.repairs.map((repair) => repairInWords(repair, limits.period)),
        warnings: [],
      };
    case "stopped":
      return {
        ...frame,
        status: "leave",
        ...unmoved(channels, days),
        shadowPrices: [],
        certificate: { gap: 0, feasibility: 0 },
        conflict: [],
        repair: [],
        warnings: [`No plan could be proved best (${allocation.reason}): today's split stays.`],
      };
  }
}

type Frame = Pick<Plan, "budget" | "period" | "currency" | "model">;

function curveOf({ fitted }: PlannedChannel, days: number): SaturatingCurve | null {
  return fitted === null ? null : perPeriod(fitted.fit, days);
}

function totalRevenue(channels: readonly PlannedChannel[], spend: ArrayLike<number>, days: number): number {
  return channels.reduce((sum, channel, i) => {
    const curve = curveOf(channel, days);
    return sum + (curve === null ? 0 : revenueAt(curve, spend[i]!));
  }, 0);
}

/** Gain of a split over today's, for every draw of the curves. */
function drawnGains(channels: readonly PlannedChannel[], spend: ArrayLike<number>, days: number): number[] {
  const draws = Math.min(...channels.flatMap(({ fitted }) => (fitted === null ? [] : [fitted.fit.draws.length])));
  if (!Number.isFinite(draws)) return [];
  return Array.from({ length: draws }, (_, draw) =>
    channels.reduce((sum, { fitted, current }, i) => {
      if (fitted === null) return sum;
      const curve = perPeriod(fitted.fit.draws[draw]!, days);
      return sum + revenueAt(curve, spend[i]!) - revenueAt(curve, current);
    }, 0),
  );
}

function row(channel: PlannedChannel, recommended: number, why: MoveReason, marginal: number | null): AllocationRow {
  const flags: CurveFlag[] = [...(channel.fitted?.flags ?? [])];
  return {
    channel: channel.name,
    current: channel.current.toFixed(2),
    recommended: recommended.toFixed(2),
    marginalRoas: marginal,
    reason: reasonInWords(channel.name, why),
    why,
    flags,
  };
}

/** Today's split, as the answer where nothing should or can be moved. */
function unmoved(channels: readonly PlannedChannel[], days: number): Pick<Plan, "allocation" | "expected"> {
  const revenue = totalRevenue(
    channels,
    channels.map(({ current }) => current),
    days,
  );
  return {
    allocation: channels.map((channel) => {
      const curve = curveOf(channel, days);
      const marginal = curve === null ? null : marginalAt(curve, channel.current);
      const code = channel.fitted === null ? "no-curve" : channel.isLocked ? "locked" : "unchanged";
      return row(
        channel,
        channel.current,
        { code, marginalNow: marginal, marginalThen: marginal, marginalPlan: null },
        marginal,
      );
    }),
    expected: { revenue, revenueAtCurrent: revenue, interval: null, probabilityOfGain: null },
  };
}

function whyMoved(
  channel: PlannedChannel,
  recommended: number,
  allocation: OptimalAllocation,
  index: number,
  days: number,
  budget: number,
): MoveReason {
  const curve = curveOf(channel, days);
  const figures = {
    marginalNow: curve === null ? null : marginalAt(curve, channel.current),
    marginalThen: curve === null ? null : marginalAt(curve, recommended),
    marginalPlan: allocation.duals.budget,
  };
  if (channel.fitted === null) return { code: "no-curve", ...figures };
  if (channel.isLocked) return { code: "locked", ...figures };
  const tolerance = 1e-6 * Math.max(1, Math.abs(allocation.duals.budget ?? 0));
  const price = allocation.duals.reducedCost[index]!;
  if (price > tolerance && channel.upper !== null && channel.upper - recommended < NO_MOVE * budget)
    return { code: "at-upper", ...figures };
  if (price < -tolerance && recommended - channel.lower < NO_MOVE * budget) return { code: "at-lower", ...figures };
  const move = recommended - channel.current;
  if (Math.abs(move) < NO_MOVE * budget) return { code: "unchanged", ...figures };
  return { code: move > 0 ? "earns-more" : "earns-less", ...figures };
}

function describePlan(
  frame: Frame,
  channels: readonly PlannedChannel[],
  allocation: OptimalAllocation,
  days: number,
  budget: number,
  today: number,
): Plan {
  const { spend, certificate } = allocation;
  const gains = drawnGains(channels, spend, days);
  const probabilityOfGain = gains.length === 0 ? null : gains.filter((gain) => gain > 0).length / gains.length;
  const tail = (1 - INTERVAL_LEVEL) / 2;
  const moved = channels.some(({ current }, i) => Math.abs(spend[i]! - current) > NO_MOVE * budget);
  const todayIsAllowed =
    today <= budget * (1 + 1e-9) &&
    channels.every(
      ({ current, lower, upper }) =>
        current >= lower - 1e-9 * budget && (upper === null || current <= upper + 1e-9 * budget),
    );
  const unconvincing = probabilityOfGain !== null && probabilityOfGain < LEAST_PROBABILITY_OF_GAIN;
  if (todayIsAllowed && (!moved || unconvincing)) {
    const reason = moved
      ? `The best split found gains with a probability of only ${Math.round(probabilityOfGain! * 100)} %: today's split stays.`
      : "Today's split is already the best one within these limits.";
    return {
      ...frame,
      status: "leave",
      ...unmoved(channels, days),
      shadowPrices: priceList(allocation, frame.period),
      certificate: { gap: certificate.gap, feasibility: certificate.feasibility },
      conflict: [],
      repair: [],
      warnings: [reason],
    };
  }
  const amounts = roundedToCents(spend, budget);
  const rows = channels.map((channel, i) => {
    const described = row(
      channel,
      amounts[i]!,
      whyMoved(channel, spend[i]!, allocation, i, days, budget),
      channel.fitted === null ? null : allocation.marginal[i]!,
    );
    const isBeyond = channel.fitted !== null && spend[i]! / days > channel.fitted.largestSpendSeen * (1 + 1e-9);
    return isBeyond && !described.flags.includes("extrapolated")
      ? { ...described, flags: [...described.flags, "extrapolated" as const] }
      : described;
  });
  const beyond = rows.filter(({ flags }) => flags.includes("extrapolated")).map(({ channel }) => channel);
  return {
    ...frame,
    status: "optimal",
    allocation: rows,
    expected: {
      revenue: totalRevenue(channels, spend, days),
      revenueAtCurrent: totalRevenue(
        channels,
        channels.map(({ current }) => current),
        days,
      ),
      interval:
        gains.length === 0
          ? null
          : { level: INTERVAL_LEVEL, low: quantile(gains, tail), high: quantile(gains, 1 - tail) },
      probabilityOfGain,
    },
    shadowPrices: priceList(allocation, frame.period),
    certificate: { gap: certificate.gap, feasibility: certificate.feasibility },
    conflict: [],
    repair: [],
    warnings:
      beyond.length === 0
        ? []
        : [`${beyond.join(", ")}: more than was ever spent on a day; the curve is extrapolated there.`],
  };
}

/** Whole cents by largest remainder, so that the amounts add up to what the plan spends and never beyond the budget. */
function roundedToCents(spend: Float64Array, budget: number): number[] {
  const cents = Array.from(spend, (value) => value * 100);
  const floors = cents.map((value) => Math.floor(value + 1e-6));
  const total = Math.min(Math.round(cents.reduce((sum, value) => sum + value, 0)), Math.round(budget * 100));
  const left = Math.max(0, total - floors.reduce((sum, value) => sum + value, 0));
  const order = cents.map((_, i) => i).sort((a, b) => cents[b]! - floors[b]! - (cents[a]! - floors[a]!) || a - b);
  for (const i of order.slice(0, left)) floors[i]!++;
  return floors.map((value) => value / 100);
}

function priceList(allocation: OptimalAllocation, period: Period): Plan["shadowPrices"] {
  return allocation.binding
    .filter(({ price }) => Math.abs(price) > 1e-9)
    .map(({ limit, channel, price }) => ({
      constraint: constraintName(limit, channel, period),
      price,
      unit: "revenue per unit of spend",
    }));
}

function constraintName(limit: Limit, channel: string | undefined, period: Period): string {
  const words = limitInWords(limit, period);
  return channel !== undefined && limit.type === "change_limit_pct" ? `${channel}: ${words}` : words;
}
