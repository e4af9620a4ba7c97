import type { Engine } from "../engine.ts";

/** A table that stands in a database while it is being filled from a backup. */
export const RESTORE_MARK = "restore_unfinished";

/** True where a restore began and has not ended. */
export async function isBeingRestored(engine: Engine): Promise<boolean> {
  const rows = await engine.rows(
    "restore-mark",
    `SELECT 1 FROM system.tables WHERE database = currentDatabase() AND name = '${RESTORE_MARK}'`,
  );
  return rows.length > 0;
}
