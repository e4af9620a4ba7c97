import { hashSlices } from "../hash-slices.ts";
import { ownTable } from "../shards.ts";
import type { WorkspaceWarehouse } from "../warehouse.ts";
import { hashesOf, knownIdsOf } from "./known-ids.ts";
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

const idsOf = (slice: string) => `uniqExactIf(event_hash, ${IS_GOOD} AND ${slice}) AS ids`;

/** Looks the ids of rows up by their hashes: those are a fraction of the bytes, and each row holds its own. */
const knownOf = (
  table: string,
  slice: string,
) => `(SELECT count() FROM touchpoints WHERE workspace_id = {workspaceId:String} AND ${slice}
    AND event_hash IN (SELECT event_hash FROM ${table} WHERE ${IS_GOOD} AND ${slice})) AS known`;

async function lookUpIds(warehouse: WorkspaceWarehouse, table: string, slices: readonly string[]): Promise<StagedIds> {
  let [ids, mayBeKnown] = [0, false];
  for (const slice of slices) {
    const sql = `SELECT ${idsOf(slice)}, ${knownOf(table, slice)} FROM ${table}`;
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
function distinctRows(table: string, { derivedIds }: Staged, slice: string): string {
  const good = `${table} WHERE ${IS_GOOD} AND ${slice}`;
  // Equal rows without ids are events of their own: the second one of a kind gets "-2", the same way at every import.
  const rows = derivedIds
    ? `SELECT * REPLACE (if(ordinal = 1, event_id, concat(event_id, '-', toString(ordinal))) AS event_id) EXCEPT (ordinal)
       FROM (SELECT *, row_number() OVER (PARTITION BY event_id) AS ordinal FROM ${good})`
    : `SELECT * FROM ${good} ORDER BY occurred_at, visitor_id LIMIT 1 BY event_id`;
  const hashes = derivedIds ? `SELECT sipHash64(event_id) FROM (${rows})` : `SELECT event_hash FROM ${good}`;
  return `SELECT * FROM (${rows}) WHERE event_id NOT IN (
      SELECT event_id FROM touchpoints WHERE workspace_id = {workspaceId:String} AND event_hash IN (${hashes}))`;
}

/** The staged rows once more, each id once and none that is known. */
async function withoutDuplicates(
  warehouse: WorkspaceWarehouse,
  staged: Staged,
  slices: readonly string[],
): Promise<string> {
  const { engine, workspaceId } = warehouse;
  const table = stagingTable(staged.importId);
  const clean = `${table}_clean`;
  await engine.run("create-clean-staging", `CREATE TABLE ${clean} AS ${ownTable(engine, "touchpoints")}`);
  for (const slice of slices) {
    const rows = distinctRows(table, staged, slice);
    await engine.run("clean-staging", `INSERT INTO ${clean} ${rows}`, { workspaceId });
  }
  return clean;
}

/** Years, with spaces between them, are attached as they are; on a cluster each row goes to its shard. */
async function publish(
  { engine }: WorkspaceWarehouse,
  { importId }: Staged,
  { table: source, years }: Source,
): Promise<void> {
  const name = `move-${importId}`;
  if (engine.cluster !== null)
    return engine.run(name, `INSERT INTO touchpoints SELECT * FROM ${source} WHERE ${IS_GOOD}`);
  for (const year of years === "" ? [] : years.split(" "))
    await engine.run(name, `ALTER TABLE touchpoints ATTACH PARTITION ${year} FROM ${source}`);
}

interface StagedCounts {
  readonly staged: number;
  readonly filtered: number;
  readonly rejected: number;
  /** How many may be published. */
  readonly valid: number;
  /** Of those. */
  readonly years: string;
  /** What else was asked. */
  readonly row: Readonly<Record<string, string>>;
}

async function countStaged(
  warehouse: WorkspaceWarehouse,
  { importId }: Staged,
  beside: readonly string[],
): Promise<StagedCounts> {
  const sql = `SELECT ${[COUNTS, ...beside].join(", ")} FROM ${stagingTable(importId)}`;
  const row = await firstRow(warehouse, "count-staged", sql);
  const [staged, filtered, rejected] = [Number(row.staged), Number(row.filtered), Number(row.rejected)];
  return { staged, filtered, rejected, valid: staged - filtered - rejected, years: row.years!, row };
}

interface Source {
  /** The rows that are published, each id once and none that is known. */
  readonly table: string;
  readonly stored: number;
  readonly years: string;
  /** Of their ids, where those are noted. */
  readonly hashes: string;
}

/** @param hashes of the staged rows, where the ids of what is published are noted */
async function sourceOf(
  warehouse: WorkspaceWarehouse,
  staged: Staged,
  { valid, years }: StagedCounts,
  { ids, mayBeKnown }: StagedIds,
  slices: readonly string[],
  hashes = "",
): Promise<Source> {
  const hasRepeats = ids < valid;
  if (!hasRepeats && !mayBeKnown) return { table: stagingTable(staged.importId), stored: valid, years, hashes };
  const table = await withoutDuplicates(warehouse, staged, slices);
  const columns = [
    "count() AS stored",
    "arrayStringConcat(arraySort(groupUniqArray(toYear(occurred_at))), ' ') AS years",
    // The second of two equal rows has its id from here.
    ...(hashes === "" ? [] : [`${hashesOf("true")} AS hashes`]),
  ];
  const clean = await firstRow(warehouse, "count-clean", `SELECT ${columns.join(", ")} FROM ${table}`);
  return { table, stored: Number(clean.stored), years: clean.years!, hashes: clean.hashes ?? "" };
}

/** Publishes the rows of a file. */
async function settleFile(
  warehouse: WorkspaceWarehouse,
  staged: Staged,
  moveRefused: () => Promise<void>,
  idsAtOnce: number,
): Promise<MoveCounts> {
  const counts = await countStaged(warehouse, staged, []);
  if (counts.rejected > 0) await moveRefused();
  const slices = hashSlices("event_hash", counts.valid, idsAtOnce);
  const ids = await lookUpIds(warehouse, stagingTable(staged.importId), slices);
  const source = await sourceOf(warehouse, staged, counts, ids, slices);
  knownIdsOf(warehouse)?.forget(warehouse);
  await publish(warehouse, staged, source);
  return movedOf(counts, source);
}

/** Publishes the rows of a live batch. Everything is asked at once: asking costs more than looking. */
async function settleBatch(
  warehouse: WorkspaceWarehouse,
  staged: Staged,
  moveRefused: () => Promise<void>,
): Promise<MoveCounts> {
  const known = knownIdsOf(warehouse);
  const isTold = known?.canTell(warehouse) === true;
  const counts = await countStaged(warehouse, staged, [
    REFUSED,
    idsOf("true"),
    ...(known === null ? [] : [`${hashesOf(IS_GOOD)} AS hashes`]),
    ...(isTold ? [] : [knownOf(stagingTable(staged.importId), "true")]),
  ]);
  if (counts.rejected > 0) await moveRefused();
  const { ids, hashes = "", known: found, refused } = counts.row;
  const mayBeKnown = isTold ? known.mayKnow(warehouse, hashes) : Number(found) > 0;
  const source = await sourceOf(warehouse, staged, counts, { ids: Number(ids), mayBeKnown }, ["true"], hashes);
  known?.note(warehouse, source.hashes);
  await publish(warehouse, staged, source);
  return { ...movedOf(counts, source), refused: refusedRows(refused!) };
}

const movedOf = ({ staged, filtered, rejected, valid }: StagedCounts, { stored }: Source): MoveCounts => ({
  ...{ staged, filtered, rejected, stored },
  ...{ duplicates: valid - stored, replaced: 0 },
});

/**
 * Publishes staged touchpoints: an id that is there already, or came earlier in the file, is a duplicate.
 * @param moveRefused called before, where rows were refused
 * @param idsAtOnce more ids of a file than this are compared in slices; what is published is the same
 */
export function settleTouchpoints(
  warehouse: WorkspaceWarehouse,
  staged: Staged,
  moveRefused: () => Promise<void>,
  idsAtOnce: number = IDS_AT_ONCE,
): Promise<MoveCounts> {
  return staged.isLive
    ? settleBatch(warehouse, staged, moveRefused)
    : settleFile(warehouse, staged, moveRefused, idsAtOnce);
}
