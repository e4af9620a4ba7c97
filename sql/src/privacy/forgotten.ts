import { z } from "zod";
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
 * The forgotten identifiers as SQL sets that any engine of this machine can use; null where there are none, which is nearly always.
 * The reader of files knows no tables where the data is on a server, so the hashes themselves are written down for it.
 */
export async function forgottenSets(
  warehouse: WorkspaceWarehouse,
): Promise<{ erased: string; withdrawn: string } | null> {
  const { erased, withdrawn } = await warehouse.askOne(forgottenHashes, {});
  if (erased + withdrawn === 0) return null;
  const rows = (await warehouse.engine.rows(
    "forgotten-sets",
    `SELECT toString(reason) AS reason, toString(visitor_id) AS hash FROM forgotten FINAL WHERE workspace_id = {workspaceId:String}`,
    { workspaceId: warehouse.workspaceId },
  )) as { reason: string; hash: string }[];
  const set = (reason: string) => {
    const hashes = rows.filter((row) => row.reason === reason).map(({ hash }) => `toUInt64('${hash}')`);
    return hashes.length === 0 ? "toUInt64(0)" : hashes.join(", ");
  };
  return { erased: set("erased"), withdrawn: set("withdrawn") };
}
