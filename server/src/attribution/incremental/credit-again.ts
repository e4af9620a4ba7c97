import { laySeeds, publishCredit, withCreditTable } from "@touchline/sql";
import { UserError } from "../../user-error.ts";
import type { FrozenFit } from "../../work.ts";
import type { Workspace } from "../../workspace.ts";
import type { RunParameters } from "../run-parameters.ts";
import type { PlainTask } from "./answer-incremental.ts";
import { fitInThread } from "./fit-in-thread.ts";

/** Counts of touches beside conversions that are kept with a run at most: 7 bytes each. */
const MOST_KEPT = 4_000_000;

/** What the model was fitted on is kept with its run unless that is more than some ten megabytes. */
export function isSmallEnough({ statistics, intent }: PlainTask): boolean {
  const { history, before, after } = statistics.conversions;
  const moments = intent?.moments.before.count.length ?? 0;
  return history.count.length + before.count.length + after.count.length + moments <= MOST_KEPT;
}

/**
 * Fits a run again on what it froze. Where the fit gives the rates that it gave then, the credit that was made of them is the credit.
 * @throws UserError when the fit gives other rates
 */
export async function creditAgain(
  { warehouse, work }: Workspace,
  runId: string,
  newRunId: string,
  _parameters: RunParameters,
  { statistics, weights }: FrozenFit,
): Promise<void> {
  const fit = await fitInThread(statistics as PlainTask, work.signal);
  if (JSON.stringify(fit) !== JSON.stringify(weights))
    throw new UserError("the fit gives other rates than it gave then, on the same figures");
  await withCreditTable(warehouse, async (table) => {
    await laySeeds(warehouse, table, runId, newRunId);
    await publishCredit(warehouse, table, [newRunId]);
  });
}
