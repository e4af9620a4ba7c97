import { commonDivisor } from "../common-divisor.ts";
import type { LinearModel } from "./model.ts";

/** Everything here is in the model's own units and owes nothing to a solver. */

/** A row that is broken by less than this share of the largest number in it is kept. */
export const KEPT = 1e-9;

/** What adds up to less than this share of its parts is zero. */
const ROUNDING = 1e-9;

/** The worst breach of any row, each relative to the largest number in it; bounds and whole numbers are kept by whoever asks. */
export function breachOf({ columns, rows }: LinearModel, x: Float64Array): number {
  const position = positions(columns);
  let worst = 0;
  for (const { lower, upper, terms } of rows) {
    const { sum, size } = total(terms, ({ column, coefficient }) => coefficient * x[position.get(column)!]!);
    const excess = Math.max(lower - sum, sum - upper);
    if (excess <= 0) continue;
    const side = sum < lower ? lower : upper;
    worst = Math.max(worst, excess / Math.max(size, Math.abs(side)));
  }
  return worst;
}

export interface Worth {
  readonly sum: number;
  /** The largest number in the sum: what its rounding is measured against */
  readonly size: number;
}

export function objectiveAt({ columns }: LinearModel, x: Float64Array): Worth {
  return total([...columns.keys()], (j) => columns[j]!.cost * x[j]!);
}

/**
 * Weak duality with bounds on both sides: prices of rows bound the objective by what rows and reduced costs are worth at
 * the better of their bounds. A price on a side that is not there counts as none.
 * @param costs the model's own, or none for a proof that nothing keeps the rows
 * @returns the bound in terms of a maximum; Infinity where the prices prove nothing
 */
export function boundByPrices({ columns, rows }: LinearModel, costs: Float64Array, prices: Float64Array): Worth {
  const position = positions(columns);
  const reduced = Float64Array.from(costs);
  const sizes = costs.map(Math.abs);
  let sum = 0;
  let size = 0;
  const add = (amount: number) => {
    sum += amount;
    size = Math.max(size, Math.abs(amount));
  };
  for (const [r, { lower, upper, terms }] of rows.entries()) {
    const price = prices[r]!;
    const side = price > 0 ? upper : lower;
    if (price === 0 || !Number.isFinite(side)) continue;
    add(price * side);
    for (const { column, coefficient } of terms) {
      const j = position.get(column)!;
      reduced[j]! -= price * coefficient;
      sizes[j] = Math.max(sizes[j]!, Math.abs(price * coefficient));
    }
  }
  for (const [j, cost] of reduced.entries()) {
    const bound = cost > 0 ? columns[j]!.upper : columns[j]!.lower;
    if (cost === 0 || bound === 0) continue;
    if (Number.isFinite(bound)) add(cost * bound);
    else if (Math.abs(cost) > ROUNDING * sizes[j]!) return { sum: Infinity, size: Infinity };
  }
  return { sum, size };
}

/** Whether prices of the rows prove that no columns within their bounds keep them (Farkas 1902): together they ask for more than there is. */
export function provesImpossible(model: LinearModel, prices: Float64Array): boolean {
  const { sum, size } = boundByPrices(model, new Float64Array(model.columns.length), prices);
  return sum < -ROUNDING * size;
}

/** Whether going on and on along a direction keeps every row and bound and gains for ever. */
export function isEndless({ columns, rows, sense }: LinearModel, direction: Float64Array): boolean {
  const position = positions(columns);
  for (const [j, { lower, upper }] of columns.entries())
    if ((direction[j]! > 0 && upper < Infinity) || (direction[j]! < 0 && lower > -Infinity)) return false;
  for (const { lower, upper, terms } of rows) {
    const { sum, size } = total(terms, ({ column, coefficient }) => coefficient * direction[position.get(column)!]!);
    if ((upper < Infinity && sum > ROUNDING * size) || (lower > -Infinity && sum < -ROUNDING * size)) return false;
  }
  const { sum, size } = total([...columns.keys()], (j) => columns[j]!.cost * direction[j]!);
  return (sense === "max" ? sum : -sum) > ROUNDING * size;
}

/**
 * Whether a row of whole columns misses every number that it can make: 2x + 2y is never odd. Branching would look for it
 * for ever.
 */
export function missesWholeNumbers({ columns, rows }: LinearModel): boolean {
  const whole = new Set(columns.flatMap(({ name, integer }) => (integer ? [name] : [])));
  return rows.some(({ lower, upper, terms }) => {
    const counted = terms.filter(({ coefficient }) => coefficient !== 0);
    if (counted.length === 0 || !counted.every(({ column }) => whole.has(column))) return false;
    const sizes = counted.map(({ coefficient }) => Math.abs(coefficient));
    const divisor = sizes.reduce((divisor, size) => commonDivisor(size, divisor), 0);
    const exact = sizes.every((size) => Math.abs(size / divisor - Math.round(size / divisor)) < ROUNDING);
    const [low, high] = [lower / divisor, upper / divisor];
    if (!exact) return false;
    return Math.ceil(low - nearby(low)) > Math.floor(high + nearby(high));
  });
}

/** Far from 0 a bound over a coefficient is no longer sharp enough to tell whole numbers apart. */
function nearby(bound: number): number {
  return Number.isFinite(bound) ? ROUNDING * Math.max(1, Math.abs(bound) * 1e-3) : 0;
}

function positions(columns: LinearModel["columns"]): Map<string, number> {
  return new Map(columns.map(({ name }, j) => [name, j]));
}

function total<T>(parts: readonly T[], amountOf: (part: T) => number): Worth {
  let sum = 0;
  let size = 0;
  for (const part of parts) {
    const amount = amountOf(part);
    sum += amount;
    size = Math.max(size, Math.abs(amount));
  }
  return { sum, size };
}
