import { alterTable } from "../shards.ts";
import type { WorkspaceWarehouse } from "../warehouse.ts";
import type { ImportKind } from "./layouts.ts";
import { quoteText } from "./quoting.ts";
import { moveRejected, type Rejection } from "./reject.ts";
import { removeReplaced, settleConversions } from "./settle-conversions.ts";
import { settleList } from "./settle-lists.ts";
import { settleTouchpoints } from "./settle-touchpoints.ts";
import { malformedTable, stagingTable } from "./stage.ts";
import type { MoveCounts, Staged } from "./staged.ts";

/** Kinds of which each import adds rows of its own, so that they can be taken back by its number. */
const UNDONE_BY_NUMBER: readonly ImportKind[] = ["touchpoints", "conversions", "adjustments", "identities"];

/**
 * Moves what was staged to where people see it: what was refused first, the rows themselves last, because what they replace could
 * not be put back if a later step failed.
 * @param beforeReplacing called once rows are about to be removed that others take the place of: the import can then only be finished
 */
export async function moveStaged(
  warehouse: WorkspaceWarehouse,
  staged: Staged & Rejection,
  beforeReplacing: (counts: MoveCounts) => Promise<void>,
): Promise<MoveCounts> {
  const moveRefused = () => moveRejected(warehouse, staged);
  if (staged.kind === "touchpoints" && staged.malformed.length === 0)
    return settleTouchpoints(warehouse, staged, moveRefused);
  await moveRefused();
  switch (staged.kind) {
    case "touchpoints":
      return settleTouchpoints(warehouse, staged, async () => undefined);
    case "conversions":
    case "adjustments":
      return settleConversions(warehouse, staged, beforeReplacing);
    default:
      return settleList(warehouse, staged);
  }
}

export async function dropStaging(warehouse: WorkspaceWarehouse, importId: number): Promise<void> {
  const tables = [stagingTable(importId), `${stagingTable(importId)}_clean`, malformedTable(importId)];
  await warehouse.engine.run("drop-staging", `DROP TABLE IF EXISTS ${tables.join(", ")} SYNC`);
}

const LOOK_EVERY_MS = 100;

/**
 * Ends what a server still does for an import. A connection that is lost ends no insert: its rows would land after they were looked for.
 */
async function endLeftCommands(warehouse: WorkspaceWarehouse, importId: number): Promise<void> {
  if (warehouse.engine.location.kind === "folder") return;
  const left = `FROM system.processes WHERE query_kind IN ('Insert', 'Alter') AND match(query, ${quoteText(`(^|[^a-z0-9_])${stagingTable(importId)}(_[a-z]+)?([^a-z0-9_]|$)`)})`;
  for (;;) {
    const [row] = (await warehouse.engine.rows("left-commands", `SELECT toString(count()) AS n ${left}`)) as {
      n: string;
    }[];
    if (row!.n === "0") return;
    await warehouse.engine.run("end-left-commands", `KILL QUERY WHERE query_id IN (SELECT query_id ${left}) ASYNC`);
    await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
  }
}

/**
 * Takes back what an import that did not end has written. The lists are written by one insert, whole or absent, so they need nothing.
 * Most have written nothing yet, and a table is only rewritten where they have: that waits for as long as the disk is full.
 */
export async function undoImport(warehouse: WorkspaceWarehouse, kind: ImportKind, importId: number): Promise<void> {
  const where = `workspace_id = {workspaceId:String} AND import_id = ${importId}`;
  const params = { workspaceId: warehouse.workspaceId };
  await endLeftCommands(warehouse, importId);
  for (const table of [...(UNDONE_BY_NUMBER.includes(kind) ? [kind] : []), "rejected_rows"]) {
    const written = await warehouse.engine.rows("is-written", `SELECT 1 FROM ${table} WHERE ${where} LIMIT 1`, params);
    if (written.length === 0) continue;
    await alterTable(
      warehouse.engine,
      "undo-import",
      table,
      `DELETE WHERE ${where} SETTINGS mutations_sync = 2`,
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
