import { writeFile } from "node:fs/promises";
import { z } from "zod";
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
  const { erased, withdrawn } = await warehouse.askOne(forgottenHashes, {});
  if (erased + withdrawn === 0) return null;
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
