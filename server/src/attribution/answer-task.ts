import { ModelError } from "@touchline/solver";
import type { FitAnswer, FitTask } from "./fit-model.ts";
import { FITTED } from "./models/fitted.ts";

/** Fits a model in a thread of its own. Errors lose their class between threads, so that what a user is told comes as a value. */
export function answerTask({ model, statistics, parameters }: FitTask): FitAnswer {
  try {
    const fitted = FITTED.find(({ name }) => name === model);
    if (fitted === undefined) return { failed: `no fitted model is called ${model}` };
    return { fitted: fitted.fit(statistics, parameters) };
  } catch (error) {
    if (error instanceof ModelError) return { refused: error.message };
    return { failed: String((error as Error).stack ?? error) };
  }
}
