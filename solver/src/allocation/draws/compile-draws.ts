import { type Curve, curveValue } from "../../response/curve-families.ts";
import { type AllocationProblem, limitsOf } from "../problem.ts";
import { compileProgramme, type Programme } from "../programme.ts";
import type { DrawsProblem } from "./problem.ts";

/**
 * Uncertain curves as mathematics: worlds d of equal chance, f_id the curve of channel i in world d,
 *
 *     maximise    mean_share * mean(g) + tail_share * CVaR(g) - sum cost_i * x_i,    g_d = base_d + sum worth_i * f_id(x_i)
 *     subject to  the limits of `programme`, whose curves are the means over the worlds
 */
export interface DrawsProgramme {
  readonly programme: Programme;
  readonly draws: readonly (readonly Curve[])[];
  readonly count: number;
  /** What every plan brings in each world anyway: worth of the channels whose spend is settled */
  readonly base: Float64Array;
  readonly meanShare: number;
  readonly tailShare: number;
  readonly alpha: number;
}

/** The same problem with each channel's mean curve: the whole truth for the mean, and for every limit. */
export function meanProblemOf({ objective, channels, constraints }: DrawsProblem): AllocationProblem {
  const { response_weight = 1, spend_weight = 0, weights } = objective;
  return {
    objective: { type: "max_response", response_weight, spend_weight, ...(weights === undefined ? {} : { weights }) },
    channels: channels.map(({ name, draws, lower, upper, current }) => ({
      name,
      curve: meanCurve(draws),
      lower,
      upper,
      current,
    })),
    constraints,
  };
}

export function compileDraws(problem: DrawsProblem, mean: AllocationProblem): DrawsProgramme {
  const { caution, alpha } = cautionOf(problem);
  const count = drawCount(problem);
  return {
    programme: compileProgramme(mean, mean.objective, limitsOf(mean)),
    draws: problem.channels.map(({ draws }) => draws),
    count,
    base: new Float64Array(count),
    meanShare: 1 - caution,
    tailShare: caution,
    alpha,
  };
}

/**
 * CVaR of all worlds is their mean: no caution at all. Less than one world is the worst of them, which is the same plan in
 * numbers that stay near 1.
 */
export function cautionOf(problem: DrawsProblem): { caution: number; alpha: number } {
  const { objective } = problem;
  if (objective.type === "mean_of_draws") return { caution: 0, alpha: 1 };
  const alpha = Math.max(objective.alpha, 1 / drawCount(problem));
  if (alpha >= 1) return { caution: 0, alpha: 1 };
  return { caution: objective.type === "cautious" ? objective.caution : 1, alpha };
}

function drawCount({ channels }: DrawsProblem): number {
  return channels[0]?.draws.length ?? 0;
}

function meanCurve(draws: readonly Curve[]): Curve {
  if (draws.length === 1) return draws[0]!;
  return { type: "mixture", parts: draws.map((curve) => ({ weight: 1 / draws.length, curve })) };
}

/**
 * The same programme without some channels, whose spend is settled at their lower bounds.
 * @param free positions of the channels that stay
 */
export function withoutSettled(draws: DrawsProgramme, free: readonly number[]): DrawsProgramme {
  const { programme } = draws;
  const { lower } = programme;
  const settled = [...lower.keys()].filter((i) => !free.includes(i));
  const base = Float64Array.from(draws.base);
  for (const i of settled)
    for (const [d, curve] of draws.draws[i]!.entries()) base[d]! += programme.worth[i]! * curveValue(curve, lower[i]!);
  const kept = (numbers: Float64Array) => Float64Array.from(free, (i) => numbers[i]!);
  return {
    ...draws,
    base,
    draws: free.map((i) => draws.draws[i]!),
    programme: {
      ...programme,
      curves: free.map((i) => programme.curves[i]!),
      worth: kept(programme.worth),
      cost: kept(programme.cost),
      lower: kept(lower),
      upper: kept(programme.upper),
      rows: programme.rows.map((row) => {
        const members = row.members.flatMap((i, t) => (free.includes(i) ? [t] : []));
        const taken = row.members.reduce(
          (sum, i, t) => sum + (free.includes(i) ? 0 : row.coefficients[t]! * lower[i]!),
          0,
        );
        return {
          ...row,
          members: members.map((t) => free.indexOf(row.members[t]!)),
          coefficients: members.map((t) => row.coefficients[t]!),
          value: row.value - taken,
        };
      }),
      returns: programme.returns.map((row) => {
        const taken = settled.reduce(
          (sum, i) => sum + row.gain[i]! * curveValue(programme.curves[i]!, lower[i]!) - row.cost[i]! * lower[i]!,
          0,
        );
        return { ...row, gain: kept(row.gain), cost: kept(row.cost), value: row.value - taken };
      }),
    },
  };
}
