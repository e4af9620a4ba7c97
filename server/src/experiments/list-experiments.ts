import { listExperiments } from "@touchline/sql";
import { type Experiment, type Experiments, GAP_LIMIT } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";
import { isImpossible, judgeExperiment } from "./judge-experiment.ts";
import { fetchKnownFacts } from "./known-facts.ts";
import { modelForExperiment } from "./model-for-experiment.ts";

/** Model less test, over the standard errors of both together. */
export function gapBetween(
  test: { readonly incrementalConversions: number; readonly standardError: number },
  model: Experiment["model"],
): number | null {
  if (model === null || !(test.standardError > 0)) return null;
  return (model.conversions - test.incrementalConversions) / Math.hypot(test.standardError, model.standardError ?? 0);
}

/** Every lift test with its interval, what it cost, and the model's own figure beside it. */
export async function fetchExperiments(workspace: Workspace): Promise<Experiments> {
  const [{ currency }, tests] = await Promise.all([workspace.settings(), workspace.warehouse.ask(listExperiments, {})]);
  const known = await fetchKnownFacts(workspace, tests);
  const experiments: Experiment[] = [];
  for (const test of tests) {
    const facts = known(test);
    const problems = judgeExperiment(test, facts);
    const model = await modelForExperiment(workspace, test);
    const { incrementalConversions, standardError, spend } = test;
    const margin = GAP_LIMIT * standardError;
    experiments.push({
      ...test,
      interval: { low: incrementalConversions - margin, high: incrementalConversions + margin },
      costPerIncremental:
        incrementalConversions > 0 && Number(spend) > 0 ? Number(spend) / incrementalConversions : null,
      booked: facts.booked,
      problems,
      model,
      gap: problems.some(isImpossible) ? null : gapBetween(test, model),
    });
  }
  return { currency, experiments };
}
