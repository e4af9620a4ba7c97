import type { Engine } from "../engine.ts";
import { EngineError } from "../engine-error.ts";
import { ownTable } from "../shards.ts";
import type { WorkspaceWarehouse } from "../warehouse.ts";

const ASK_EVERY_MS = 100;

/** Keeps replaced parts for a while, so that a new one that was lost with the power can be made again from them. */
const USUAL_LIFETIME_SECONDS = 30;

/**
 * Removes the files of rows that are no more: a mutation writes new parts beside the old ones, and the engine clears those away in its
 * own time, up to a minute later. Where a query still reads one, or a server does not allow it, that time is left to it.
 * @returns how many old parts are still there
 */
export async function purgeParts(
  { engine }: WorkspaceWarehouse,
  tables: readonly string[],
  withinMs: number,
): Promise<number> {
  if (engine.cluster === null) return purgeNode(engine, tables, withinMs);
  const own = [...tables, ...tables.map((table) => ownTable(engine, table))];
  const left = await Promise.all(engine.cluster.shards.map((shard) => purgeNode(shard.engine, own, withinMs)));
  return left.reduce((sum, parts) => sum + parts, 0);
}

async function purgeNode(engine: Engine, tables: readonly string[], withinMs: number): Promise<number> {
  const left = async () => {
    const rows = (await engine.rows(
      "old-parts",
      `SELECT table, count() AS parts FROM system.parts
       WHERE database = currentDatabase() AND NOT active AND table IN {tables:Array(String)} GROUP BY table`,
      { tables },
    )) as { table: string; parts: string }[];
    return new Map(rows.map(({ table, parts }) => [table, Number(parts)]));
  };
  const began = Date.now();
  let old = await left();
  const held = [...old.keys()];
  const lifetime = async (seconds: number) => {
    for (const table of held)
      await engine.run("set-part-lifetime", `ALTER TABLE ${table} MODIFY SETTING old_parts_lifetime = ${seconds}`);
  };
  try {
    await lifetime(0);
    while (old.size > 0 && Date.now() - began < withinMs) {
      // Starting the cleaning is what makes it happen now.
      for (const table of old.keys()) await engine.run("clean-parts", `SYSTEM START CLEANUP ${table}`);
      await new Promise((done) => setTimeout(done, ASK_EVERY_MS));
      old = await left();
    }
    await lifetime(USUAL_LIFETIME_SECONDS);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error; // A server may not allow it.
  }
  return [...old.values()].reduce((sum, parts) => sum + parts, 0);
}
