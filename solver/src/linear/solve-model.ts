import { enginesFor, isSmall } from "./choose-engine.ts";
import { proveHopeless } from "./hopeless.ts";
import { checkLinearModel, type LinearModel } from "./model.ts";
import type { Engines, LinearEngine, LinearLimits, LinearOutcome, LinearProgramme } from "./programme.ts";
import { boundByPrices, breachOf, KEPT, missesWholeNumbers, objectiveAt } from "./proof.ts";
import { searchWhole } from "./search-whole.ts";
import { type Attempt, solveScaled } from "./solve-scaled.ts";
import { restoreColumns, restorePrices, type StandardForm, standardForm } from "./standard-form.ts";

export type LinearAnswer =
  | OptimalAnswer
  /** Proved: prices of the rows ask for more than the columns can give, or no whole number fits */
  | { readonly kind: "infeasible" }
  /** Proved: a plan that keeps all rows, and a direction that keeps them for ever and always gains */
  | { readonly kind: "unbounded" }
  /** The model cannot mean what it says; nothing was solved */
  | { readonly kind: "refused"; readonly reason: string }
  /** No answer that could be proved. Nothing is returned in its place. */
  | { readonly kind: "unsolved"; readonly reason: string };

/** Arrays in the order of the model's columns and rows. */
export interface OptimalAnswer {
  readonly kind: "optimal";
  readonly objective: number;
  readonly x: Float64Array;
  /** Change of the objective for one more unit on the bounds of each row; with integers, while they keep their values */
  readonly prices: Float64Array;
  readonly certificate: LinearCertificate;
}

export interface LinearCertificate {
  /**
   * Nothing within the rows is better. By weak duality in the model's own units; with integers by our own search where it
   * got to the end, and by the engine's word where it did not
   */
  readonly bound: number;
  readonly provedBy: "prices" | "search" | "engine";
  /** Distance from the bound, relative to the objective */
  readonly gap: number;
  /** Worst breach of a row, relative to the largest number in it; bounds and whole numbers are kept exactly */
  readonly feasibility: number;
  readonly engine: LinearEngine["name"];
}

const ACCEPTED_GAP = 1e-9;
/** HiGHS searches to 1e-9 of the value and measures it in its own way. */
const ACCEPTED_WHOLE_GAP = 1e-8;
/** Branches of our own search for whole numbers, which take half a second at most on programmes of that size. */
const MOST_NODES = 500;

/**
 * Solves a model that nobody has checked: at the door, in numbers near 1, and with the answer proved in the model's own
 * units. Where the proof fails the other engine is asked, and where all fail it says so.
 * Laws: units of rows, columns and objective change nothing; the same model has the same answer.
 * @param limits for each programme that is solved on the way
 */
export function solveLinearModel(model: LinearModel, engines: Engines, limits: LinearLimits = {}): LinearAnswer {
  const refusal = checkLinearModel(model);
  if (refusal !== null) return { kind: "refused", reason: refusal };
  if (missesWholeNumbers(model)) return { kind: "infeasible" };
  const form = standardForm(model);
  const attempts = attemptsAt(form.programme, engines, limits);
  let reason = "";
  let hopeless: ReturnType<typeof proveHopeless> | null = null;
  for (const attempt of attempts) {
    const outcome = solveScaled(form.programme, attempt.spreadBy, attempt.solve);
    if (outcome.kind === "optimal") {
      const answer = checkAnswer(model, form, outcome, attempt);
      if (answer.kind === "optimal") return answer;
      reason = answer.reason;
    } else if (outcome.kind === "unsolved") reason = outcome.reason;
    else if (attempt.by === "search") return outcome;
    else reason = `${attempt.engine.name} calls the model ${outcome.kind}, which could not be proved`;
    if (attempt.by === "search") continue;
    hopeless ??= proveHopeless(model, form, attempts, limits);
    if (hopeless !== "none") return { kind: hopeless };
  }
  return { kind: "unsolved", reason };
}

interface WayToSolve extends Attempt {
  readonly by: LinearCertificate["provedBy"];
  readonly solve: (scaled: LinearProgramme) => LinearOutcome;
}

function attemptsAt(programme: LinearProgramme, engines: Engines, limits: LinearLimits): WayToSolve[] {
  const asked = (engine: LinearEngine, spreadBy: Attempt["spreadBy"], by: WayToSolve["by"]): WayToSolve => ({
    engine,
    spreadBy,
    by,
    solve: (scaled) => engine.solve(scaled, limits),
  });
  const { integer, ...continuous } = programme;
  const [first, second] = enginesFor(continuous, engines);
  if (integer === undefined)
    return [
      asked(first, "largest", "prices"),
      asked(second, "largest", "prices"),
      asked(first, "middle", "prices"),
      asked(second, "middle", "prices"),
    ];
  const large = asked(engines.large, "largest", "engine");
  const search = (scaled: LinearProgramme) => searchWhole(scaled, integer, engines, MOST_NODES);
  return isSmall(continuous) ? [{ engine: first, spreadBy: "largest", by: "search", solve: search }, large] : [large];
}

function checkAnswer(
  model: LinearModel,
  form: StandardForm,
  outcome: Extract<LinearOutcome, { kind: "optimal" }>,
  { by, engine }: WayToSolve,
): OptimalAnswer | { kind: "unsolved"; reason: string } {
  const x = restoreColumns(form, model, outcome.x);
  const prices = restorePrices(form, model, outcome.prices);
  const feasibility = breachOf(model, x);
  if (!(feasibility <= KEPT))
    return { kind: "unsolved", reason: `the answer breaks a row by ${feasibility} of its size` };
  const up = model.sense === "max" ? 1 : -1;
  const { sum: objective, size } = objectiveAt(model, x);
  const proof =
    by === "prices"
      ? boundByPrices(
          model,
          Float64Array.from(model.columns, ({ cost }) => up * cost),
          prices.map((price) => up * price),
        )
      : { sum: up * objective + Math.max(0, outcome.bound - outcome.value), size };
  const scale = Math.max(Math.abs(objective), Math.max(size, proof.size) * 1e-3);
  const gap = proof.sum === up * objective ? 0 : (proof.sum - up * objective) / scale;
  if (!(Math.abs(gap) <= (by === "prices" ? ACCEPTED_GAP : ACCEPTED_WHOLE_GAP)))
    return { kind: "unsolved", reason: "the answer's own prices do not prove it" };
  const certificate = { bound: up * proof.sum, provedBy: by, gap, feasibility, engine: engine.name };
  return { kind: "optimal", objective, x, prices, certificate };
}
