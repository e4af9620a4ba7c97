import type { Engine } from "../engine.ts";

/** A table that stands in a database while it is being filled from a backup. */
export const RESTORE_MARK = "restore_unfinished";

/** The backup whose restore began and has not ended; null where there is none. */
export async function backupBeingRestored(engine: Engine): Promise<string | null> {
  const rows = (await engine.rows(
    "restore-mark",
    `SELECT comment FROM system.tables WHERE database = currentDatabase() AND name = '${RESTORE_MARK}'`,
  )) as { comment: string }[];
  return rows[0]?.comment ?? null;
}
