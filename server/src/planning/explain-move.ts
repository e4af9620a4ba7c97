import type { AllocationProblem, OptimalAllocation } from "@touchline/solver";
import type { MoveReason, PlanLimit } from "../contract/index.ts";
import { canTellReturns, type PlannedChannel } from "./prepare-channels.ts";
import { asPlanLimit, pricedLimit } from "./price-limits.ts";
import { marginalAt, revenueAt } from "./revenue-curve.ts";

/** Moves below this share of the total budget are none: they are smaller than what a person would act on. */
export const NO_MOVE = 1e-4;

/** A channel that keeps its spend because nothing was planned, or because nobody can tell what moving it would bring. */
export function explainStay(channel: PlannedChannel, worth = 1): MoveReason {
  const marginal =
    channel.curve !== null && canTellReturns(channel)
      ? finite(worth * marginalAt(channel.curve, channel.current))
      : null;
  return {
    ...{ code: channel.held ?? "unchanged", marginalNow: marginal, marginalThen: marginal, marginalPlan: null },
    ...{ averageOfMove: null, stop: null },
  };
}

/** An optimum and the problem that it is one of. */
export interface Optimum {
  readonly channels: readonly PlannedChannel[];
  readonly problem: AllocationProblem;
  readonly allocation: OptimalAllocation;
  readonly budget: number;
}

/**
 * Why a plan gives a channel what it does, from the prices of the optimum: a channel at a bound that holds it back has a
 * reduced cost, one between its bounds has none and moves until it earns what the others earn.
 * @param index the channel's place in the allocation
 */
export function explainMove(channel: PlannedChannel, index: number, optimum: Optimum): MoveReason {
  const { problem, allocation, budget } = optimum;
  const { curve, current, lower, upper, held, name } = channel;
  const worth = problem.objective.weights?.[name] ?? 1;
  // Nothing is planned with nothing to spend: a budget of 0 has no price that a channel could be compared with.
  const marginalPlan = budget > 0 ? levelOf(optimum) : null;
  const recommended = allocation.spend[index]!;
  const isSmall = (amount: number): boolean => Math.abs(amount) <= NO_MOVE * budget;
  const move = recommended - current;
  if (curve === null || held === "locked" || (held !== null && isSmall(move))) {
    return { ...explainStay(channel, worth), marginalPlan };
  }
  const figures = {
    marginalNow: finite(worth * marginalAt(curve, current)),
    marginalThen: finite(worth * marginalAt(curve, recommended)),
    marginalPlan,
    averageOfMove: isSmall(move) ? null : (worth * (revenueAt(curve, recommended) - revenueAt(curve, current))) / move,
  };
  const { asked } = channel;
  if (held === null && asked.upper !== null && asked.lower === asked.upper)
    return { code: "fixed", ...figures, stop: null };
  const stop = stopOf(name, optimum);
  const own = problem.channels[index]!;
  if (own.minimumIfOn !== undefined && recommended === 0) {
    const limit = { type: "minimum_if_on", channel: name, value: own.minimumIfOn } as const;
    return { code: isSmall(move) ? "unchanged" : "off", ...figures, stop: isSmall(move) ? null : limit };
  }
  const price = allocation.duals.reducedCost[index]!;
  const tolerance = 1e-6 * Math.max(1, Math.abs(marginalPlan ?? 0));
  if (price > tolerance && upper !== null && isSmall(upper - recommended))
    return { code: "at-upper", ...figures, stop };
  if (price < -tolerance && isSmall(recommended - lower)) return { code: "at-lower", ...figures, stop };
  if (isSmall(move)) return { code: "unchanged", ...figures, stop };
  return { code: move > 0 ? "earns-more" : "earns-less", ...figures, stop };
}

/** What the next unit of money brings in the channels that are free to move, gross of what the objective counts spend as. */
function levelOf({ problem, allocation }: Optimum): number | null {
  const { objective, constraints } = problem;
  const { budget, multiplier } = allocation.duals;
  if (objective.type === "min_spend") return multiplier === null || multiplier <= 0 ? null : 1 / multiplier;
  if (budget === null && objective.spend_weight === 0) return null;
  const floor = constraints.find(({ type }) => type === "blended_roas_floor");
  const roas = floor !== undefined && "value" in floor ? { price: multiplier ?? 0, floor: floor.value } : null;
  const cost = (budget ?? 0) - objective.spend_weight + (roas === null ? 0 : roas.price * roas.floor);
  return cost / (objective.response_weight + (roas?.price ?? 0));
}

/** The limit that holds a channel: one on itself, or a binding one that it shares with some others but not with all. */
function stopOf(channel: string, { problem, allocation, channels }: Optimum): PlanLimit | null {
  const own = allocation.binding.find((each) => each.channel === channel);
  if (own !== undefined) return pricedLimit(own, channels);
  const shared = allocation.binding.find(({ limit, price }) => price !== 0 && sharesLimit(problem, limit, channel));
  return shared === undefined ? null : asPlanLimit(shared.limit, channels);
}

type Binding = OptimalAllocation["binding"][number]["limit"];

function sharesLimit({ constraints }: AllocationProblem, limit: Binding, channel: string): boolean {
  // What the plan settles at knows nothing of a ceiling on conversions, also where it is one of all channels.
  if (limit.type === "cpa_ceiling") return limit.members?.includes(channel) ?? true;
  const name = "group" in limit ? limit.group : "name" in limit ? limit.name : null;
  if (name === null) return false;
  const constraint = constraints.find((each) => "name" in each && each.name === name);
  if (constraint === undefined) return false;
  if ("members" in constraint) return constraint.members?.includes(channel) ?? false;
  if (constraint.type === "response_cap") return (constraint.perResponse[channel] ?? 0) !== 0;
  if (constraint.type === "contact_cap") return (constraint.touches[channel] ?? 0) !== 0;
  return constraint.type === "weighted_spend" && (constraint.weights[channel] ?? 0) !== 0;
}

/** A power curve has no finite slope at 0, and no figure stands for it. */
function finite(slope: number): number | null {
  return Number.isFinite(slope) ? slope : null;
}
