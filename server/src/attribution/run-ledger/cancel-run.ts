import { setTimeout as pause } from "node:timers/promises";
import { noteRun } from "@touchline/sql";
import type { RunSummary } from "../../contract/index.ts";
import { UserError } from "../../user-error.ts";
import type { Workspace } from "../../workspace.ts";
import { findRecordedRun } from "./find-recorded-run.ts";
import { summariseRun } from "./list-runs.ts";
import { runUnderway } from "./runs-underway.ts";

const LOOK_EVERY_MS = 100;
/** Its process looks once a second; what it has written goes after that. */
const WAIT_MS = 15_000;

/**
 * Stops a run, whichever process computes it: the statement under way is ended, and its process finds the note.
 * @returns the run as it is then, which is still running where its process does not answer
 */
export async function cancelRun(workspace: Workspace, id: string, by: string): Promise<RunSummary> {
  const run = await findRecordedRun(workspace, id);
  if (run.state !== "running") {
    throw new UserError(`the run ${run.runId.slice(0, 8)} is not under way: it is ${run.state}`);
  }
  const { warehouse } = workspace;
  const here = runUnderway(run.runId);
  if (here !== undefined) await here.stop();
  else {
    await warehouse.tell(noteRun, { runId: run.runId, note: "cancel", value: "yes", setBy: by });
    await warehouse.endCommands(run.runId);
  }
  for (let waited = 0; waited < WAIT_MS; waited += LOOK_EVERY_MS) {
    const now = await findRecordedRun(workspace, run.runId);
    if (now.state !== "running") return summariseRun(now);
    await pause(LOOK_EVERY_MS);
  }
  return summariseRun(await findRecordedRun(workspace, run.runId));
}
