import solver from "javascript-lp-solver";
import { certify } from "./certify.ts";
import {
  type LinearEngine,
  type LinearOutcome,
  type LinearProgramme,
  objectiveAt,
  refuseNonFinite,
} from "./programme.ts";

/** Below this the solver takes a pivot, a reduced cost or a right-hand side for zero. */
const SOLVER_PRECISION = 1e-9;

class PivotLimit extends Error {}

/**
 * javascript-lp-solver, for small continuous programmes. Nothing of its answer is believed that was not checked: rows and
 * bounds are evaluated again, and the prices must prove the value (weak duality).
 * Traps avoided here, once: presolve is off (it returns wrong optima), columns and rows have no names at all, zero
 * coefficients are left out, no variable is free or negative, integers are refused, and the number of pivots is bounded
 * (the simplex can cycle for ever on degenerate models, and its own timeout covers integer models only). A count of pivots
 * instead of seconds also keeps the answer repeatable.
 */
export const simplexEngine: LinearEngine = { name: "javascript-lp-solver", solve: solveLinearProgramme };

/**
 * Solves a continuous linear programme with the small engine.
 * @throws RangeError when a number of the programme is not finite: that is an error of the caller
 */
export function solveLinearProgramme(programme: LinearProgramme): LinearOutcome {
  refuseNonFinite(programme);
  if (programme.integer?.includes(1)) return { kind: "unsolved", reason: "the simplex takes no whole numbers" };
  const compiled = compile(programme);
  const { model } = compiled;
  if (!solveWithinPivots(model)) return { kind: "unsolved", reason: "the simplex did not settle within its pivots" };
  if (!model.tableau.feasible) return { kind: "infeasible" };
  if (!model.tableau.bounded) return { kind: "unbounded" };
  const { x, prices } = readTableau(programme, compiled);
  const { fault, bound } = certify(programme, x, prices);
  return fault === null
    ? { kind: "optimal", value: objectiveAt(programme, x), x, prices, bound }
    : { kind: "unsolved", reason: fault };
}

type Model = InstanceType<typeof solver.Model>;

interface Compiled {
  readonly model: Model;
  /** Index of each column's variable in the tableau */
  readonly variables: readonly number[];
  /** The tableau's rows that stand for each row, two for an equality, with the sign of their price */
  readonly slacks: readonly { readonly index: number; readonly sign: number }[][];
}

function compile({ objective, upper, rows }: LinearProgramme): Compiled {
  const model = new solver.Model(SOLVER_PRECISION);
  model.maximize();
  model.usePresolve = false;
  const variables = Array.from(objective, (cost, j) => model.addVariable(cost, `c${j}`));
  const slacks = rows.map((row) => {
    const sides = row.sense === "=" ? (["<=", ">="] as const) : [row.sense];
    return sides.map((side) => {
      const constraint = side === "<=" ? model.smallerThan(row.value) : model.greaterThan(row.value);
      for (const [t, column] of row.columns.entries()) {
        const coefficient = row.coefficients[t]!;
        if (coefficient !== 0) constraint.addTerm(coefficient, variables[column]!);
      }
      return { index: constraint.index, sign: side === "<=" ? 1 : -1 };
    });
  });
  for (const [j, bound] of upper.entries())
    if (bound < Number.POSITIVE_INFINITY) model.smallerThan(bound).addTerm(1, variables[j]!);
  return { model, variables: variables.map(({ index }) => index), slacks };
}

function solveWithinPivots(model: Model): boolean {
  const { tableau } = model;
  const pivot = tableau.pivot.bind(tableau);
  // Of 1,700 programmes that were solved none took more than 1.6 pivots a row and column; the others cycle
  let pivotsLeft = 10 * (model.nConstraints + model.nVariables) + 1000;
  tableau.pivot = (row, column) => {
    pivotsLeft--;
    if (pivotsLeft < 0) throw new PivotLimit();
    pivot(row, column);
  };
  try {
    model.solve();
    return true;
  } catch (error) {
    if (error instanceof PivotLimit) return false;
    throw error;
  }
}

/** Read from the final tableau: the public result is rounded to the solver's precision and has no prices. */
function readTableau({ upper }: LinearProgramme, { model, variables, slacks }: Compiled) {
  const { matrix, width, rowByVarIndex, colByVarIndex } = model.tableau;
  const x = Float64Array.from(variables, (index, j) => {
    const row = rowByVarIndex[index]!;
    return row === -1 ? 0 : Math.min(upper[j]!, Math.max(0, matrix[row * width]!));
  });
  const prices = Float64Array.from(slacks, (sides) => {
    let price = 0;
    for (const { index, sign } of sides) {
      const column = colByVarIndex[index]!;
      if (column !== -1) price += sign * Math.max(0, -matrix[column]!);
    }
    return price;
  });
  return { x, prices };
}
