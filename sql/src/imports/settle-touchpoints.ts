import { hashSlices } from "../hash-slices.ts";
import { ownTable } from "../shards.ts";
import type { WorkspaceWarehouse } from "../warehouse.ts";
import { LEFT_OUT_YEAR, REFUSED_YEAR, stagingTable } from "./stage.ts";
import { firstRow, type MoveCounts, type RefusedRow, type Staged } from "./staged.ts";

const IS_GOOD = `toYear(occurred_at) > ${LEFT_OUT_YEAR}`;

/** Ids are compared so many at once: a gigabyte of them, where 100 million were four. */
const IDS_AT_ONCE = 20_000_000;

interface StagedIds {
  /** How many different ones there are, as far as their hashes tell. */
  readonly ids: number;
  /** True where a hash is known. Where none is, no id is. */
  readonly mayBeKnown: boolean;
}

/** Columns that look the ids of rows up by their hashes: those are a fraction of the bytes, and each row holds its own. */
const idColumns = (table: string, slice: string) => `uniqExactIf(event_hash, ${IS_GOOD} AND ${slice}) AS ids,
  (SELECT count() FROM touchpoints WHERE workspace_id = {workspaceId:String} AND ${slice}
    AND event_hash IN (SELECT event_hash FROM ${table} WHERE ${IS_GOOD} AND ${slice})) AS known`;

async function lookUpIds(warehouse: WorkspaceWarehouse, table: string, slices: readonly string[]): Promise<StagedIds> {
  let [ids, mayBeKnown] = [0, false];
  for (const slice of slices) {
    const sql = `SELECT ${idColumns(table, slice)} FROM ${table}`;
    const found = await firstRow(warehouse, "look-up-staged-ids", sql);
    ids += Number(found.ids);
    mayBeKnown ||= Number(found.known) > 0;
  }
  return { ids, mayBeKnown };
}

const COUNTS = `count() AS staged,
  countIf(toYear(occurred_at) = ${LEFT_OUT_YEAR}) AS filtered,
  countIf(toYear(occurred_at) = ${REFUSED_YEAR}) AS rejected,
  arrayStringConcat(arraySort(groupUniqArrayIf(toYear(occurred_at), ${IS_GOOD})), ' ') AS years`;

/** The refused rows as `[["line", "step", "reason"], …]`. */
const REFUSED = `toJSONString(groupArrayIf([extra['line'], extra['step'], extra['reason']], toYear(occurred_at) = ${REFUSED_YEAR})) AS refused`;

function refusedRows(text: string): RefusedRow[] {
  const rows = JSON.parse(text) as [string, string, string][];
  return rows.map(([line, step, reason]) => ({ line: Number(line), step, reason })).sort((a, b) => a.line - b.line);
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
      SELECT event_id FROM touchpoints WHERE workspace_id = {workspaceId:String}
        AND event_hash IN (SELECT sipHash64(event_id) FROM (${rows})) AND event_id IN (SELECT event_id FROM (${rows})))`;
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

/** Years, with spaces between them, are attached as they are; on a cluster each row goes to its shard. */
async function publish(
  { engine }: WorkspaceWarehouse,
  { importId }: Staged,
  source: string,
  years: string,
): Promise<void> {
  const name = `move-${importId}`;
  if (engine.cluster !== null)
    return engine.run(name, `INSERT INTO touchpoints SELECT * FROM ${source} WHERE ${IS_GOOD}`);
  for (const year of years === "" ? [] : years.split(" "))
    await engine.run(name, `ALTER TABLE touchpoints ATTACH PARTITION ${year} FROM ${source}`);
}

/**
 * Publishes staged touchpoints: an id that is there already, or came earlier in the file, is a duplicate.
 * @param moveRefused called before, where rows were refused
 * @param idsAtOnce more ids than this are compared in slices; what is published is the same
 */
export async function settleTouchpoints(
  warehouse: WorkspaceWarehouse,
  staged: Staged,
  moveRefused: () => Promise<void>,
  idsAtOnce: number = IDS_AT_ONCE,
): Promise<MoveCounts> {
  const table = stagingTable(staged.importId);
  // Of a live batch everything is asked at once: asking costs more than looking.
  const columns = staged.isLive ? [COUNTS, REFUSED, idColumns(table, "true")] : [COUNTS];
  const counts = await firstRow(warehouse, "count-staged", `SELECT ${columns.join(", ")} FROM ${table}`);
  const [all, filtered, rejected] = [Number(counts.staged), Number(counts.filtered), Number(counts.rejected)];
  if (rejected > 0) await moveRefused();
  const valid = all - filtered - rejected;
  const slices = staged.isLive ? ["true"] : hashSlices("event_hash", valid, idsAtOnce);
  const { ids, mayBeKnown } = staged.isLive
    ? { ids: Number(counts.ids), mayBeKnown: Number(counts.known) > 0 }
    : await lookUpIds(warehouse, table, slices);
  const hasRepeats = ids < valid;
  const source =
    hasRepeats || mayBeKnown ? await withoutDuplicates(warehouse, staged, mayBeKnown || hasRepeats, slices) : table;
  let [stored, years] = [valid, counts.years!];
  if (source !== table) {
    const clean = await firstRow(
      warehouse,
      "count-clean",
      `SELECT count() AS stored, arrayStringConcat(arraySort(groupUniqArray(toYear(occurred_at))), ' ') AS years FROM ${source}`,
    );
    [stored, years] = [Number(clean.stored), clean.years!];
  }
  await publish(warehouse, staged, source, years);
  const refused = staged.isLive ? refusedRows(counts.refused!) : undefined;
  return { staged: all, filtered, rejected, stored, duplicates: valid - stored, replaced: 0, refused };
}
