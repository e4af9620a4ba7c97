import { parseProblem } from "@touchline/solver";
import { solveInThread } from "../../planning/index.ts";
import { UserError } from "../../user-error.ts";
import type { CommandIo } from "../io.ts";
import { answerInWords } from "./answer-words.ts";
import { describeAnswer } from "./describe-answer.ts";
import { readJson } from "./read-json.ts";

export interface ProblemOptions {
  readonly problem: string;
  readonly timeLimit: number;
  readonly json: boolean;
  /** Options that were given too, and have no say in a problem file. */
  readonly beside: readonly string[];
}

/** `touchline optimise --problem FILE`: curves and limits given; needs no data folder. */
export async function runProblem(options: ProblemOptions, io: CommandIo): Promise<number> {
  const { problem: file, timeLimit, json, beside } = options;
  if (beside.length > 0)
    throw new UserError(`${beside.join(", ")}: a problem file says everything itself; leave it out`, { exitCode: 2 });
  const read = parseProblem(readJson(file, io));
  if (read.kind === "refused") throw new UserError(`${file}: ${read.reason}`);
  const outcome = await solveInThread(read.parsed, timeLimit);
  if (outcome.kind === "late")
    throw new UserError(
      `${file}: not solved within ${timeLimit} seconds; give it more with --time-limit, or ask for less at once`,
    );
  const answer = describeAnswer(read.parsed, outcome.answer);
  io.stdout(json ? `${JSON.stringify(answer)}\n` : answerInWords(read.parsed, answer));
  return 0;
}
