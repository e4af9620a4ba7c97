import { powerOfTwo } from "../power-of-two.ts";
import type { LinearProgramme } from "./programme.ts";

/**
 * A programme in units in which its numbers are near 1, by powers of two, so that nothing is rounded on the way:
 *
 *     y = spread * columns * y'      objective' = objective * columns * worth      row' = row * rows / spread
 */
export interface Equilibrated {
  readonly programme: LinearProgramme;
  readonly restore: (y: Float64Array) => Float64Array;
  readonly restorePrices: (prices: Float64Array) => Float64Array;
  readonly restoreValue: (value: number) => number;
}

/**
 * Which size of the right-hand sides and bounds becomes 1: the largest, or, where that one is huge and means nothing, the
 * geometric middle.
 */
export type SpreadBy = "largest" | "middle";

/** Sweeps over rows and columns; geometric scaling settles in two or three. */
const SWEEPS = 4;

/**
 * Geometric equilibration (Curtis and Reid 1972 in its usual cheap form): each row and column is divided by the geometric
 * middle of its smallest and largest coefficient, the objective counting as a row. Then the right-hand sides and bounds
 * are divided by one number, unless there are integers: those stay whole only in units of 1.
 */
export function equilibrate(programme: LinearProgramme, spreadBy: SpreadBy): Equilibrated {
  const { objective, upper, rows, integer } = programme;
  const columnScale = new Float64Array(objective.length).fill(1);
  const rowScale = new Float64Array(rows.length).fill(1);
  let worth = 1;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const [r, row] of rows.entries())
      rowScale[r] = middle(row.columns.map((column, t) => row.coefficients[t]! * columnScale[column]!));
    worth = middle(objective.map((cost, j) => cost * columnScale[j]!));
    scaleColumns(programme, rowScale, worth, columnScale);
  }
  const spread = integer === undefined ? spreadOf(programme, rowScale, columnScale, spreadBy) : 1;
  return {
    programme: {
      ...programme,
      objective: objective.map((cost, j) => cost * columnScale[j]! * worth),
      upper: upper.map((bound, j) => bound / (columnScale[j]! * spread)),
      rows: rows.map((row, r) => ({
        ...row,
        value: (row.value * rowScale[r]!) / spread,
        coefficients: row.coefficients.map(
          (coefficient, t) => coefficient * rowScale[r]! * columnScale[row.columns[t]!]!,
        ),
      })),
    },
    restore: (y) => y.map((value, j) => value * columnScale[j]! * spread),
    restoreValue: (value) => (value * spread) / worth,
    restorePrices: (prices) => prices.map((price, r) => (price * rowScale[r]!) / worth),
  };
}

function spreadOf(
  { upper, rows }: LinearProgramme,
  rowScale: Float64Array,
  columnScale: Float64Array,
  by: SpreadBy,
): number {
  const sizes = [
    ...Array.from(rows, ({ value }, r) => Math.abs(value) * rowScale[r]!),
    ...Array.from(upper, (bound, j) => bound / columnScale[j]!),
  ].filter((size) => size > 0 && size < Infinity);
  if (sizes.length === 0) return 1;
  return by === "middle" ? 1 / middle(sizes) : powerOfTwo(sizes.reduce((most, size) => Math.max(most, size)));
}

function scaleColumns(
  { objective, rows, integer }: LinearProgramme,
  rowScale: Float64Array,
  worth: number,
  columnScale: Float64Array,
): void {
  const least = objective.map((cost) => (cost === 0 ? Infinity : Math.abs(cost) * worth));
  const most = objective.map((cost) => Math.abs(cost) * worth);
  for (const [r, { columns, coefficients }] of rows.entries())
    for (const [t, column] of columns.entries()) {
      const size = Math.abs(coefficients[t]!) * rowScale[r]!;
      least[column] = Math.min(least[column]!, size);
      most[column] = Math.max(most[column]!, size);
    }
  for (const j of columnScale.keys())
    if (integer?.[j] !== 1 && most[j]! > 0) columnScale[j] = powerOfTwo(1 / Math.sqrt(least[j]! * most[j]!));
}

/** What brings the geometric middle of the smallest and the largest to 1. */
function middle(numbers: Iterable<number>): number {
  let least = Infinity;
  let most = 0;
  for (const number of numbers) {
    const size = Math.abs(number);
    if (size === 0) continue;
    least = Math.min(least, size);
    most = Math.max(most, size);
  }
  return most > 0 ? powerOfTwo(1 / (Math.sqrt(least) * Math.sqrt(most))) : 1;
}
