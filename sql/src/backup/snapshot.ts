import { randomUUID } from "node:crypto";
import type { Engine } from "../engine.ts";
import { quoteIdentifier, quoteText } from "../imports/quoting.ts";
import { PASSING_PREFIXES, SNAPSHOT_PREFIX } from "../passing-tables.ts";
import { SCHEMA_LOCK } from "../schema-lock.ts";
import type { Warehouse } from "../warehouse.ts";
import { RESTORE_MARK } from "./restore-mark.ts";

/** Rows that the engine keeps together and never changes: what they hold follows from the hash. */
export interface SnapshotPart {
  readonly name: string;
  readonly hash: string;
  readonly rows: number;
}

/** A table as it stood at one moment: its parts are linked, not copied, so taking it costs next to nothing. */
export interface TableSnapshot {
  readonly table: string;
  /** The statement that makes the table, without the name of its database. */
  readonly create: string;
  readonly columns: readonly string[];
  /** The table that holds the links. */
  readonly held: string;
  readonly parts: readonly SnapshotPart[];
}

const MOST_TRIES = 20;
const LEFT_OVER_HOURS = 24;

/** Thrown where other processes wrote at every try. */
export class NeverQuiet extends Error {}

/**
 * Holds all tables as they are at one moment: writes of this process wait for it, and where others write as well it is tried until none
 * of them did meanwhile. Let it go with `dropSnapshots`.
 * @throws NeverQuiet when other processes never paused
 */
export async function takeSnapshots({ engine }: Warehouse): Promise<TableSnapshot[]> {
  await dropLeftOvers(engine);
  for (let tried = 0; tried < MOST_TRIES; tried++) {
    const taken = await engine.whileQuiet(async (run) => {
      const before = await writtenUntilNow(engine);
      const tables = await listTables(engine);
      const prefix = `${SNAPSHOT_PREFIX}${randomUUID().slice(0, 8)}_`;
      const held = tables.map((table) => ({ ...table, held: `${prefix}${table.table}` }));
      for (const { table, held: name } of held) {
        await run("hold-table", `CREATE TABLE ${quoteIdentifier(name)} CLONE AS ${quoteIdentifier(table)}`);
        await run("hold-parts", `SYSTEM STOP MERGES ${quoteIdentifier(name)}`);
      }
      const isQuiet = engine.location.kind === "folder" || (await writtenUntilNow(engine)) === before;
      return { held, isQuiet };
    });
    const snapshots: TableSnapshot[] = [];
    for (const table of taken.held) snapshots.push({ ...table, parts: await listParts(engine, table.held) });
    if (taken.isQuiet) return snapshots;
    await dropTables(
      engine,
      snapshots.map(({ held }) => held),
    );
  }
  throw new NeverQuiet("other processes write to the data all the time");
}

export function dropSnapshots({ engine }: Warehouse, snapshots: readonly TableSnapshot[]): Promise<void> {
  return dropTables(
    engine,
    snapshots.map(({ held }) => held),
  );
}

async function dropTables(engine: Engine, names: readonly string[]): Promise<void> {
  for (const name of names) await engine.run("drop-snapshot", `DROP TABLE IF EXISTS ${quoteIdentifier(name)} SYNC`);
}

/** On a server nobody else takes away what a backup that was killed has held. */
async function dropLeftOvers(engine: Engine): Promise<void> {
  const rows = (await engine.rows(
    "left-over-snapshots",
    `SELECT name FROM system.tables WHERE database = currentDatabase() AND startsWith(name, ${quoteText(SNAPSHOT_PREFIX)})
       AND metadata_modification_time < now() - toIntervalHour(${LEFT_OVER_HOURS})`,
  )) as { name: string }[];
  await dropTables(
    engine,
    rows.map(({ name }) => name),
  );
}

/** Everything but what passes. The statement is told by the engine, so a table that was altered is made as it is now. */
async function listTables(engine: Engine): Promise<Pick<TableSnapshot, "table" | "create" | "columns">[]> {
  const tables = (await engine.rows(
    "tables-to-keep",
    `SELECT name, create_table_query AS made,
       (SELECT groupArray((table, name)) FROM system.columns
        WHERE database = currentDatabase() AND default_kind NOT IN ('MATERIALIZED', 'ALIAS', 'EPHEMERAL')) AS listed
     FROM system.tables
     WHERE database = currentDatabase() AND endsWith(engine, 'MergeTree') AND name NOT IN {others:Array(String)}
       AND NOT arrayExists(prefix -> startsWith(name, prefix), {prefixes:Array(String)})
     ORDER BY name`,
    { prefixes: PASSING_PREFIXES, others: [SCHEMA_LOCK, RESTORE_MARK] },
  )) as { name: string; made: string; listed: [string, string][] }[];
  return tables.map(({ name, made, listed }) => ({
    table: name,
    create: made.replace(/^CREATE TABLE \S+/, `CREATE TABLE ${quoteIdentifier(name)}`),
    columns: listed.filter(([table]) => table === name).map(([, column]) => column),
  }));
}

async function listParts(engine: Engine, held: string): Promise<SnapshotPart[]> {
  const rows = (await engine.rows(
    "parts-to-keep",
    `SELECT name, hash_of_all_files AS hash, toString(rows) AS counted FROM system.parts
     WHERE database = currentDatabase() AND table = {held:String} AND active AND rows > 0 ORDER BY name`,
    { held },
  )) as { name: string; hash: string; counted: string }[];
  return rows.map(({ name, hash, counted }) => ({ name, hash, rows: Number(counted) }));
}

/** Changes with every insert and mutation, not with merges. */
async function writtenUntilNow(engine: Engine): Promise<string> {
  const [row] = (await engine.rows(
    "written-until-now",
    `SELECT toString(groupBitXor(cityHash64(table, partition_id, last, version))) AS mark FROM (
       SELECT table, partition_id, max(max_block_number) AS last, max(data_version) AS version FROM system.parts
       WHERE database = currentDatabase() AND active
         AND NOT arrayExists(prefix -> startsWith(table, prefix), {prefixes:Array(String)})
       GROUP BY table, partition_id)`,
    { prefixes: PASSING_PREFIXES },
  )) as { mark: string }[];
  return row!.mark;
}
