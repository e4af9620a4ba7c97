import { meanOf } from "../../mean-of.ts";
import { quantile } from "../../quantile.ts";
import { curveValue } from "../../response/curve-families.ts";
import type { DrawsProblem, Spread } from "./problem.ts";

/** What a plan brings in each world, weighted by the worth of each channel's response. */
export function responseByDraw({ channels, objective }: DrawsProblem, spend: Float64Array): Float64Array {
  const total = new Float64Array(channels[0]?.draws.length ?? 0);
  for (const [i, { name, draws }] of channels.entries()) {
    const worth = objective.weights?.[name] ?? 1;
    for (const [d, curve] of draws.entries()) total[d]! += worth * curveValue(curve, spend[i]!);
  }
  return total;
}

export function spreadOf(outcomes: Float64Array): Spread {
  const mean = meanOf(outcomes);
  let squares = 0;
  for (const outcome of outcomes) squares += (outcome - mean) ** 2;
  return {
    mean,
    sd: outcomes.length > 1 ? Math.sqrt(squares / (outcomes.length - 1)) : 0,
    p10: quantile(outcomes, 0.1),
    p90: quantile(outcomes, 0.9),
    cvar20: meanOfWorst(outcomes, 0.2),
  };
}

/**
 * CVaR: the mean of the worst `alpha` share, of which the last outcome may count in part.
 * Source: Rockafellar and Uryasev 2000, "Optimization of conditional value-at-risk".
 * Laws: alpha = 1 gives the mean; it never exceeds the mean.
 */
export function meanOfWorst(outcomes: Float64Array, alpha: number): number {
  const sorted = Float64Array.from(outcomes).sort();
  const count = alpha * sorted.length;
  let sum = 0;
  for (const [d, outcome] of sorted.entries()) sum += Math.max(0, Math.min(1, count - d)) * outcome;
  return sum / count;
}
