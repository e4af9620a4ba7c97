import { countOpen, markRejected, type RejectedSelection, rejectedUntilNow } from "@touchline/sql";
import type { Workspace } from "../workspace.ts";

/**
 * Puts open rejected rows aside for good: their text is dropped, line, step and reason stay for the balance.
 * @returns how many
 */
export async function discardRejected(workspace: Workspace, selection: RejectedSelection): Promise<number> {
  const { warehouse } = workspace;
  const asOf = await workspace.inTurn("publish", () => rejectedUntilNow(warehouse));
  const count = await countOpen(warehouse, selection, asOf);
  await markRejected(warehouse, selection, "discarded", { asOf });
  return count;
}
