import type { Engine } from "../engine.ts";
import { ownTable } from "../shards.ts";
import type { WorkspaceWarehouse } from "../warehouse.ts";
import { LEFT_OUT_YEAR, REFUSED_YEAR, stagingTable } from "./stage.ts";
import { firstRow, type MoveCounts, type Staged } from "./staged.ts";

const IS_GOOD = `toYear(occurred_at) > ${LEFT_OUT_YEAR}`;

/** The partitions of a table that people may see rows of. */
async function goodYears(engine: Engine, table: string): Promise<number[]> {
  const rows = (await engine.rows(
    "staged-years",
    `SELECT DISTINCT toYear(occurred_at) AS year FROM ${table} WHERE ${IS_GOOD} ORDER BY year`,
  )) as { year: number }[];
  return rows.map(({ year }) => Number(year));
}

/**
 * How many staged ids are known already. Hashes are compared first: they read and hold a fraction of the bytes, and where no hash is
 * known no id is.
 */
async function countKnown(warehouse: WorkspaceWarehouse, table: string): Promise<number> {
  const { maybe } = await firstRow(
    warehouse,
    "count-maybe-known",
    `SELECT count() AS maybe FROM touchpoints
     WHERE workspace_id = {workspaceId:String} AND sipHash64(event_id) IN (SELECT sipHash64(event_id) FROM ${table} WHERE ${IS_GOOD})`,
  );
  if (Number(maybe) === 0) return 0;
  const { known } = await firstRow(
    warehouse,
    "count-known",
    `SELECT count() AS known FROM touchpoints
     WHERE workspace_id = {workspaceId:String} AND event_id IN (SELECT event_id FROM ${table} WHERE ${IS_GOOD})`,
  );
  return Number(known);
}

/** The staged rows once more, each id once and none that is known. */
async function withoutDuplicates(warehouse: WorkspaceWarehouse, staged: Staged, hasKnown: boolean): Promise<string> {
  const table = stagingTable(staged.importId);
  const clean = `${table}_clean`;
  await warehouse.engine.run(
    "create-clean-staging",
    `CREATE TABLE ${clean} AS ${ownTable(warehouse.engine, "touchpoints")}`,
  );
  // Equal rows without ids are events of their own: the second one of a kind gets "-2", the same way at every import.
  let rows = staged.derivedIds
    ? `SELECT * REPLACE (if(ordinal = 1, event_id, concat(event_id, '-', toString(ordinal))) AS event_id) EXCEPT (ordinal)
       FROM (SELECT *, row_number() OVER (PARTITION BY event_id) AS ordinal FROM ${table} WHERE ${IS_GOOD})`
    : `SELECT * FROM ${table} WHERE ${IS_GOOD} ORDER BY occurred_at, visitor_id LIMIT 1 BY event_id`;
  if (hasKnown) {
    rows = `SELECT * FROM (${rows}) WHERE event_id NOT IN (
      SELECT event_id FROM touchpoints WHERE workspace_id = {workspaceId:String} AND event_id IN (SELECT event_id FROM (${rows})))`;
  }
  await warehouse.engine.run("clean-staging", `INSERT INTO ${clean} ${rows}`, { workspaceId: warehouse.workspaceId });
  return clean;
}

/** Years are attached as they are; on a cluster each row goes to its shard. */
async function publish({ engine }: WorkspaceWarehouse, { importId }: Staged, source: string): Promise<void> {
  const name = `move-${importId}`;
  if (engine.cluster !== null)
    return engine.run(name, `INSERT INTO touchpoints SELECT * FROM ${source} WHERE ${IS_GOOD}`);
  for (const year of await goodYears(engine, source))
    await engine.run(name, `ALTER TABLE touchpoints ATTACH PARTITION ${year} FROM ${source}`);
}

/** Publishes staged touchpoints: an id that is there already, or came earlier in the file, is a duplicate. */
export async function settleTouchpoints(warehouse: WorkspaceWarehouse, staged: Staged): Promise<MoveCounts> {
  const table = stagingTable(staged.importId);
  const counts = await firstRow(
    warehouse,
    "count-staged",
    `SELECT count() AS staged, countIf(toYear(occurred_at) = ${LEFT_OUT_YEAR}) AS filtered, countIf(toYear(occurred_at) = ${REFUSED_YEAR}) AS rejected,
       uniqExactIf(sipHash64(event_id), ${IS_GOOD}) AS ids,
       (SELECT count() FROM touchpoints WHERE workspace_id = {workspaceId:String}) AS existing
     FROM ${table}`,
  );
  const [all, filtered, rejected] = [Number(counts.staged), Number(counts.filtered), Number(counts.rejected)];
  const valid = all - filtered - rejected;
  const hasRepeats = Number(counts.ids) < valid;
  const hasKnown = valid > 0 && Number(counts.existing) > 0 && (await countKnown(warehouse, table)) > 0;
  const source = hasRepeats || hasKnown ? await withoutDuplicates(warehouse, staged, hasKnown || hasRepeats) : table;
  let stored = valid;
  if (source !== table) {
    const clean = await firstRow(warehouse, "count-clean", `SELECT count() AS stored FROM ${source}`);
    stored = Number(clean.stored);
  }
  await publish(warehouse, staged, source);
  return { staged: all, filtered, rejected, stored, duplicates: valid - stored, replaced: 0 };
}
