import { countRejected, lastImport, markRejected, type RejectedSelection } from "@touchline/sql";
import type { Workspace } from "../workspace.ts";

/**
 * Puts open rejected rows aside for good: their text is dropped, line, step and reason stay for the balance.
 * @returns how many
 */
export async function discardRejected(workspace: Workspace, selection: RejectedSelection): Promise<number> {
  const { warehouse } = workspace;
  const counts = await countRejected(warehouse, { ...selection, state: "open" });
  const { importId } = await warehouse.askOne(lastImport, {});
  await markRejected(warehouse, selection, "discarded", { upTo: importId + 1, onlyReplayable: false });
  return counts.reduce((sum, { rows }) => sum + rows, 0);
}
