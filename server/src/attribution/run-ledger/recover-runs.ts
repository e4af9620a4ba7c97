import { recordRun, removeRunRows, unfinishedRuns } from "@touchline/sql";
import { mayBeAtWork } from "../../process-owner.ts";
import type { Workspace } from "../../workspace.ts";
import { removeWhole } from "./prune-runs.ts";

/** Takes back what runs have written whose process died, and ends removals that were begun. */
export async function recoverRuns(workspace: Workspace, place: "folder" | "server"): Promise<void> {
  const { warehouse } = workspace;
  const rows = (await warehouse.ask(unfinishedRuns, {})).filter(({ owner }) => !mayBeAtWork(owner, place));
  const stopped = rows.filter(({ state }) => state === "running");
  await removeRunRows(
    warehouse,
    stopped.map(({ runId }) => runId),
  );
  for (const row of stopped) {
    await warehouse.tell(recordRun, {
      ...{ ...row, revision: row.revision + 1, state: "interrupted", finishedAt: new Date().toISOString() },
      reason: "its process was stopped in the middle",
    });
  }
  await removeWhole(
    workspace,
    rows.filter(({ state }) => state === "pruned"),
  );
}
