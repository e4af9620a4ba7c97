import type { House } from "../../house/index.ts";
import { planWeeks, proposePlan, seekGoal, traceFrontier, tryChannel } from "../../planning/index.ts";
import type { CommandIo } from "../io.ts";
import { type AskOptions, askPlan } from "./ask-plan.ts";
import { answerStudy, printAnswer } from "./print-answer.ts";
import { readStudy, type StudyOptions } from "./study-options.ts";

export interface OptimiseOptions extends AskOptions, StudyOptions {
  readonly json: boolean;
}

/** `touchline optimise`: the best split of a budget on the fitted curves, or a study of it. */
export async function runOptimise(house: House, options: OptimiseOptions, io: CommandIo): Promise<number> {
  const study = readStudy(options);
  const { workspace, limits } = await askPlan(house, options, io);
  const answered = await answerStudy(study, {
    plan: () => proposePlan(workspace, limits),
    frontier: (asked) => traceFrontier(workspace, { limits, ...asked }),
    whatIf: (asked) => tryChannel(workspace, { limits, ...asked }),
    goal: (seek) => seekGoal(workspace, { limits, seek }),
    weeks: (asked) => planWeeks(workspace, { limits, ...asked }),
  });
  printAnswer(answered, options.json, io);
  return 0;
}
