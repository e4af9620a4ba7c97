import { curveValue, inverseSlope } from "../response/curve-families.ts";
import type { Programme } from "./programme.ts";

/**
 * Prices of the limits, in the sense of the Lagrangian
 *
 *     L = w * sum f - c * sum x - sum_r rows_r * (sum of row r's members - value_r) + roas * (sum f - R * sum x)
 *
 * A price is >= 0 for a "<=" row and for the ROAS floor, <= 0 for a ">=" row, of any sign for "=".
 */
export interface Multipliers {
  readonly rows: Float64Array;
  readonly roas: number;
}

export interface DualBound {
  readonly bound: number;
  /** The spend of each channel at which the bound is taken: the optimal plan itself once the prices are right */
  readonly spend: Float64Array;
}

/**
 * An upper bound on the optimum, whatever the prices are (weak duality), from one closed-form maximum a channel.
 * It owes nothing to the linear programme: a wrong answer of the solver can make it loose, never wrong.
 * @param ceiling a spend a channel that some optimal plan stays within, so that the bound stays finite
 */
export function dualBound(programme: Programme, ceiling: Float64Array, prices: Multipliers): DualBound {
  const { curves, lower, rows, responseWeight } = programme;
  const weight = responseWeight + prices.roas;
  const costs = unitCosts(programme, prices);
  const spend = new Float64Array(curves.length);
  let bound = 0;
  for (const [i, curve] of curves.entries()) {
    const best = inverseSlope(curve, costs[i]! / weight);
    const x = Math.min(ceiling[i]!, Math.max(lower[i]!, best));
    spend[i] = x;
    bound += weight * curveValue(curve, x) - costs[i]! * x;
  }
  for (const [r, row] of rows.entries()) bound += prices.rows[r]! * row.value;
  return { bound, spend };
}

/** What one more unit of spend in each channel costs, all prices included. */
export function unitCosts({ curves, rows, spendCost, roasFloor }: Programme, prices: Multipliers): Float64Array {
  const costs = new Float64Array(curves.length).fill(spendCost + prices.roas * roasFloor);
  for (const [r, row] of rows.entries()) for (const i of row.members) costs[i]! += prices.rows[r]!;
  return costs;
}

export function objectiveValue({ curves, responseWeight, spendCost }: Programme, spend: Float64Array): number {
  let value = 0;
  for (const [i, curve] of curves.entries())
    value += responseWeight * curveValue(curve, spend[i]!) - spendCost * spend[i]!;
  return value;
}

/**
 * The worst breach of any limit, each measured against its own size (a budget by the budget, a ROAS floor by the
 * return it asks for). 0 for a plan that keeps every limit.
 */
export function violation({ curves, lower, upper, rows, roasFloor }: Programme, spend: Float64Array): number {
  let total = 0;
  for (const x of spend) total += x;
  const relative = (excess: number, size: number) =>
    excess <= 0 ? 0 : excess / (size > 0 ? size : total > 0 ? total : 1);
  let worst = 0;
  for (const [i, x] of spend.entries())
    worst = Math.max(worst, relative(lower[i]! - x, lower[i]!), relative(x - upper[i]!, upper[i]!));
  for (const row of rows) {
    let sum = 0;
    for (const i of row.members) sum += spend[i]!;
    if (row.sense !== ">=") worst = Math.max(worst, relative(sum - row.value, row.value));
    if (row.sense !== "<=") worst = Math.max(worst, relative(row.value - sum, row.value));
  }
  if (roasFloor > 0) {
    let response = 0;
    for (const [i, curve] of curves.entries()) response += curveValue(curve, spend[i]!);
    worst = Math.max(worst, relative(roasFloor * total - response, roasFloor * total));
  }
  return worst;
}

/** Gap between a bound and a value, relative to the value, or to a thousandth of the turnover where the value nearly cancels. */
export function relativeGap(programme: Programme, spend: Float64Array, bound: number): number {
  const value = objectiveValue(programme, spend);
  let turnover = 0;
  for (const [i, curve] of programme.curves.entries())
    turnover += programme.responseWeight * curveValue(curve, spend[i]!) + programme.spendCost * spend[i]!;
  const size = Math.max(Math.abs(value), turnover / 1000);
  return bound === value ? 0 : (bound - value) / (size > 0 ? size : 1);
}
