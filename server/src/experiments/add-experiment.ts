import { randomUUID } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { listExperiments } from "@touchline/sql";
import type { z } from "zod";
import { type AddedExperiment, ExperimentEntry } from "../contract/index.ts";
import { importFile } from "../ingest/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { explainProblem, isImpossible, judgeExperiment } from "./judge-experiment.ts";
import { fetchKnownFacts } from "./known-facts.ts";

/** The contract's columns, as a file has them. */
function rowOf(entry: ExperimentEntry): Record<string, unknown> {
  return {
    experiment_id: entry.experimentId,
    channel: entry.channel,
    method: entry.method,
    start_date: entry.startDate,
    end_date: entry.endDate,
    spend: entry.spend,
    incremental_conversions: entry.incrementalConversions,
    standard_error: entry.standardError,
    conversion_type: entry.conversionType,
    ...(entry.spendControl === null ? {} : { spend_control: entry.spendControl }),
    ...(entry.spendTest === null ? {} : { spend_test: entry.spendTest }),
    estimand: entry.estimand,
  };
}

/** @throws UserError with every reason why the test cannot be */
async function requirePossible(workspace: Workspace, entry: ExperimentEntry): Promise<void> {
  const facts = (await fetchKnownFacts(workspace, [entry]))(entry);
  const problems = judgeExperiment(entry, facts).filter(isImpossible);
  if (problems.length === 0) return;
  const reasons = problems.map((problem) => explainProblem(problem, entry, facts));
  throw new UserError(`the test ${entry.experimentId} is not taken: ${reasons.join("; ")}`);
}

/**
 * Enters one lift test by the same way as a file of them, so that it stands in the ledger. One of the same id is replaced.
 * @throws UserError when it cannot be what it claims
 */
export async function addExperiment(
  workspace: Workspace,
  given: z.input<typeof ExperimentEntry>,
  spoolFolder: string,
): Promise<AddedExperiment> {
  const entry = ExperimentEntry.parse(given);
  await requirePossible(workspace, entry);
  const before = await workspace.warehouse.ask(listExperiments, {});
  const path = join(spoolFolder, `experiment-${randomUUID()}.ndjson`);
  try {
    writeFileSync(path, `${JSON.stringify(rowOf(entry))}\n`, { mode: 0o600 });
    const report = await importFile(workspace, {
      ...{ kind: "experiments", path, name: `experiment ${entry.experimentId}`, format: "ndjson", spoolFolder },
      mapping: { sources: new Map(), replacements: new Map(), filters: [] },
    });
    const [refused] = report.reasons;
    if (refused !== undefined) throw new UserError(`the test ${entry.experimentId} is not taken: ${refused.reason}`);
    return {
      experimentId: entry.experimentId,
      replaced: report.replaced > 0 && before.some(({ experimentId }) => experimentId === entry.experimentId),
      unchanged: report.stored + report.replaced === 0,
    };
  } finally {
    rmSync(path, { force: true });
  }
}
