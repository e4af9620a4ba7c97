import type { Engines, LinearEngine, LinearLimits, LinearOutcome, LinearProgramme } from "./programme.ts";

/**
 * Cells of the small engine's dense tableau (every upper bound is a row of it) up to which it is the faster one. Measured by
 * `npm run bench -- linear` on 2 busy cores: with 4 rows it takes a tenth to a third of HiGHS's time for 50 bounded columns,
 * about the same for 100, and four to thirty times as long for 200 and for 1,000.
 */
const SMALL_TABLEAU = 10_000;

/** Whether the small engine is the one to ask first. */
export function isSmall({ upper, rows, integer }: LinearProgramme): boolean {
  if (integer?.includes(1)) return false;
  const bounded = upper.reduce((count, bound) => count + (bound < Number.POSITIVE_INFINITY ? 1 : 0), 0);
  return upper.length * (rows.length + bounded) <= SMALL_TABLEAU;
}

/** The engine that suits a programme, and the other one after it. */
export function enginesFor(programme: LinearProgramme, { small, large }: Engines): [LinearEngine, LinearEngine] {
  return isSmall(programme) ? [small, large] : [large, small];
}

/** Asks the engine that suits the programme, and the other one where that one gives no answer. */
export function solveByEither(programme: LinearProgramme, engines: Engines, limits: LinearLimits = {}): LinearOutcome {
  const [first, second] = enginesFor(programme, engines);
  const outcome = first.solve(programme, limits);
  if (outcome.kind !== "unsolved" || programme.integer?.includes(1)) return outcome;
  const again = second.solve(programme, limits);
  return again.kind === "unsolved" ? outcome : again;
}
