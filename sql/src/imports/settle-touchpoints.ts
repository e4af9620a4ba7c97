import type { Engine } from "../engine.ts";
import { hashSlices } from "../hash-slices.ts";
import { ownTable } from "../shards.ts";
import type { WorkspaceWarehouse } from "../warehouse.ts";
import { LEFT_OUT_YEAR, REFUSED_YEAR, stagingTable } from "./stage.ts";
import { firstRow, type MoveCounts, type Staged } from "./staged.ts";

const IS_GOOD = `toYear(occurred_at) > ${LEFT_OUT_YEAR}`;

/** Ids are compared so many at once: a gigabyte of them, where 100 million were four. */
const IDS_AT_ONCE = 20_000_000;

/** The partitions of a table that people may see rows of. */
async function goodYears(engine: Engine, table: string): Promise<number[]> {
  const rows = (await engine.rows(
    "staged-years",
    `SELECT DISTINCT toYear(occurred_at) AS year FROM ${table} WHERE ${IS_GOOD} ORDER BY year`,
  )) as { year: number }[];
  return rows.map(({ year }) => Number(year));
}

/** How many different ids are staged, as far as their hashes tell. */
async function countIds(warehouse: WorkspaceWarehouse, table: string, slices: readonly string[]): Promise<number> {
  let ids = 0;
  for (const slice of slices) {
    const counted = await firstRow(
      warehouse,
      "count-staged-ids",
      `SELECT uniqExact(sipHash64(event_id)) AS ids FROM ${table} WHERE ${IS_GOOD} AND ${slice}`,
    );
    ids += Number(counted.ids);
  }
  return ids;
}

/**
 * How many staged ids are known already. Hashes are compared first: they read and hold a fraction of the bytes, and where no hash is
 * known no id is.
 */
async function countKnown(warehouse: WorkspaceWarehouse, table: string, slices: readonly string[]): Promise<number> {
  let known = 0;
  for (const slice of slices) known += await countKnownOf(warehouse, table, slice);
  return known;
}

async function countKnownOf(warehouse: WorkspaceWarehouse, table: string, slice: string): Promise<number> {
  const { maybe } = await firstRow(
    warehouse,
    "count-maybe-known",
    `SELECT count() AS maybe FROM touchpoints
     WHERE workspace_id = {workspaceId:String} AND ${slice}
       AND sipHash64(event_id) IN (SELECT sipHash64(event_id) FROM ${table} WHERE ${IS_GOOD} AND ${slice})`,
  );
  if (Number(maybe) === 0) return 0;
  const { known } = await firstRow(
    warehouse,
    "count-known",
    `SELECT count() AS known FROM touchpoints
     WHERE workspace_id = {workspaceId:String} AND ${slice}
       AND event_id IN (SELECT event_id FROM ${table} WHERE ${IS_GOOD} AND ${slice})`,
  );
  return Number(known);
}

/** The rows of a slice once more, each id once and none that is known. */
function distinctRows(table: string, { derivedIds }: Staged, hasKnown: boolean, slice: string): string {
  const good = `${table} WHERE ${IS_GOOD} AND ${slice}`;
  // Equal rows without ids are events of their own: the second one of a kind gets "-2", the same way at every import.
  const rows = derivedIds
    ? `SELECT * REPLACE (if(ordinal = 1, event_id, concat(event_id, '-', toString(ordinal))) AS event_id) EXCEPT (ordinal)
       FROM (SELECT *, row_number() OVER (PARTITION BY event_id) AS ordinal FROM ${good})`
    : `SELECT * FROM ${good} ORDER BY occurred_at, visitor_id LIMIT 1 BY event_id`;
  if (!hasKnown) return rows;
  return `SELECT * FROM (${rows}) WHERE event_id NOT IN (
      SELECT event_id FROM touchpoints WHERE workspace_id = {workspaceId:String} AND event_id IN (SELECT event_id FROM (${rows})))`;
}

/** The staged rows once more, each id once and none that is known. */
async function withoutDuplicates(
  warehouse: WorkspaceWarehouse,
  staged: Staged,
  hasKnown: boolean,
  slices: readonly string[],
): Promise<string> {
  const { engine, workspaceId } = warehouse;
  const table = stagingTable(staged.importId);
  const clean = `${table}_clean`;
  await engine.run("create-clean-staging", `CREATE TABLE ${clean} AS ${ownTable(engine, "touchpoints")}`);
  for (const slice of slices) {
    const rows = distinctRows(table, staged, hasKnown, slice);
    await engine.run("clean-staging", `INSERT INTO ${clean} ${rows}`, { workspaceId });
  }
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

/**
 * Publishes staged touchpoints: an id that is there already, or came earlier in the file, is a duplicate.
 * @param idsAtOnce more ids than this are compared in slices; what is published is the same
 */
export async function settleTouchpoints(
  warehouse: WorkspaceWarehouse,
  staged: Staged,
  idsAtOnce: number = IDS_AT_ONCE,
): Promise<MoveCounts> {
  const table = stagingTable(staged.importId);
  const counts = await firstRow(
    warehouse,
    "count-staged",
    `SELECT count() AS staged, countIf(toYear(occurred_at) = ${LEFT_OUT_YEAR}) AS filtered, countIf(toYear(occurred_at) = ${REFUSED_YEAR}) AS rejected,
       (SELECT count() FROM touchpoints WHERE workspace_id = {workspaceId:String}) AS existing
     FROM ${table}`,
  );
  const [all, filtered, rejected] = [Number(counts.staged), Number(counts.filtered), Number(counts.rejected)];
  const valid = all - filtered - rejected;
  const slices = hashSlices("event_id", valid, idsAtOnce);
  const hasRepeats = (await countIds(warehouse, table, slices)) < valid;
  const hasKnown = valid > 0 && Number(counts.existing) > 0 && (await countKnown(warehouse, table, slices)) > 0;
  const source =
    hasRepeats || hasKnown ? await withoutDuplicates(warehouse, staged, hasKnown || hasRepeats, slices) : table;
  let stored = valid;
  if (source !== table) {
    const clean = await firstRow(warehouse, "count-clean", `SELECT count() AS stored FROM ${source}`);
    stored = Number(clean.stored);
  }
  await publish(warehouse, staged, source);
  return { staged: all, filtered, rejected, stored, duplicates: valid - stored, replaced: 0 };
}
