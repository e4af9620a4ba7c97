import { type AllocationProblem, allocate } from "@touchline/solver";
import { DEFAULT_MODEL, type Plan } from "../contract/index.ts";
import { describeConflict, describeOptimum, describeStop } from "./describe-plan.ts";
import type { FittedCurves } from "./fit-curves.ts";
import { type PlanLimits, type PreparedChannels, prepareChannels } from "./prepare-channels.ts";

/** A channel without a curve is held: what it brings cannot be told and stays out of the sum. */
const NO_RESPONSE = { ceiling: 0, halfSpend: 1 };

/**
 * The split of a budget that the fitted curves say brings the most within the limits, with its proof. Pure: the same
 * curves and limits give the same plan.
 * @throws UserError when there is nothing to plan on, or a limit names an unknown channel
 * Law: a channel whose spend hardly varied keeps it, unless its own bounds or the total say otherwise.
 */
export function planSplit(
  curves: Pick<FittedCurves, "currency" | "channels" | "withoutCurve">,
  limits: PlanLimits,
): Plan {
  const prepared = prepareChannels(curves, limits);
  const problem = prepareProblem(prepared, limits);
  const frame = {
    budget: prepared.budget.toFixed(2),
    period: limits.period,
    currency: curves.currency,
    model: DEFAULT_MODEL,
  };
  const allocation = allocate(problem);
  switch (allocation.status) {
    case "optimal":
      return describeOptimum(frame, prepared, problem, allocation);
    case "infeasible":
      return describeConflict(frame, prepared.channels, allocation);
    case "stopped":
      return describeStop(frame, prepared.channels, allocation);
  }
}

function prepareProblem({ channels, budget }: PreparedChannels, limits: PlanLimits): AllocationProblem {
  return {
    objective: limits.objective ?? { type: "max_response", response_weight: 1, spend_weight: 0 },
    channels: channels.map(({ name, curve, current, asked }) => {
      const { ceiling, halfSpend } = curve ?? NO_RESPONSE;
      return { name, curve: { type: "hill", beta: ceiling, k: halfSpend, s: 1 }, ...asked, current };
    }),
    constraints: [
      { type: "total_spend", sense: limits.exact ? "=" : "<=", value: budget },
      ...(limits.maxChange === null ? [] : [{ type: "change_limit_pct" as const, value: limits.maxChange * 100 }]),
      ...(limits.constraints ?? []),
    ],
  };
}
