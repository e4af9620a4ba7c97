import solver from "javascript-lp-solver";

/**
 * One linear programme, already scaled so that its numbers are near 1:
 *
 *     maximise objective . x    subject to    rows,    0 <= x <= upper
 */
export interface LinearProgramme {
  readonly objective: Float64Array;
  /** Infinity where a column has no upper bound */
  readonly upper: Float64Array;
  readonly rows: readonly LinearRow[];
}

export interface LinearRow {
  readonly sense: "<=" | ">=" | "=";
  readonly value: number;
  readonly columns: readonly number[];
  readonly coefficients: readonly number[];
}

/** What the solver said, after we checked it. `prices[r]` is the change of the optimum for one more unit of `rows[r].value`. */
export type LinearOutcome =
  | { readonly kind: "optimal"; readonly value: number; readonly x: Float64Array; readonly prices: Float64Array }
  | { readonly kind: "infeasible" }
  | { readonly kind: "unbounded" }
  | { readonly kind: "unsolved"; readonly reason: string };

/** Below this the solver takes a pivot, a reduced cost or a right-hand side for zero. */
const SOLVER_PRECISION = 1e-9;
/** An answer that breaks a row by more than this, relative to the row's largest number, is not an answer. */
const ROW_TOLERANCE = 1e-9;
/** Nor is one that its own prices do not prove to within this: the solver's precision, summed over the columns. */
const GAP_TOLERANCE = 1e-7;

class PivotLimit extends Error {}

/**
 * Solves a linear programme with javascript-lp-solver and believes nothing of the answer that it has not checked:
 * rows and bounds are evaluated again, and the prices must prove the value (weak duality).
 * Traps avoided here, once: presolve is off (it returns wrong optima), columns and rows have no names at all, zero
 * coefficients are left out, no variable is free or negative, integers are not used, and the number of pivots is bounded
 * (the simplex can cycle for ever on degenerate models, and its own timeout covers integer models only).
 * @throws RangeError when a number of the model is not finite: that is an error of the caller
 */
export function solveLinearProgramme(programme: LinearProgramme): LinearOutcome {
  refuseNonFinite(programme);
  const columns = programme.objective.length;
  const model = new solver.Model(SOLVER_PRECISION);
  model.maximize();
  model.usePresolve = false;
  const variables = Array.from(programme.objective, (cost, j) => model.addVariable(cost, `c${j}`));

  // An equality is two rows; `slackOf[r]` lists the model's rows that stand for rows[r], with the sign of their price.
  const slackOf: { index: number; sign: number }[][] = programme.rows.map(() => []);
  programme.rows.forEach((row, r) => {
    const sides = row.sense === "=" ? (["<=", ">="] as const) : [row.sense];
    for (const side of sides) {
      const constraint = side === "<=" ? model.smallerThan(row.value) : model.greaterThan(row.value);
      row.columns.forEach((column, t) => {
        const coefficient = row.coefficients[t]!;
        if (coefficient !== 0) constraint.addTerm(coefficient, variables[column]!);
      });
      slackOf[r]!.push({ index: constraint.index, sign: side === "<=" ? 1 : -1 });
    }
  });
  for (let j = 0; j < columns; j++) {
    if (programme.upper[j]! < Number.POSITIVE_INFINITY)
      model.smallerThan(programme.upper[j]!).addTerm(1, variables[j]!);
  }

  const tableau = model.tableau;
  const pivot = tableau.pivot.bind(tableau);
  let pivotsLeft = 50 * (model.nConstraints + model.nVariables) + 1000;
  tableau.pivot = (row, column) => {
    pivotsLeft--;
    if (pivotsLeft < 0) throw new PivotLimit();
    pivot(row, column);
  };
  try {
    model.solve();
  } catch (error) {
    if (error instanceof PivotLimit)
      return { kind: "unsolved", reason: "the simplex did not settle within its pivots" };
    throw error;
  }
  if (!tableau.feasible) return { kind: "infeasible" };
  if (!tableau.bounded) return { kind: "unbounded" };

  // Read from the final tableau: the public result is rounded to the solver's precision and has no prices.
  const { matrix, width } = tableau;
  const x = new Float64Array(columns);
  variables.forEach((variable, j) => {
    const row = tableau.rowByVarIndex[variable.index]!;
    x[j] = row === -1 ? 0 : Math.min(programme.upper[j]!, Math.max(0, matrix[row * width]!));
  });
  const prices = Float64Array.from(slackOf, (slacks) => {
    let price = 0;
    for (const { index, sign } of slacks) {
      const column = tableau.colByVarIndex[index]!;
      if (column !== -1) price += sign * Math.max(0, -matrix[column]!);
    }
    return price;
  });
  let value = 0;
  for (let j = 0; j < columns; j++) value += programme.objective[j]! * x[j]!;
  const fault = findFault(programme, x, prices, value);
  return fault === null ? { kind: "optimal", value, x, prices } : { kind: "unsolved", reason: fault };
}

/**
 * Weak duality: any prices of the right sign bound the optimum by rows . prices + sum of the positive reduced costs times
 * their column's upper bound, so a bound that meets the value proves it.
 */
function findFault(programme: LinearProgramme, x: Float64Array, prices: Float64Array, value: number): string | null {
  const reduced = Float64Array.from(programme.objective);
  let bound = 0;
  for (const [r, row] of programme.rows.entries()) {
    let activity = 0;
    let size = 1 + Math.abs(row.value);
    for (const [t, column] of row.columns.entries()) {
      const term = row.coefficients[t]! * x[column]!;
      activity += term;
      size = Math.max(size, Math.abs(term));
      reduced[column]! -= prices[r]! * row.coefficients[t]!;
    }
    const excess = activity - row.value;
    const broken = row.sense === "<=" ? excess : row.sense === ">=" ? -excess : Math.abs(excess);
    if (!(broken <= ROW_TOLERANCE * size)) return `the solver's answer breaks row ${r} by ${broken}`;
    bound += prices[r]! * row.value;
  }
  for (const [j, cost] of reduced.entries()) {
    if (cost <= 0) continue;
    if (programme.upper[j]! < Number.POSITIVE_INFINITY) bound += cost * programme.upper[j]!;
    else if (cost > GAP_TOLERANCE) return `the solver stopped although column ${j} still gains ${cost}`;
  }
  const gap = bound - value;
  return gap <= GAP_TOLERANCE * (1 + Math.abs(value)) ? null : `the solver's answer is ${gap} short of its own bound`;
}

function refuseNonFinite({ objective, upper, rows }: LinearProgramme): void {
  const refuse = (what: string): never => {
    throw new RangeError(`linear programme: ${what} is not a finite number`);
  };
  if (!objective.every(Number.isFinite)) refuse("an objective coefficient");
  if (!upper.every((bound) => bound >= 0)) refuse("an upper bound");
  for (const row of rows) {
    if (!Number.isFinite(row.value)) refuse("a right-hand side");
    if (!row.coefficients.every(Number.isFinite)) refuse("a coefficient");
  }
}
