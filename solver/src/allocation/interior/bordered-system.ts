import { solveCholesky } from "../../cholesky.ts";
import { factorNearly } from "./factor-nearly.ts";

/** coefficients . v over some of the variables */
export interface Terms {
  readonly variables: readonly number[];
  readonly coefficients: readonly number[];
}

export interface BorderRow {
  readonly row: Terms;
  /** Room a unit of price; 0 for an equality */
  readonly slack: number;
  /** Where the row's variables are in the system that it borders, if not at their own places */
  readonly variables?: readonly number[];
}

/** What the rows shall come to, 0 where absent, and the prices that the solution gives them */
export interface Wanted {
  readonly values: Map<Terms, number>;
  readonly prices: Map<Terms, number>;
}

/** Solves in place. */
export type Solve = (right: Float64Array, wanted: Wanted) => void;

/**
 * A system with rows on its border, A x - slack * price = wanted, through the Schur complement of what is inside. Rows are not
 * squared into the inside: near a limit their weight would drown the bend of the curves.
 */
export function border(inside: Solve, size: number, rows: readonly BorderRow[]): Solve {
  const count = rows.length;
  if (count === 0) return inside;
  const nothing: Wanted = { values: new Map(), prices: new Map() };
  const placed = rows.map(({ row, variables = row.variables }) => ({ variables, coefficients: row.coefficients }));
  const lifted = placed.map((row) => {
    const one = new Float64Array(size);
    addRow(one, 1, row);
    inside(one, nothing);
    return one;
  });
  const schur = new Float64Array(count * count);
  for (const [r, { slack }] of rows.entries()) {
    for (let q = 0; q <= r; q++) schur[r * count + q] = sumOf(placed[r]!, lifted[q]!);
    schur[r * count + r]! += slack;
  }
  factorNearly(schur, count);
  return (right, wanted) => {
    const found = Float64Array.from(right);
    inside(found, wanted);
    const prices = Float64Array.from(placed, (row, r) => sumOf(row, found) - (wanted.values.get(rows[r]!.row) ?? 0));
    solveCholesky(schur, count, prices);
    for (const [r, row] of placed.entries()) {
      addRow(right, -prices[r]!, row);
      wanted.prices.set(rows[r]!.row, prices[r]!);
    }
    inside(right, wanted);
  };
}

export function sumOf({ variables, coefficients }: Terms, v: Float64Array): number {
  let sum = 0;
  for (const [t, variable] of variables.entries()) sum += coefficients[t]! * v[variable]!;
  return sum;
}

export function addRow(into: Float64Array, factor: number, { variables, coefficients }: Terms): void {
  for (const [t, variable] of variables.entries()) into[variable]! += factor * coefficients[t]!;
}
