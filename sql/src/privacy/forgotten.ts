import { writeFile } from "node:fs/promises";
import { z } from "zod";
import type { WarehouseLocation } from "../engine-clients.ts";
import { quoteText } from "../imports/quoting.ts";
import { CountText, question } from "../question.ts";
import type { WorkspaceWarehouse } from "../warehouse.ts";

/** Hashes that must not come back: of persons who were erased, and of identifiers whose consent was withdrawn. */
export const forgottenHashes = question({
  name: "forgotten-hashes",
  params: z.object({}),
  row: z.object({ erased: CountText, withdrawn: CountText }),
  sql: `
    SELECT toString(countIf(reason = 'erased')) AS erased, toString(countIf(reason = 'withdrawn')) AS withdrawn
    FROM forgotten FINAL
    WHERE workspace_id = {workspaceId:String}`,
});

/** By open folder: workspaces that are known to have forgotten nobody, and how often something of that was written. */
const nobody = new WeakMap<WarehouseLocation, { readonly workspaces: Set<string>; changes: number }>();

function knownOf({ engine }: WorkspaceWarehouse) {
  let known = nobody.get(engine.location);
  if (known === undefined) {
    known = { workspaces: new Set(), changes: 0 };
    nobody.set(engine.location, known);
  }
  return known;
}

/** To be called before and after somebody is written down as forgotten. */
export function forgetThatNobodyIs(warehouse: WorkspaceWarehouse): void {
  const known = knownOf(warehouse);
  known.changes++;
  known.workspaces.clear();
}

/** Asked with every batch of events, and the answer is nearly always no. In a folder, nobody but this process writes another one. */
async function isAnybodyForgotten(warehouse: WorkspaceWarehouse): Promise<boolean> {
  const known = knownOf(warehouse);
  const { changes } = known;
  if (known.workspaces.has(warehouse.workspaceId)) return false;
  const { erased, withdrawn } = await warehouse.askOne(forgottenHashes, {});
  const isNobody = erased + withdrawn === 0;
  if (isNobody && !warehouse.isShared && known.changes === changes) known.workspaces.add(warehouse.workspaceId);
  return !isNobody;
}

/**
 * The forgotten identifiers as SQL sets for the engine that reads files; null where there are none, which is nearly always. They may be
 * many, so they never stand in a query's text. The reader knows no tables where the data is on a server: there it finds them in a file.
 * @param listPath where that file may stand
 */
export async function forgottenSets(
  warehouse: WorkspaceWarehouse,
  listPath: string,
): Promise<{ erased: string; withdrawn: string } | null> {
  const { engine, workspaceId } = warehouse;
  if (!(await isAnybodyForgotten(warehouse))) return null;
  const ofWorkspace = `workspace_id = ${quoteText(workspaceId)}`;
  let source = `forgotten WHERE ${ofWorkspace} AND`;
  if (engine.location.kind === "server") {
    const rows = (await engine.rows(
      "forgotten-hashes",
      `SELECT toString(visitor_id) AS hash, toString(reason) AS why FROM forgotten FINAL WHERE ${ofWorkspace}`,
    )) as { hash: string; why: string }[];
    await writeFile(listPath, rows.map(({ hash, why }) => `${hash}\t${why}\n`).join(""), { mode: 0o600 });
    source = `file(${quoteText(listPath)}, 'TSV', 'visitor_id UInt64, reason String') WHERE`;
  }
  const set = (reason: string) => `SELECT visitor_id FROM ${source} reason = ${quoteText(reason)}`;
  return { erased: set("erased"), withdrawn: set("withdrawn") };
}
