import type { OptimalAllocation } from "@touchline/solver";
import type { MoveReason } from "../contract/index.ts";
import { canTellReturns, type PlannedChannel } from "./prepare-channels.ts";
import { marginalAt } from "./saturating-curve.ts";

/** Moves below this share of the total budget are none: they are smaller than what a person would act on. */
export const NO_MOVE = 1e-4;

/** A channel that keeps its spend because nothing was planned, or because nobody can tell what moving it would bring. */
export function explainStay(channel: PlannedChannel): MoveReason {
  const marginal =
    channel.curve !== null && canTellReturns(channel) ? marginalAt(channel.curve, channel.current) : null;
  return { code: channel.held ?? "unchanged", marginalNow: marginal, marginalThen: marginal, marginalPlan: null };
}

/**
 * Why a plan gives a channel what it does, from the prices of the optimum: a channel at a bound that holds it back has a
 * reduced cost, one between its bounds has none and moves until it earns what the others earn.
 * @param index the channel's place in the allocation
 */
export function explainMove(
  channel: PlannedChannel,
  allocation: Pick<OptimalAllocation, "spend" | "duals">,
  index: number,
  budget: number,
): MoveReason {
  const { reducedCost } = allocation.duals;
  // Nothing is planned with nothing to spend: a budget of 0 has no price that a channel could be compared with.
  const marginalPlan = budget > 0 ? allocation.duals.budget : null;
  const { curve, current, lower, upper, held } = channel;
  const recommended = allocation.spend[index]!;
  const isSmall = (amount: number): boolean => Math.abs(amount) <= NO_MOVE * budget;
  const move = recommended - current;
  if (curve === null || held === "locked" || (held === "unidentified" && isSmall(move))) {
    return { ...explainStay(channel), marginalPlan };
  }
  const figures = {
    marginalNow: marginalAt(curve, current),
    marginalThen: marginalAt(curve, recommended),
    marginalPlan,
  };
  const price = reducedCost[index]!;
  const tolerance = 1e-6 * Math.max(1, Math.abs(marginalPlan ?? 0));
  if (price > tolerance && upper !== null && isSmall(upper - recommended)) return { code: "at-upper", ...figures };
  if (price < -tolerance && isSmall(recommended - lower)) return { code: "at-lower", ...figures };
  if (isSmall(move)) return { code: "unchanged", ...figures };
  return { code: move > 0 ? "earns-more" : "earns-less", ...figures };
}
