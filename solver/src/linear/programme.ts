/**
 * One linear programme, already scaled so that its numbers are near 1:
 *
 *     maximise objective . x    subject to    rows,    0 <= x <= upper,    x[j] whole where integer[j] is 1
 */
export interface LinearProgramme {
  readonly objective: Float64Array;
  /** Infinity where a column has no upper bound */
  readonly upper: Float64Array;
  readonly rows: readonly LinearRow[];
  readonly integer?: Uint8Array;
}

export interface LinearRow {
  readonly sense: "<=" | ">=" | "=";
  readonly value: number;
  /** No column twice: the engines do not agree on what that means */
  readonly columns: readonly number[];
  readonly coefficients: readonly number[];
}

/**
 * What an engine said, after we checked it. `prices[r]` is the change of the optimum for one more unit of `rows[r].value`;
 * with integers, for as long as they keep their values. No x within the rows is worth more than `bound`.
 */
export type LinearOutcome =
  | {
      readonly kind: "optimal";
      readonly value: number;
      readonly x: Float64Array;
      readonly prices: Float64Array;
      readonly bound: number;
    }
  | { readonly kind: "infeasible" }
  | { readonly kind: "unbounded" }
  | { readonly kind: "unsolved"; readonly reason: string };

export interface LinearLimits {
  /** Of the clock; an engine that cannot keep to it counts its steps instead */
  readonly seconds?: number;
}

/** Synchronous, without memory of earlier programmes: the same programme has the same outcome. */
export interface LinearEngine {
  readonly name: "javascript-lp-solver" | "highs";
  solve(programme: LinearProgramme, limits?: LinearLimits): LinearOutcome;
}

/** Which of the two to take is the callee's business. */
export interface Engines {
  readonly small: LinearEngine;
  readonly large: LinearEngine;
}

/** @throws RangeError when a number of the programme is not finite: that is an error of the caller */
export function refuseNonFinite({ objective, upper, rows }: LinearProgramme): void {
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

export function objectiveAt({ objective }: LinearProgramme, x: Float64Array): number {
  let value = 0;
  for (const [j, cost] of objective.entries()) value += cost * x[j]!;
  return value;
}
