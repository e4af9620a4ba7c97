import { curveValue, inverseSlope } from "../response/curve-families.ts";
import type { Programme } from "./programme.ts";

/**
 * Prices of the limits, in the sense of the Lagrangian
 *
 *     L = sum worth * s - cost * x - sum_r rows_r * (row r at x - value_r)
 *         + sum_k returns_k * (return k at x, s - value_k) - sum_q stocks_q * (stock q at s - value_q)
 *
 * A price is >= 0 for a "<=" row, a return and a stock, <= 0 for a ">=" row, of any sign for "=".
 */
export interface Multipliers {
  readonly rows: Float64Array;
  readonly returns: Float64Array;
  readonly stocks: Float64Array;
}

/** What is spent, and what is sold of the response to it, by channel. */
export interface Plan {
  readonly spend: Float64Array;
  readonly sold: Float64Array;
}

/** What one more unit of each channel's response and spend is worth and costs, all prices included. */
export interface UnitPrices {
  readonly weight: Float64Array;
  readonly cost: Float64Array;
}

/** With weights of at least 0: response that is worth less than the stock it takes is not sold. */
export function unitPrices(programme: Programme, prices: Multipliers): UnitPrices {
  const { weight, cost } = signedUnitPrices(programme, prices);
  return { weight: weight.map((one) => Math.max(0, one)), cost };
}

export function signedUnitPrices(programme: Programme, prices: Multipliers): UnitPrices {
  const weight = Float64Array.from(programme.worth);
  const cost = Float64Array.from(programme.cost);
  for (const [r, { members, coefficients }] of programme.rows.entries())
    for (const [t, i] of members.entries()) cost[i]! += prices.rows[r]! * coefficients[t]!;
  for (const [k, row] of programme.returns.entries()) {
    const price = prices.returns[k]!;
    if (price === 0) continue;
    for (let i = 0; i < weight.length; i++) {
      weight[i]! += price * row.gain[i]!;
      cost[i]! += price * row.cost[i]!;
    }
  }
  for (const [q, { use }] of programme.stocks.entries())
    for (let i = 0; i < weight.length; i++) weight[i]! -= prices.stocks[q]! * use[i]!;
  return { weight, cost };
}

export interface DualBound {
  readonly bound: number;
  /** The spend of each channel at which the bound is taken: the optimal plan itself once the prices are right */
  readonly spend: Float64Array;
}

/**
 * An upper bound on the optimum, whatever the prices are (weak duality), from one closed-form maximum a channel.
 * It owes nothing to the linear programme: a wrong answer of the solver can make it loose, never wrong.
 * @param ceiling a spend a channel that some optimal plan stays within; Infinity where none is known, and a price that
 *   would have the channel spend without end then bounds nothing
 */
export function dualBound(programme: Programme, ceiling: Float64Array, prices: Multipliers): DualBound {
  const { curves, lower } = programme;
  const { weight, cost } = unitPrices(programme, prices);
  const spend = new Float64Array(curves.length);
  let bound = 0;
  for (const [i, curve] of curves.entries()) {
    const x = Math.min(ceiling[i]!, Math.max(lower[i]!, bestSpend(curve, weight[i]!, cost[i]!)));
    spend[i] = x;
    bound += x === Number.POSITIVE_INFINITY ? x : weight[i]! * curveValue(curve, x) - cost[i]! * x;
  }
  for (const [r, row] of programme.rows.entries()) bound += prices.rows[r]! * row.value;
  for (const [k, row] of programme.returns.entries()) bound -= prices.returns[k]! * row.value;
  for (const [q, row] of programme.stocks.entries()) bound += prices.stocks[q]! * row.value;
  return { bound, spend };
}

/** The spend that maximises weight * f(x) - cost * x; Infinity where every further unit gains. */
export function bestSpend(curve: Programme["curves"][number], weight: number, cost: number): number {
  if (weight > 0) return inverseSlope(curve, cost / weight);
  return cost < 0 ? Number.POSITIVE_INFINITY : 0;
}

export function objectiveValue({ worth, cost }: Programme, { spend, sold }: Plan): number {
  let value = 0;
  for (const [i, x] of spend.entries()) value += worth[i]! * sold[i]! - cost[i]! * x;
  return value;
}

/**
 * The worst breach of any limit, each measured against its own size (a budget by the budget, a ROAS floor by the
 * return it asks for). 0 for a plan that keeps every limit.
 */
export function violation(programme: Programme, { spend, sold }: Plan): number {
  const { lower, upper, rows, returns, stocks } = programme;
  const total = spend.reduce((sum, x) => sum + x, 0);
  const relative = (excess: number, size: number) =>
    excess <= 0 ? 0 : excess / (size > 0 ? size : total > 0 ? total : 1);
  let worst = 0;
  for (const [i, x] of spend.entries())
    worst = Math.max(worst, relative(lower[i]! - x, lower[i]!), relative(x - upper[i]!, upper[i]!));
  for (const row of rows) {
    const { sum, size } = rowAt(row, spend);
    if (row.sense !== ">=") worst = Math.max(worst, relative(sum - row.value, size));
    if (row.sense !== "<=") worst = Math.max(worst, relative(row.value - sum, size));
  }
  for (const row of returns) {
    const { gained, asked, size } = returnAt(row, spend, sold);
    worst = Math.max(worst, relative(asked - gained, size));
  }
  for (const { use, value } of stocks) {
    const used = use.reduce((sum, one, i) => sum + one * sold[i]!, 0);
    worst = Math.max(worst, relative(used - value, value));
  }
  return worst;
}

/** What a row adds up to, and the size that a breach of it is measured by: its value, or its terms where they cancel. */
export function rowAt(row: Programme["rows"][number], spend: Float64Array): { sum: number; size: number } {
  let sum = 0;
  let turnover = 0;
  for (const [t, i] of row.members.entries()) {
    const term = row.coefficients[t]! * spend[i]!;
    sum += term;
    turnover += Math.abs(term);
  }
  return { sum, size: row.coefficients.some((one) => one < 0) ? Math.max(Math.abs(row.value), turnover) : row.value };
}

/** Both sides of a return: the gain, and what is asked for the spend. */
export function returnAt(
  { gain, cost, value }: Programme["returns"][number],
  spend: Float64Array,
  sold: Float64Array,
): { gained: number; asked: number; size: number } {
  let gained = 0;
  let spent = 0;
  for (const [i, x] of spend.entries()) {
    gained += gain[i]! * sold[i]!;
    spent += cost[i]! * x;
  }
  const asked = value + spent;
  return { gained, asked, size: Math.abs(value) + Math.abs(spent) };
}

/** Gap between a bound and a value, relative to the value, or to a thousandth of the turnover where the value nearly cancels. */
export function relativeGap(programme: Programme, plan: Plan, bound: number): number {
  const { worth, cost } = programme;
  const value = objectiveValue(programme, plan);
  let turnover = 0;
  for (const [i, x] of plan.spend.entries()) turnover += Math.abs(worth[i]! * plan.sold[i]!) + Math.abs(cost[i]! * x);
  const size = Math.max(Math.abs(value), turnover / 1000);
  return bound === value ? 0 : (bound - value) / (size > 0 ? size : 1);
}
