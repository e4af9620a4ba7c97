import { PASSING_PREFIXES } from "../passing-tables.ts";
import { isShardTable } from "../shards.ts";
import type { WorkspaceWarehouse } from "../warehouse.ts";
import {
  copyRows,
  deleteRows,
  forgetPersonBuild,
  mutate,
  NO_EXTRA,
  type RowCounts,
  updateConversions,
} from "./forget-rows.ts";
import { identifiedTables } from "./identified-tables.ts";

/** What a table does when identifiers have reached their age is said below; any other table with an identifier loses the row. */
const TREATED: ReadonlySet<string> = new Set([
  ...["touchpoints", "conversions", "journeys", "persons"],
  // Has a retention of its own.
  "rejected_rows",
]);

function instant(moment: Date): string {
  return `toDateTime64('${moment.toISOString().slice(0, -1).replace("T", " ")}', 3, 'UTC')`;
}

/** Rows that were received before a moment: the clock of retention is when this workspace got them, not when they happened. */
function receivedBefore(before: Date): string {
  return `import_id IN (SELECT import_id FROM imports FINAL WHERE workspace_id = {workspaceId:String} AND state = 'done' AND started_at < ${instant(before)})`;
}

/** Which rows still say who it was, by table. */
async function agedConditions(warehouse: WorkspaceWarehouse, before: Date): Promise<Record<string, string>> {
  const old = receivedBefore(before);
  const conditions: Record<string, string> = {
    touchpoints: `(visitor_id != 0 OR notEmpty(extra)) AND ${old}`,
    conversions: `(visitor_id != 0 OR notEmpty(extra)) AND ${old}`,
    adjustments: `notEmpty(extra) AND ${old}`,
  };
  for (const { name, columns } of await identifiedTables(warehouse)) {
    if (!TREATED.has(name) && columns.includes("import_id")) conditions[name] = old;
  }
  return conditions;
}

async function countRows(
  { engine, workspaceId }: WorkspaceWarehouse,
  conditions: Readonly<Record<string, string>>,
): Promise<RowCounts> {
  const counts: Record<string, number> = {};
  for (const [table, where] of Object.entries(conditions)) {
    const [row] = (await engine.rows(
      "count-retained",
      `SELECT count() AS n FROM ${table} WHERE workspace_id = {workspaceId:String} AND ${where}`,
      { workspaceId },
    )) as { n: string }[];
    if (Number(row!.n) > 0) counts[table] = Number(row!.n);
  }
  return counts;
}

/** How many rows hold an identifier that was received before this moment, by table. */
export async function countAged(warehouse: WorkspaceWarehouse, before: Date): Promise<RowCounts> {
  return countRows(warehouse, await agedConditions(warehouse, before));
}

/**
 * Takes the identifiers out of what was received before this moment; events stay in the totals. Doing it again changes nothing.
 * @param isResumed true where an earlier attempt was stopped: its copies are then looked for, which costs memory
 */
export async function ageRows(warehouse: WorkspaceWarehouse, before: Date, isResumed: boolean): Promise<void> {
  const conditions = await agedConditions(warehouse, before);
  const counts = isResumed ? conditions : await countRows(warehouse, conditions);
  const changes = { visitor_id: "toUInt64(0)", extra: NO_EXTRA };
  for (const table of Object.keys(counts)) {
    const where = conditions[table]!;
    if (table === "touchpoints") {
      const copyIds = isResumed ? ["event_id"] : [];
      await copyRows(warehouse, {
        table,
        id: "event_id",
        where,
        isCopy: "visitor_id = 0 AND empty(extra)",
        copyIds,
        changes,
      });
      await deleteRows(warehouse, table, where);
    } else if (table === "conversions") await updateConversions(warehouse, changes, where);
    else if (table === "adjustments")
      await mutate(
        warehouse,
        table,
        `UPDATE extra = ${NO_EXTRA} WHERE workspace_id = {workspaceId:String} AND ${where}`,
      );
    else await deleteRows(warehouse, table, where);
  }
  if (Object.keys(counts).length > 0) await dropDerived(warehouse);
}

/** Persons and journeys are made of what is gone: those of their rows that nothing stands behind any more go too. */
async function dropDerived(warehouse: WorkspaceWarehouse): Promise<void> {
  const of = (table: string, column: string) =>
    `SELECT ${column} FROM ${table} WHERE workspace_id = {workspaceId:String}`;
  const linked = `(${of("identities", "visitor_id")} UNION ALL ${of("identities", "person_id")})`;
  await deleteRows(warehouse, "persons", `(visitor_id NOT IN ${linked} OR person_id NOT IN ${linked})`);
  await forgetPersonBuild(warehouse);
  const alive = [of("touchpoints", "visitor_id"), of("conversions", "visitor_id"), of("persons", "person_id")];
  await deleteRows(warehouse, "journeys", `visitor_id != 0 AND visitor_id NOT IN (${alive.join(" UNION ALL ")})`);
}

/** Tables whose rows end on a day of their own. */
async function tablesWithEnd({ engine }: WorkspaceWarehouse): Promise<{ name: string; hasImport: boolean }[]> {
  const rows = (await engine.rows(
    "tables-with-end",
    `SELECT of_table AS name, has(columns, 'import_id') AS hasImport
     FROM (SELECT table AS of_table, groupArray(name) AS columns FROM system.columns WHERE database = currentDatabase() GROUP BY table)
     WHERE has(columns, 'expires_on') AND has(columns, 'workspace_id') AND NOT arrayExists(prefix -> startsWith(of_table, prefix), {passing:Array(String)})
     ORDER BY name`,
    { passing: PASSING_PREFIXES },
  )) as { name: string; hasImport: number }[];
  return rows
    .filter(({ name }) => !isShardTable(name))
    .map(({ name, hasImport }) => ({ name, hasImport: hasImport === 1 }));
}

const isExpired = (today: Date) => `expires_on <= toDate('${today.toISOString().slice(0, 10)}')`;

/** How many rows have reached their end by this day, by table. */
export async function countExpired(warehouse: WorkspaceWarehouse, today: Date): Promise<RowCounts> {
  const tables = await tablesWithEnd(warehouse);
  return countRows(warehouse, Object.fromEntries(tables.map(({ name }) => [name, isExpired(today)])));
}

/** The engine removes expired rows when it merges a part, which may be late or never: this does it now. */
export async function expireRows(warehouse: WorkspaceWarehouse, today: Date): Promise<RowCounts> {
  const counts = await countExpired(warehouse, today);
  for (const table of Object.keys(counts)) await deleteRows(warehouse, table, isExpired(today));
  return counts;
}

/**
 * Gives every row the end that these figures mean for it, counted from when it was received. Rows that have it already are not
 * written again.
 */
export async function changeEnds(
  warehouse: WorkspaceWarehouse,
  { dataMonths, rejectedDays }: { readonly dataMonths: number; readonly rejectedDays: number },
): Promise<void> {
  // A month later is the same day of the month, and where the month has none, as many days behind its end.
  const end = `addMonths(toStartOfMonth(toDate(started_at)), ${Math.trunc(dataMonths)}) + toIntervalDay(toDayOfMonth(started_at) - 1)`;
  const received = (column: string) =>
    `(SELECT groupArray(${column}) FROM (SELECT import_id, ${end} AS ends_on FROM imports FINAL WHERE workspace_id = {workspaceId:String} ORDER BY import_id))`;
  const some = `(SELECT count() FROM imports WHERE workspace_id = {workspaceId:String}) > 0`;
  const [imported] = (await warehouse.engine.rows("any-import", `SELECT ${some} AS some`, {
    workspaceId: warehouse.workspaceId,
  })) as { some: number }[];
  for (const { name, hasImport } of await tablesWithEnd(warehouse)) {
    const isRejected = name === "rejected_rows";
    if (!isRejected && (!hasImport || imported!.some === 0)) continue;
    const endsOn = isRejected
      ? `toDate(rejected_at) + toIntervalDay(${Math.trunc(rejectedDays)})`
      : `transform(import_id, ${received("import_id")}, ${received("ends_on")}, expires_on)`;
    await mutate(
      warehouse,
      name,
      `UPDATE expires_on = ${endsOn} WHERE workspace_id = {workspaceId:String} AND expires_on != ${endsOn}`,
    );
  }
}
