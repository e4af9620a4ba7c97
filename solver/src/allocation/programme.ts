import type { Curve } from "../response/curve-families.ts";
import { type Bounds, boundsOf } from "./compile-bounds.ts";
import { type Rows, rowsOf } from "./compile-rows.ts";
import type { AllocationProblem, Limit, Objective } from "./problem.ts";

/**
 * An allocation problem as mathematics, channels by position. x is the spend, s the response that is sold:
 *
 *     maximise    sum worth_i * s_i - cost_i * x_i
 *     subject to  lower <= x <= upper,   0 <= s_i <= f_i(x_i)
 *                 every row:     sum coefficient_i * x_i  (<=, >=, =)  value
 *                 every return:  sum gain_i * s_i - cost_i * x_i  >=  value
 *                 every stock:   sum use_i * s_i  <=  value
 *
 * Without stocks all response is sold and s = f(x). Gains, uses and worths are at least 0, which makes the programme concave.
 */
export interface Programme extends Bounds, Rows {
  readonly curves: readonly Curve[];
  /** Worth of one unit of a channel's response in the objective; below 0 only where little has to be sold */
  readonly worth: Float64Array;
  /** Price of one unit of a channel's spend in the objective; below 0 where spend is what is looked for */
  readonly cost: Float64Array;
}

/** Objective of a programme: `worth` of response less `cost` of spend, channels by position. */
export type Aim = Pick<Programme, "worth" | "cost">;

/** The problem with the limits given, which may be fewer or other than its own: that is how conflicts are searched. */
export function compileProgramme(
  problem: AllocationProblem,
  objective: Objective | Aim,
  limits: readonly Limit[],
): Programme {
  const aim = "worth" in objective ? objective : aimOf(problem, objective);
  const curves = problem.channels.map(({ curve }) => curve);
  return { curves, ...aim, ...boundsOf(problem, limits), ...rowsOf(problem, limits) };
}

function aimOf({ channels }: AllocationProblem, { response_weight, spend_weight, weights }: Objective): Aim {
  return {
    worth: Float64Array.from(channels, ({ name }) => response_weight * (weights?.[name] ?? 1)),
    cost: new Float64Array(channels.length).fill(Math.max(0, -spend_weight)),
  };
}
