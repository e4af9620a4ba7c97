import type { LinearModel } from "./model.ts";
import { withStretches } from "./phase-one.ts";
import type { LinearLimits, LinearOutcome } from "./programme.ts";
import { breachOf, isEndless, KEPT, provesImpossible } from "./proof.ts";
import { type Attempt, solveScaled } from "./solve-scaled.ts";
import { restoreColumns, restorePrices, type StandardForm } from "./standard-form.ts";

const NOISE = 1e-12;

/** Why the model has no best answer, believed only with a proof of our own. */
export function proveHopeless(
  model: LinearModel,
  form: StandardForm,
  attempts: readonly Attempt[],
  limits: LinearLimits,
): "infeasible" | "unbounded" | "none" {
  for (const attempt of attempts) {
    const stretched = leastStretch(model, form, attempt, limits);
    if (stretched === "impossible") return "infeasible";
    if (stretched === "unknown") continue;
    return isUnbounded(model, form, attempt, limits) ? "unbounded" : "none";
  }
  return "none";
}

/**
 * The least total stretch of all rows (phase one). Above 0, its prices prove that the rows cannot hold together; for whole
 * numbers the search's own bound has to do.
 */
function leastStretch(
  model: LinearModel,
  form: StandardForm,
  { engine, spreadBy }: Attempt,
  limits: LinearLimits,
): "impossible" | "possible" | "unknown" {
  const { integer, ...continuous } = form.programme;
  const relaxed = solveScaled(continuous, spreadBy, (scaled) => engine.solve(withStretches(scaled), limits));
  if (relaxed.kind !== "optimal") return "unknown";
  if (provesImpossible(model, restorePrices(form, { ...model, sense: "max" }, relaxed.prices))) return "impossible";
  const judge = (outcome: LinearOutcome) =>
    outcome.kind === "optimal" && breachOf(model, restoreColumns(form, model, outcome.x)) <= KEPT;
  if (integer === undefined) return judge(relaxed) ? "possible" : "unknown";
  const whole = solveScaled(form.programme, spreadBy, (scaled) => engine.solve(withStretches(scaled), limits));
  if (judge(whole)) return "possible";
  return whole.kind === "optimal" && whole.bound < -1e-6 ? "impossible" : "unknown";
}

/** Looks for the direction that gains most and keeps all rows for ever. Integers do not matter: a rational direction reaches whole numbers. */
function isUnbounded(
  model: LinearModel,
  form: StandardForm,
  { engine, spreadBy }: Attempt,
  limits: LinearLimits,
): boolean {
  const { integer: _, ...continuous } = form.programme;
  const outcome = solveScaled(continuous, spreadBy, ({ objective, upper, rows }) => {
    const endless = upper.map((bound) => (bound === Infinity ? 1 : 0));
    const found = engine.solve({ objective, upper: endless, rows: rows.map((row) => ({ ...row, value: 0 })) }, limits);
    // Rounding beside a direction of length 1 would break rows in which nothing else counts
    return found.kind === "optimal" ? { ...found, x: found.x.map((y) => (y < NOISE ? 0 : y)) } : found;
  });
  if (outcome.kind !== "optimal") return false;
  const direction = new Float64Array(model.columns.length);
  for (const [at, { column, sign }] of form.parts.entries()) direction[column]! += sign * outcome.x[at]!;
  return isEndless(model, direction);
}
