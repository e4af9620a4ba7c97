import { curveValue, inverseSlope } from "../response/curve-families.ts";
import { sum } from "../sum.ts";
import { type AllocationProblem, limitsOf } from "./problem.ts";
import { compileProgramme, type Programme } from "./programme.ts";

export interface RootFinding {
  readonly value: number;
  /** Worth of one more unit of total spend; null where there is no total */
  readonly price: number | null;
  readonly spend: Float64Array;
}

export interface CrossCheck {
  readonly value: number;
  /** Between the plan's value and this one, relative to the larger */
  readonly relativeDifference: number;
}

/** Halvings of the interval of the price: its ends are neighbouring numbers by then. */
const MOST_HALVINGS = 2000;

/**
 * The optimum where only one total and bounds by channel hold: at the right price of money, what every channel takes by
 * itself adds up to the total. Bisection on that one number shares nothing with the linear programmes and Newton's method.
 * @returns null where other limits tie channels together, or nothing stops a channel
 */
export function rootFindingCheck(problem: AllocationProblem): RootFinding | null {
  const programme = compileProgramme(problem, problem.objective, limitsOf(problem));
  const { rows, returns, stocks, lower, upper } = programme;
  const [total, ...others] = rows;
  const isSeparable = others.length === 0 && returns.length === 0 && stocks.length === 0;
  if (!isSeparable || (total !== undefined && total.limit.type !== "total_spend")) return null;
  if (lower.some((bound, i) => bound > upper[i]!)) return null;
  const budget = total?.value ?? Number.POSITIVE_INFINITY;
  const free = takenAt(programme, budget, 0);
  if (free.some((x) => x === Number.POSITIVE_INFINITY)) return null;
  if (sum(lower) > budget || (total?.sense === "=" && sum(upper) < budget)) return null;
  if (total === undefined || (total.sense === "<=" && sum(free) <= budget))
    return { value: worthOf(programme, free), price: total === undefined ? null : 0, spend: free };

  // A total that has to be spent may have a price below zero, but never so low that spend earns money by itself
  let low = total.sense === "=" ? -Math.min(...programme.cost) : 0;
  let high = 1;
  while (sum(takenAt(programme, budget, high)) > budget) high *= 2;
  for (let step = 0; step < MOST_HALVINGS; step++) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (sum(takenAt(programme, budget, middle)) > budget) low = middle;
    else high = middle;
  }
  const spend = between(takenAt(programme, budget, low), takenAt(programme, budget, high), budget);
  return { value: worthOf(programme, spend), price: high, spend };
}

export function crossCheckOf(problem: AllocationProblem, value: number): CrossCheck | null {
  const found = rootFindingCheck(problem);
  if (found === null) return null;
  const size = Math.max(Math.abs(value), Math.abs(found.value));
  return { value: found.value, relativeDifference: size > 0 ? Math.abs(value - found.value) / size : 0 };
}

/** What each channel takes by itself where one unit of money costs `price` on top of its own cost. */
function takenAt(programme: Programme, budget: number, price: number): Float64Array {
  const { curves, worth, cost, lower, upper } = programme;
  // Twice what is left never binds, so no price can hide in it
  const room = 2 * Math.max(0, budget - sum(lower));
  return Float64Array.from(curves, (curve, i) => {
    const unit = cost[i]! + price;
    const wanted = worth[i]! > 0 ? inverseSlope(curve, unit / worth[i]!) : unit > 0 ? 0 : Number.POSITIVE_INFINITY;
    return Math.min(upper[i]!, lower[i]! + room, Math.max(lower[i]!, wanted));
  });
}

/** Straight stretches jump at the right price: any plan on the way is as good, and one of them spends the budget. */
function between(more: Float64Array, less: Float64Array, budget: number): Float64Array {
  const spread = sum(more) - sum(less);
  const share = spread > 0 ? Math.min(1, Math.max(0, (budget - sum(less)) / spread)) : 0;
  return less.map((x, i) => x + share * (more[i]! - x));
}

function worthOf({ curves, worth, cost }: Programme, spend: Float64Array): number {
  return spend.reduce((value, x, i) => value + worth[i]! * curveValue(curves[i]!, x) - cost[i]! * x, 0);
}
