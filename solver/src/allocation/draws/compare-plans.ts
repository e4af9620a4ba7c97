import { quantile } from "../../quantile.ts";
import type { DrawsProblem } from "./problem.ts";
import { responseByDraw } from "./spread.ts";

/** How a plan compares with today's spend over the worlds, objective against objective. */
export interface PlanComparison {
  /** Share of the worlds in which the plan brings more; a world that cannot tell them apart counts half */
  readonly probabilityOfGain: number;
  readonly meanGain: number;
  /** Gain over the worlds between the quantiles (1 - level) / 2 and (1 + level) / 2 */
  readonly interval: { readonly level: number; readonly low: number; readonly high: number };
}

/**
 * World by world, because both plans live in the same one: comparing two intervals instead would overstate the doubt.
 * @param today spend by channel, in the problem's order
 */
export function comparePlans(
  problem: DrawsProblem,
  plan: Float64Array,
  today: Float64Array,
  level = 0.9,
): PlanComparison {
  const { response_weight = 1, spend_weight = 0 } = problem.objective;
  const after = responseByDraw(problem, plan);
  const before = responseByDraw(problem, today);
  let cost = 0;
  for (const [i, spend] of plan.entries()) cost += spend_weight * (spend - today[i]!);
  const gains = after.map((response, d) => response_weight * (response - before[d]!) + cost);
  let won = 0;
  let sum = 0;
  for (const [d, gain] of gains.entries()) {
    // Differences at the last digit are none
    const tie = Math.abs(gain) <= 1e-12 * (Math.abs(after[d]!) + Math.abs(before[d]!));
    won += tie ? 0.5 : Number(gain > 0);
    sum += gain;
  }
  return {
    probabilityOfGain: won / gains.length,
    meanGain: sum / gains.length,
    interval: { level, low: quantile(gains, (1 - level) / 2), high: quantile(gains, (1 + level) / 2) },
  };
}
