import { ModelError } from "../model-error.ts";
import { sumOf } from "./compensated-sum.ts";

/** A table of first guesses and the totals that it should have. */
export interface MarginTargets {
  /** rows x columns, row-major, not negative: only the proportions matter. */
  readonly seed: Float64Array;
  readonly rows: number;
  readonly columns: number;
  readonly rowTotals: Float64Array;
  readonly columnTotals: Float64Array;
}

export interface ReconciledMargins {
  readonly cells: Float64Array;
  /** Columns are met to 1e-11 of their totals. Rows always are, to rounding. */
  readonly converged: boolean;
  readonly iterations: number;
  /** Largest gap between a column and its total, as a part of that total. */
  readonly worstColumnError: number;
}

const COLUMNS_MET = 1e-11;
const TOTALS_AGREE = 1e-9;

/**
 * Scales a table until its rows and columns add up to given totals, for instance daily credit by channel to each day's
 * bookings and to each channel's credit. Columns and rows are scaled in turn, rows last, so that every row adds up even
 * where the columns cannot all be met (a seed with zeros may allow no such table).
 *
 * A column, or a row, that should have something and whose seed is all zero is seeded in proportion to the totals of the
 * other side.
 * @throws ModelError for tables of the wrong size, numbers that are negative or not finite, and sums of row and column
 *   totals that differ by more than 1e-9, relative: no table has both
 * Law: the unit of the seed changes nothing; a table that has its totals already stays as it is; within a row and column
 *   pattern, cross ratios of the seed are kept.
 * Source: Deming and Stephan 1940.
 */
export function reconcileMargins(targets: MarginTargets, { maxIterations = 2_000 } = {}): ReconciledMargins {
  refuseFaultyMargins(targets);
  const { columns, rowTotals } = targets;
  const total = sumOf(rowTotals);
  const columnSum = sumOf(targets.columnTotals);
  // The two sums agree to 1e-9; what is left of their difference would keep the columns from being met to 1e-11.
  const columnTotals = targets.columnTotals.map((each) => (columnSum > 0 ? (each / columnSum) * total : 0));
  const cells = fillEmptyLines(targets, columnTotals);

  let iterations = 0;
  let worstColumnError = Number.POSITIVE_INFINITY;
  while (iterations < maxIterations && worstColumnError > COLUMNS_MET) {
    scaleColumns(cells, columns, columnTotals);
    scaleRows(cells, columns, rowTotals);
    worstColumnError = largestColumnError(cells, columns, columnTotals);
    iterations++;
  }
  return { cells, converged: worstColumnError <= COLUMNS_MET, iterations, worstColumnError };
}

/**
 * The seed, with lines that could never reach their totals put in proportion to the totals of the other side. How large
 * these seeds are beside others does not matter: scaling undoes any factor on a row or a column.
 */
function fillEmptyLines({ seed, rows, columns, rowTotals }: MarginTargets, columnTotals: Float64Array): Float64Array {
  const canCarry = (at: number): boolean =>
    seed[at]! > 0 && rowTotals[Math.floor(at / columns)]! > 0 && columnTotals[at % columns]! > 0;
  const rowCarries = new Uint8Array(rows);
  const columnCarries = new Uint8Array(columns);
  for (let at = 0; at < seed.length; at++) {
    if (!canCarry(at)) continue;
    rowCarries[Math.floor(at / columns)] = 1;
    columnCarries[at % columns] = 1;
  }
  const total = sumOf(rowTotals);
  return seed.map((cell, at) => {
    const row = Math.floor(at / columns);
    if (rowCarries[row] === 1 && columnCarries[at % columns] === 1) return cell;
    return total > 0 ? (rowTotals[row]! / total) * columnTotals[at % columns]! : 0;
  });
}

function sumColumns(cells: Float64Array, columns: number): Float64Array {
  const sums = new Float64Array(columns);
  cells.forEach((cell, at) => {
    sums[at % columns]! += cell;
  });
  return sums;
}

function scaleColumns(cells: Float64Array, columns: number, totals: Float64Array): void {
  const sums = sumColumns(cells, columns);
  const factors = sums.map((sum, column) => (sum > 0 ? totals[column]! / sum : 0));
  for (let at = 0; at < cells.length; at++) cells[at]! *= factors[at % columns]!;
}

function scaleRows(cells: Float64Array, columns: number, totals: Float64Array): void {
  totals.forEach((total, row) => {
    const line = cells.subarray(row * columns, (row + 1) * columns);
    const sum = sumOf(line);
    for (let column = 0; column < columns; column++) line[column]! *= sum > 0 ? total / sum : 0;
  });
}

function largestColumnError(cells: Float64Array, columns: number, totals: Float64Array): number {
  const sums = sumColumns(cells, columns);
  return totals.reduce((worst, total, column) => {
    const gap = Math.abs(sums[column]! - total);
    return gap === 0 ? worst : Math.max(worst, gap / total);
  }, 0);
}

function refuseFaultyMargins({ seed, rows, columns, rowTotals, columnTotals }: MarginTargets): void {
  if (seed.length !== rows * columns || rowTotals.length !== rows || columnTotals.length !== columns) {
    throw new ModelError(
      `A table of ${rows} x ${columns} needs ${rows * columns} seeds, ${rows} row totals and ${columns} column totals; got ${seed.length}, ${rowTotals.length} and ${columnTotals.length}.`,
    );
  }
  const given = { seed, "row total": rowTotals, "column total": columnTotals };
  for (const [name, numbers] of Object.entries(given)) {
    const faulty = numbers.findIndex((each) => !Number.isFinite(each) || each < 0);
    if (faulty >= 0) {
      throw new ModelError(
        `Number ${faulty + 1} of the ${name}s is ${numbers[faulty]}; it must be finite and not negative.`,
      );
    }
  }
  const rowSum = sumOf(rowTotals);
  const columnSum = sumOf(columnTotals);
  if (Math.abs(rowSum - columnSum) > TOTALS_AGREE * Math.max(rowSum, columnSum)) {
    throw new ModelError(
      `Rows add up to ${rowSum} and columns to ${columnSum}: no table has both; find out what one side counts and the other does not.`,
    );
  }
}
