import { equilibrate, type SpreadBy } from "./equilibrate.ts";
import type { LinearEngine, LinearOutcome, LinearProgramme } from "./programme.ts";

/** One way to try: in which units, and with whom. */
export interface Attempt {
  readonly engine: LinearEngine;
  readonly spreadBy: SpreadBy;
}

/**
 * Solves a programme in numbers near 1.
 * @param solve solves the scaled programme, or another one with more columns made of it; those columns are dropped again
 */
export function solveScaled(
  programme: LinearProgramme,
  spreadBy: SpreadBy,
  solve: (scaled: LinearProgramme) => LinearOutcome,
): LinearOutcome {
  const { programme: scaled, restore, restorePrices, restoreValue } = equilibrate(programme, spreadBy);
  const outcome = solve(scaled);
  if (outcome.kind !== "optimal") return outcome;
  const { x, prices, value, bound } = outcome;
  return {
    kind: "optimal",
    x: restore(x.subarray(0, programme.objective.length)),
    prices: restorePrices(prices),
    value: restoreValue(value),
    bound: restoreValue(bound),
  };
}
