import type { Curve } from "../../response/curve-families.ts";
import type { OptimalAllocation } from "../allocate.ts";
import type { Constraint } from "../problem.ts";

/** What is to be planned when the curves are uncertain: every channel with as many draws of its curve as the others. */
export interface DrawsProblem {
  readonly objective: DrawsObjective;
  readonly channels: readonly DrawnChannel[];
  /** Limits on response hold for the mean of the draws */
  readonly constraints: readonly Constraint[];
}

/**
 * Draw d of all channels together is one possible world. A plan is worth the mean over the worlds (mean_of_draws), the mean of
 * the worst `alpha` share of them (cvar_of_draws, CVaR), or what lies between: mean - caution * (mean - CVaR).
 */
export type DrawsObjective = DrawsAim & {
  /** above 0, 1 where absent */
  readonly response_weight?: number;
  /** at most 0, 0 where absent */
  readonly spend_weight?: number;
  /** By channel, worth of one unit of its response; 1 where absent */
  readonly weights?: Readonly<Record<string, number>>;
};

type DrawsAim =
  | { readonly type: "mean_of_draws" }
  /** alpha in (0, 1]; alpha times the number of draws need not be whole */
  | { readonly type: "cvar_of_draws"; readonly alpha: number }
  /** caution from 0 (the mean) to 1 (CVaR) */
  | { readonly type: "cautious"; readonly alpha: number; readonly caution: number };

export interface DrawnChannel {
  readonly name: string;
  /** One concave curve a world, of any families */
  readonly draws: readonly Curve[];
  readonly lower: number;
  /** null: no upper bound */
  readonly upper: number | null;
  readonly current: number | null;
}

/** The best plan; `response` and `marginal` are means over the worlds. */
export interface OptimalDrawsAllocation extends OptimalAllocation {
  readonly spread: Spread;
  /** How much each world counts in the objective: 1 / draws each for the mean, more for the bad worlds of a cautious plan */
  readonly drawWeights: Float64Array;
}

/** What the plan brings over the worlds: response, weighted by the worth of each channel's. */
export interface Spread {
  readonly mean: number;
  /** Standard deviation of a sample; 0 for a single draw */
  readonly sd: number;
  readonly p10: number;
  readonly p90: number;
  /** Mean of the worst fifth */
  readonly cvar20: number;
}
