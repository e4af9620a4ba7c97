import { type Curve, curveSlope, curveValue, inverseSlope } from "../../response/curve-families.ts";
import type { DrawsProgramme } from "./compile-draws.ts";

/** Prices of a draws programme in the sense of its Lagrangian, see `saddleBound`. */
export interface DrawsPrices {
  /** One a row: >= 0 for "<=", <= 0 for ">=", any sign for "=" */
  readonly rows: Float64Array;
  /** One a return, >= 0 */
  readonly returns: Float64Array;
  /** How much each world counts: adds up to 1 */
  readonly worlds: Float64Array;
}

/** What the next unit of spend costs each channel, with all prices, and what its response is worth in each world. */
interface PricedChannel {
  readonly cost: number;
  readonly curve: Curve;
}

/**
 * No plan within the limits is worth more than this, whatever the prices. CVaR is the least mean over all weights of worlds
 * within [mean_share / n, mean_share / n + tail_share / (alpha n)], so any one choice of weights bounds it from above; what is
 * left is separable, and its maximum comes from one inverse slope a channel.
 * @param ceiling a spend a channel that some best plan stays within
 */
export function saddleBound(draws: DrawsProgramme, ceiling: Float64Array, prices: DrawsPrices): number {
  const { programme } = draws;
  let bound = 0;
  for (let i = 0; i < ceiling.length; i++) {
    const { cost, curve } = priceChannel(draws, prices, i);
    const x = Math.min(ceiling[i]!, Math.max(programme.lower[i]!, inverseSlope(curve, cost)));
    bound += curveValue(curve, x) - cost * x;
  }
  for (const [r, { value }] of programme.rows.entries()) bound += prices.rows[r]! * value;
  for (const [r, { value }] of programme.returns.entries()) bound -= prices.returns[r]! * value;
  return bound;
}

/** By channel, 0 between the bounds, above 0 at the upper bound and below 0 at the lower one. */
export function reducedCostsOf(draws: DrawsProgramme, spend: Float64Array, prices: DrawsPrices): Float64Array {
  return spend.map((x, i) => {
    const { cost, curve } = priceChannel(draws, prices, i);
    return curveSlope(curve, x) - cost;
  });
}

function priceChannel({ programme, draws, count }: DrawsProgramme, prices: DrawsPrices, i: number): PricedChannel {
  let cost = programme.cost[i]!;
  for (const [r, { members, coefficients }] of programme.rows.entries()) {
    const at = members.indexOf(i);
    if (at >= 0) cost += prices.rows[r]! * coefficients[at]!;
  }
  let asked = 0;
  for (const [r, row] of programme.returns.entries()) {
    asked += prices.returns[r]! * row.gain[i]!;
    cost += prices.returns[r]! * row.cost[i]!;
  }
  const worth = programme.worth[i]!;
  const parts = draws[i]!.map((curve, d) => ({ weight: worth * prices.worlds[d]! + asked / count, curve }));
  return { cost, curve: { type: "mixture", parts } };
}
