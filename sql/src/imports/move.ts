import type { WorkspaceWarehouse } from "../warehouse.ts";
import type { ImportKind } from "./layouts.ts";
import { removeReplaced, settleConversions } from "./settle-conversions.ts";
import { settleList } from "./settle-lists.ts";
import { settleTouchpoints } from "./settle-touchpoints.ts";
import { malformedTable, stagingTable } from "./stage.ts";
import type { MoveCounts, Staged } from "./staged.ts";

/** Kinds of which each import adds rows of its own, so that they can be taken back by its number. */
const UNDONE_BY_NUMBER: readonly ImportKind[] = ["touchpoints", "conversions", "adjustments", "identities"];

/**
 * Moves what was staged to where people see it.
 * @param beforeReplacing called once rows are about to be removed that others take the place of: the import can then only be finished
 */
export function moveStaged(
  warehouse: WorkspaceWarehouse,
  staged: Staged,
  beforeReplacing: (counts: MoveCounts) => Promise<void>,
): Promise<MoveCounts> {
  switch (staged.kind) {
    case "touchpoints":
      return settleTouchpoints(warehouse, staged);
    case "conversions":
    case "adjustments":
      return settleConversions(warehouse, staged, beforeReplacing);
    default:
      return settleList(warehouse, staged);
  }
}

export async function dropStaging(warehouse: WorkspaceWarehouse, importId: number): Promise<void> {
  for (const table of [stagingTable(importId), `${stagingTable(importId)}_clean`, malformedTable(importId)]) {
    await warehouse.engine.run("drop-staging", `DROP TABLE IF EXISTS ${table} SYNC`);
  }
}

/**
 * Takes back what an import that did not end has written. The lists are written by one insert, whole or absent, so they need nothing.
 * Most have written nothing yet, and a table is only rewritten where they have: that waits for as long as the disk is full.
 */
export async function undoImport(warehouse: WorkspaceWarehouse, kind: ImportKind, importId: number): Promise<void> {
  const where = `workspace_id = {workspaceId:String} AND import_id = ${importId}`;
  const params = { workspaceId: warehouse.workspaceId };
  for (const table of [...(UNDONE_BY_NUMBER.includes(kind) ? [kind] : []), "rejected_rows"]) {
    const written = await warehouse.engine.rows("is-written", `SELECT 1 FROM ${table} WHERE ${where} LIMIT 1`, params);
    if (written.length === 0) continue;
    await warehouse.engine.run(
      "undo-import",
      `ALTER TABLE ${table} DELETE WHERE ${where} SETTINGS mutations_sync = 2`,
      params,
    );
  }
  await dropStaging(warehouse, importId);
}

/** Finishes an import that was stopped between writing restated rows and removing the old ones. */
export async function finishReplacing(
  warehouse: WorkspaceWarehouse,
  kind: ImportKind,
  importId: number,
): Promise<void> {
  if (kind === "conversions" || kind === "adjustments") await removeReplaced(warehouse, kind, importId);
  await dropStaging(warehouse, importId);
}
