import type { ParsedProblem, ProblemAnswer } from "@touchline/solver";
import { type ThreadAnswer, WarmThread } from "../warm-thread.ts";

const thread = new WarmThread<ParsedProblem, ProblemAnswer>({
  file: new URL("./solve-thread.mjs", import.meta.url),
  name: "the optimiser's thread",
});

/** Solves beside the thread that serves, in one that stays warm with its engines loaded. */
export function solveInThread(parsed: ParsedProblem, seconds: number): Promise<ThreadAnswer<ProblemAnswer>> {
  return thread.do(parsed, seconds * 1_000);
}
