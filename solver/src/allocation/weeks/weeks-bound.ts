import { curveSlope, curveValue } from "../../response/curve-families.ts";
import { atWork, type WeeksProgramme } from "./compile-weeks.ts";

/** What the objective is at most, and what one more unit of spend in each cell brings on the tangents that show it. */
export interface WeeksBound {
  readonly bound: number;
  /** By cell: above 0 at the upper bound, below 0 at the lower one, 0 between */
  readonly reducedCost: Float64Array;
}

/** (bound - value), relative to the value, or to a thousandth of the turnover where gain and cost nearly cancel. */
export function gapOfWeeks(programme: WeeksProgramme, spend: Float64Array, bound: number): number {
  const value = worthOfWeeks(programme, spend);
  const turnover = value + 2 * spend.reduce((sum, x) => sum + programme.cost * x, 0);
  return bound === value ? 0 : (bound - value) / (Math.max(Math.abs(value), turnover / 1000) || 1);
}

export function worthOfWeeks(programme: WeeksProgramme, spend: Float64Array): number {
  const work = atWork(programme, spend);
  let value = 0;
  for (const [i, { curve, worth }] of programme.channels.entries())
    for (const [t, one] of worth.entries()) if (one !== 0) value += one * curveValue(curve, work[i]![t]!);
  for (const x of spend) value -= programme.cost * x;
  return value;
}

/**
 * No plan within the limits is worth more than this, whatever the prices and wherever the curves are touched: tangents lie
 * above concave curves, and on tangents weak duality holds. It owes nothing to how plan and prices were found.
 * @param touch spend at whose work the tangents touch
 * @param prices one a row: >= 0 for "<=", <= 0 for ">=", any sign for "="
 * @param ceiling a spend a cell that some best plan stays within
 */
export function boundOfWeeks(
  programme: WeeksProgramme,
  touch: Float64Array,
  prices: Float64Array,
  ceiling: Float64Array,
): WeeksBound {
  const { channels, weeks, cost, lower, rows } = programme;
  const work = atWork(programme, touch);
  const gain = new Float64Array(lower.length).fill(-cost);
  let bound = 0;
  for (const [i, { curve, worth, base, reach }] of channels.entries()) {
    for (const [t, one] of worth.entries()) {
      const at = work[i]![t]!;
      // Nothing can be at work here: no spend reaches this week, so there is no slope to ask for
      const reached = reach
        .subarray(t * weeks, (t + 1) * weeks)
        .some((share, s) => share > 0 && ceiling[i * weeks + s]! > 0);
      if (one === 0 || (at === 0 && !reached)) continue;
      const slope = reached ? one * curveSlope(curve, at) : 0;
      bound += one * curveValue(curve, at) + slope * (base[t]! - at);
      if (slope === 0) continue;
      for (let s = 0; s < weeks; s++) gain[i * weeks + s]! += slope * reach[t * weeks + s]!;
    }
  }
  for (const [r, row] of rows.entries()) {
    const price = prices[r]!;
    if (price === 0) continue;
    bound += price * row.value;
    for (const [t, cell] of row.cells.entries()) gain[cell]! -= price * row.coefficients[t]!;
  }
  for (const [cell, one] of gain.entries()) bound += one * (one > 0 ? ceiling[cell]! : lower[cell]!);
  return { bound, reducedCost: gain };
}

/**
 * The worst breach of any limit, relative to the limit; of a row that compares cells, relative to its terms, and where those are
 * next to nothing to a thousandth of the mean spend of a cell.
 */
export function breachOfWeeks({ lower, upper, rows }: WeeksProgramme, spend: Float64Array): number {
  const least = spend.reduce((sum, x) => sum + x, 0) / spend.length / 1000;
  let worst = 0;
  for (const [cell, x] of spend.entries()) {
    worst = Math.max(worst, (lower[cell]! - x) / (lower[cell]! || 1));
    if (upper[cell]! < Number.POSITIVE_INFINITY) worst = Math.max(worst, (x - upper[cell]!) / (upper[cell]! || 1));
  }
  for (const { cells, coefficients, sense, value } of rows) {
    let sum = 0;
    let turnover = 0;
    for (const [t, cell] of cells.entries()) {
      const term = coefficients[t]! * spend[cell]!;
      sum += term;
      turnover += Math.abs(term);
    }
    const size = value !== 0 ? Math.abs(value) : Math.max(turnover, least) || 1;
    if (sense !== ">=") worst = Math.max(worst, (sum - value) / size);
    if (sense !== "<=") worst = Math.max(worst, (value - sum) / size);
  }
  return worst;
}
