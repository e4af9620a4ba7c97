import type { AllocationProblem, OptimalAllocation } from "@touchline/solver";
import { LEAST_PROBABILITY_OF_GAIN } from "../contract/index.ts";
import { NO_MOVE } from "./explain-move.ts";
import { keepsLimits } from "./keeps-limits.ts";
import type { PreparedChannels } from "./prepare-channels.ts";
import { revenueAt } from "./revenue-curve.ts";
import { type SplitWorth, shareOfGains } from "./split-worth.ts";
import type { UnwordedWarning } from "./words.ts";

/**
 * Today's split stays where it is allowed and the optimum is the same, or not convincingly better by the objective.
 * @param gains of the optimum over today's split, one a draw of the curves
 */
export function reasonToLeave(
  { channels, budget }: Pick<PreparedChannels, "channels" | "budget">,
  problem: AllocationProblem,
  { spend }: Pick<OptimalAllocation, "spend">,
  gains: readonly SplitWorth[],
): UnwordedWarning | null {
  if (channels.every(({ curve }) => curve === null)) return { code: "nothing-to-plan" };
  const today = channels.map(({ current }) => current);
  const revenues = channels.map(({ curve, current }) => (curve === null ? 0 : revenueAt(curve, current)));
  if (!keepsLimits(problem, today, revenues)) return null;
  if (channels.every(({ current }, i) => Math.abs(spend[i]! - current) <= NO_MOVE * budget))
    return { code: "already-best" };
  const probability = shareOfGains(gains.map(({ objective }) => objective));
  return probability !== null && probability < LEAST_PROBABILITY_OF_GAIN ? { code: "unconvincing", probability } : null;
}
