import { type LinearProgramme, objectiveAt } from "./programme.ts";

/** An answer that breaks a row by more than this, relative to the row's largest number, is not an answer. */
const ROW_TOLERANCE = 1e-9;
/** Nor is one that its own prices do not prove to within this: the engines' precision, summed over the columns. */
const GAP_TOLERANCE = 1e-7;

/** What is wrong with an answer to the continuous programme, in words; null where it is proved, with the bound that proves it. */
export function certify(
  programme: LinearProgramme,
  x: Float64Array,
  prices: Float64Array,
): { readonly fault: string | null; readonly bound: number } {
  const value = objectiveAt(programme, x);
  const broken = findBrokenRow(programme, x);
  if (broken !== null) return { fault: broken, bound: Number.POSITIVE_INFINITY };
  const bound = boundAt(programme, prices);
  const gap = bound - value;
  return gap <= GAP_TOLERANCE * (1 + Math.abs(value))
    ? { fault: null, bound }
    : { fault: `the solver's answer is ${gap} short of its own bound`, bound };
}

/** The first row that x does not keep, in words; null where it keeps them all. */
export function findBrokenRow({ rows }: LinearProgramme, x: Float64Array): string | null {
  for (const [r, row] of rows.entries()) {
    let activity = 0;
    let size = 1 + Math.abs(row.value);
    for (const [t, column] of row.columns.entries()) {
      const term = row.coefficients[t]! * x[column]!;
      activity += term;
      size = Math.max(size, Math.abs(term));
    }
    const excess = activity - row.value;
    const broken = row.sense === "<=" ? excess : row.sense === ">=" ? -excess : Math.abs(excess);
    if (!(broken <= ROW_TOLERANCE * size)) return `the solver's answer breaks row ${r} by ${broken}`;
  }
  return null;
}

/**
 * Weak duality: any prices of the right sign bound the optimum by rows . prices + sum of the positive reduced costs times
 * their column's upper bound, so a bound that meets the value proves it. Prices of the wrong sign count as none.
 */
export function boundAt({ objective, upper, rows }: LinearProgramme, prices: Float64Array): number {
  const reduced = Float64Array.from(objective);
  let bound = 0;
  for (const [r, { sense, value, columns, coefficients }] of rows.entries()) {
    const price = sense === "=" ? prices[r]! : sense === "<=" ? Math.max(0, prices[r]!) : Math.min(0, prices[r]!);
    if (price === 0) continue;
    for (const [t, column] of columns.entries()) reduced[column]! -= price * coefficients[t]!;
    bound += price * value;
  }
  for (const [j, cost] of reduced.entries()) {
    if (cost <= 0) continue;
    if (upper[j]! < Number.POSITIVE_INFINITY) bound += cost * upper[j]!;
    // A column without a bound may gain by no more than the engine's rounding
    else if (cost > GAP_TOLERANCE) return Number.POSITIVE_INFINITY;
  }
  return bound;
}
