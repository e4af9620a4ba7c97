import { finishReplacing, recordImport, undoImport, unfinishedImports } from "@touchline/sql";
import { mayBeAtWork } from "../process-owner.ts";
import type { Workspace } from "../workspace.ts";

/**
 * Takes back imports whose process was stopped in the middle, and finishes those that had begun to remove what they replace. A folder
 * is open in this process alone, so whatever was begun there is over; on a server others may be at work, and only what this machine's
 * dead processes began is touched.
 */
export async function recoverImports(workspace: Workspace, place: "folder" | "server"): Promise<number> {
  let recovered = 0;
  for (const entry of await workspace.warehouse.ask(unfinishedImports, {})) {
    if (mayBeAtWork(entry.owner, place)) continue;
    const isFinished = entry.state === "replacing";
    if (isFinished) await finishReplacing(workspace.warehouse, entry.kind, entry.importId);
    else await undoImport(workspace.warehouse, entry.kind, entry.importId);
    await workspace.warehouse.tell(recordImport, { ...entry, state: isFinished ? "done" : "undone" });
    recovered++;
  }
  return recovered;
}
