import type { Engine } from "./engine.ts";
import { EngineError } from "./engine-error.ts";

export const SCHEMA_LOCK = "schema_lock";

/** Whoever holds it longer was stopped in the middle. */
const LONGEST_SECONDS = 600;
const LOOK_EVERY_MS = 300;

/**
 * Runs the work while no other process of the same server does such work: making the lock's table is the claim, because only one
 * process can. A folder is open in one process alone and needs none.
 */
export async function withSchemaLock(engine: Engine, work: () => Promise<void>): Promise<void> {
  if (engine.location.kind === "folder") return work();
  while (!(await take(engine))) await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
  try {
    await work();
  } finally {
    await engine.run("leave-schema-lock", `DROP TABLE IF EXISTS ${SCHEMA_LOCK} SYNC`);
  }
}

async function take(engine: Engine): Promise<boolean> {
  try {
    await engine.run("take-schema-lock", `CREATE TABLE ${SCHEMA_LOCK} (one UInt8) ENGINE = MergeTree ORDER BY one`);
    return true;
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== "TABLE_ALREADY_EXISTS") throw error;
  }
  const stale = await engine.rows(
    "stale-schema-lock",
    `SELECT 1 FROM system.tables WHERE database = currentDatabase() AND name = '${SCHEMA_LOCK}'
       AND metadata_modification_time < now() - toIntervalSecond(${LONGEST_SECONDS})`,
  );
  if (stale.length > 0) await engine.run("drop-stale-schema-lock", `DROP TABLE IF EXISTS ${SCHEMA_LOCK} SYNC`);
  return false;
}
