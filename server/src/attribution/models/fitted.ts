import { LOGISTIC } from "./logistic.ts";
import { MARKOV } from "./markov.ts";
import type { FittedModel } from "./model.ts";
import { SHAPLEY } from "./shapley.ts";

/** The models that are fitted on statistics: numbers only, nothing here may reach the engine, because a worker thread runs them. */
export const FITTED: readonly FittedModel[] = [MARKOV, SHAPLEY, LOGISTIC];
