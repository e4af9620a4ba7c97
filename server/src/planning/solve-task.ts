import {
  type Engines,
  loadHighs,
  type ParsedProblem,
  type ProblemAnswer,
  simplexEngine,
  solveProblem,
} from "@touchline/solver";

let engines: Promise<Engines> | undefined;

/** Solves a problem; the second engine is loaded when the first problem comes and stays. */
export async function solveTask(parsed: ParsedProblem): Promise<ProblemAnswer> {
  engines ??= loadHighs().then((large) => ({ small: simplexEngine, large }));
  return solveProblem(parsed, await engines);
}
