import { createHmac } from "node:crypto";
import { alterTable } from "../shards.ts";
import type { WorkspaceWarehouse } from "../warehouse.ts";
import type { ForgetReason } from "./forgotten-states.ts";
import { type IdentifiedTable, identifiedTables } from "./identified-tables.ts";
import { hashList } from "./identifiers.ts";
import { mentionParams, mentionsAsField, mentionsAsPart } from "./mentions.ts";

export interface Forgetting {
  readonly reason: Exclude<ForgetReason, "aged">;
  readonly hashes: readonly string[];
  /** Of the days that touches are counted on. */
  readonly timeZone: string;
  /** The identifier as the person wrote it; what goes on after a crash has no text any more, hashes alone. */
  readonly identifier: string | null;
}

/** Rows by table. */
export type RowCounts = Readonly<Record<string, number>>;

export const NO_EXTRA = "CAST(map(), 'Map(LowCardinality(String), String)')";
const IN_WORKSPACE = "workspace_id = {workspaceId:String}";

/** Events stay in the totals without whom they were about; whatever else names somebody goes. */
const STAYS_IN_TOTALS: ReadonlySet<string> = new Set(["touchpoints", "conversions"]);

export function names({ identifiers }: Pick<IdentifiedTable, "identifiers">, hashes: readonly string[]): string {
  return `(${identifiers.map((column) => `${column} IN (${hashList(hashes)})`).join(" OR ")})`;
}

/** How many rows stand under these identifiers. */
export async function countNamed(warehouse: WorkspaceWarehouse, hashes: readonly string[]): Promise<RowCounts> {
  const counts: Record<string, number> = {};
  for (const table of await identifiedTables(warehouse)) {
    const [row] = (await warehouse.engine.rows(
      "count-named",
      `SELECT ${table.name === "rejected_rows" ? "uniqExact(kind, fingerprint, line)" : "count()"} AS n FROM ${table.name} WHERE ${IN_WORKSPACE} AND ${names(table, hashes)}`,
      { workspaceId: warehouse.workspaceId },
    )) as { n: string }[];
    counts[table.name] = Number(row!.n);
  }
  return counts;
}

/** How many refused lines mention the identifier without having been recognised as this person's. */
export async function countMentions(
  warehouse: WorkspaceWarehouse,
  hashes: readonly string[],
  identifier: string,
): Promise<number> {
  const [row] = (await warehouse.engine.rows(
    "count-mentions",
    `SELECT count() AS n FROM rejected_rows FINAL
     WHERE ${IN_WORKSPACE} AND NOT ${names({ identifiers: ["visitor_id", "person_id"] }, hashes)} AND ${mentionsAsField("raw")}
     SETTINGS log_queries = 0`,
    { workspaceId: warehouse.workspaceId, ...mentionParams(identifier) },
  )) as { n: string }[];
  return Number(row!.n);
}

/**
 * Files refused lines that mention the identifier under its hash, without their text: what removes them afterwards needs the hash
 * only. A mutation keeps its own text on the disk, so the identifier must not stand in one.
 */
export async function markMentions(warehouse: WorkspaceWarehouse, hash: string, identifier: string): Promise<void> {
  await warehouse.engine.run(
    "mark-mentions",
    `INSERT INTO rejected_rows SETTINGS log_queries = 0
     SELECT * REPLACE ('' AS raw, ${hashList([hash])} AS visitor_id, now64(3) AS updated_at)
     FROM (SELECT * FROM rejected_rows FINAL WHERE ${IN_WORKSPACE} AND ${mentionsAsField("raw")})`,
    { workspaceId: warehouse.workspaceId, ...mentionParams(identifier) },
  );
}

/**
 * An id that stands in for an event's own: the same for the same event, so that a copy is recognised, and not to be found out
 * without the workspace's key.
 */
function anonymousId({ visitorKey }: WorkspaceWarehouse, id: string): string {
  const key = createHmac("sha256", visitorKey.join(" ")).update("ids of events that were made anonymous").digest();
  const [k0, k1] = [key.readBigUInt64LE(0), key.readBigUInt64LE(8)];
  return `concat('anonymous-', lower(hex(sipHash128Keyed((toUInt64('${k0}'), toUInt64('${k1}')), ${id}))))`;
}

interface Copying {
  readonly table: "touchpoints" | "conversions" | "adjustments";
  readonly id: string;
  /** Which rows are replaced. */
  readonly where: string;
  /** Which rows may be their copies. */
  readonly isCopy: string;
  /** The id that a copy has, or may have had when an earlier attempt made it. */
  readonly copyIds: readonly string[];
  readonly changes: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, unknown>>;
}

/**
 * Copies rows with changes. A column that a table is sorted by cannot be changed in place, so the originals are deleted afterwards;
 * where the process stopped in between, the copies that are there are not made again.
 */
export async function copyRows(warehouse: WorkspaceWarehouse, copying: Copying): Promise<void> {
  const { table, id, where, isCopy, copyIds, changes, params } = copying;
  const originals = `FROM ${table} WHERE ${IN_WORKSPACE} AND ${where}`;
  const isCopied = copyIds.map(
    (copyId) =>
      `${copyId} IN (SELECT ${id} FROM ${table} WHERE ${IN_WORKSPACE} AND ${isCopy} AND ${id} IN (SELECT ${copyId} ${originals}))`,
  );
  const replaced = Object.entries(changes).map(([column, value]) => `${value} AS ${column}`);
  await warehouse.engine.run(
    `copy-${table}`,
    `INSERT INTO ${table} SETTINGS log_queries = 0
     SELECT * REPLACE (${replaced.join(", ")})
     FROM (SELECT * ${originals}${isCopied.map((test) => ` AND NOT ${test}`).join("")})`,
    { workspaceId: warehouse.workspaceId, ...params },
  );
}

/** Changes a table's rows for good: no query that begins afterwards sees the old ones. */
export async function mutate(warehouse: WorkspaceWarehouse, table: string, change: string): Promise<void> {
  const { engine, workspaceId } = warehouse;
  await alterTable(engine, `mutate-${table}`, table, `${change} SETTINGS mutations_sync = 2`, { workspaceId });
}

export function deleteRows(warehouse: WorkspaceWarehouse, table: string, where: string): Promise<void> {
  return mutate(warehouse, table, `DELETE WHERE ${IN_WORKSPACE} AND ${where}`);
}

async function eraseTouchpoints(warehouse: WorkspaceWarehouse, { hashes, timeZone }: Forgetting): Promise<void> {
  const where = `visitor_id IN (${hashList(hashes)})`;
  const eventId = anonymousId(warehouse, "event_id");
  await copyRows(warehouse, {
    table: "touchpoints",
    id: "event_id",
    where,
    isCopy: "visitor_id = 0",
    copyIds: [eventId],
    changes: {
      visitor_id: "toUInt64(0)",
      event_id: eventId,
      // Noon of its day: the day is what totals need, and what the moment was is nobody's any more.
      occurred_at: "toDateTime64(toStartOfDay(occurred_at, {timeZone:String}) + toIntervalHour(12), 3, 'UTC')",
      extra: NO_EXTRA,
    },
    params: { timeZone },
  });
  await deleteRows(warehouse, "touchpoints", where);
}

/**
 * Conversions keep what the books need. Their id is the number of that record, by which refunds find it, and stays, unless it was
 * made with the identifier.
 */
async function eraseConversions(warehouse: WorkspaceWarehouse, { hashes, identifier }: Forgetting): Promise<void> {
  const where = `visitor_id IN (${hashList(hashes)})`;
  const params = mentionParams(identifier ?? "");
  const renamed = (id: string) =>
    identifier === null ? id : `if(${mentionsAsPart(id)}, ${anonymousId(warehouse, id)}, ${id})`;
  await copyRows(warehouse, {
    table: "conversions",
    id: "conversion_id",
    where,
    isCopy: "visitor_id = 0",
    copyIds: ["conversion_id", anonymousId(warehouse, "conversion_id")],
    changes: {
      visitor_id: "toUInt64(0)",
      conversion_id: renamed("conversion_id"),
      // Two sources may have told of the same order: it stays one order.
      order_id: `if(order_id = '', '', ${anonymousId(warehouse, "order_id")})`,
      predicted_value: "NULL",
      extra: NO_EXTRA,
    },
    params,
  });
  const own = `SELECT conversion_id FROM conversions WHERE ${IN_WORKSPACE} AND ${where}`;
  const copies = `SELECT conversion_id FROM conversions WHERE ${IN_WORKSPACE} AND visitor_id = 0 AND conversion_id IN (${own})`;
  const ofRenamed = `adjusts_conversion_id IN (${own} AND conversion_id NOT IN (${copies}))`;
  const adjustmentId = anonymousId(warehouse, "concat(adjusts_conversion_id, ' ', adjustment_id)");
  await copyRows(warehouse, {
    table: "adjustments",
    id: "adjustment_id",
    where: ofRenamed,
    isCopy: "startsWith(adjusts_conversion_id, 'anonymous-')",
    copyIds: [adjustmentId],
    changes: {
      adjustment_id: adjustmentId,
      adjusts_conversion_id: anonymousId(warehouse, "adjusts_conversion_id"),
      extra: NO_EXTRA,
    },
  });
  await deleteRows(warehouse, "adjustments", ofRenamed);
  await mutate(
    warehouse,
    "adjustments",
    `UPDATE extra = ${NO_EXTRA} WHERE ${IN_WORKSPACE} AND notEmpty(extra) AND adjusts_conversion_id IN (${own})`,
  );
  await deleteRows(warehouse, "conversions", where);
}

const WITHDRAWN = { visitor_id: "toUInt64(0)", consent: "'denied'", extra: NO_EXTRA };

/** The events keep their ids, because the same file may be imported once more and must find them. */
async function withdrawTouchpoints(warehouse: WorkspaceWarehouse, { hashes }: Forgetting): Promise<void> {
  const where = `visitor_id IN (${hashList(hashes)})`;
  await copyRows(warehouse, {
    table: "touchpoints",
    id: "event_id",
    where,
    isCopy: "visitor_id = 0",
    copyIds: ["event_id"],
    changes: WITHDRAWN,
  });
  await deleteRows(warehouse, "touchpoints", where);
}

function withdrawConversions(warehouse: WorkspaceWarehouse, { hashes }: Forgetting): Promise<void> {
  return updateConversions(warehouse, WITHDRAWN, `visitor_id IN (${hashList(hashes)})`);
}

/** Conversions are not sorted by visitor: changed in place they never count twice. */
export function updateConversions(
  warehouse: WorkspaceWarehouse,
  changes: Readonly<Record<string, string>>,
  where: string,
): Promise<void> {
  const list = Object.entries(changes).map(([column, value]) => `${column} = ${value}`);
  return mutate(warehouse, "conversions", `UPDATE ${list.join(", ")} WHERE ${IN_WORKSPACE} AND ${where}`);
}

/**
 * Takes these identifiers out of every table that has one. Doing it again, after it was stopped anywhere, ends in the same rows.
 * @returns the rows that it found, by table
 */
export async function forgetRows(warehouse: WorkspaceWarehouse, forgetting: Forgetting): Promise<RowCounts> {
  const counts = await countNamed(warehouse, forgetting.hashes);
  // What was begun and not ended shows in the counts: the originals go last.
  const has = (table: string) => (counts[table] ?? 0) > 0;
  if (has("touchpoints"))
    await (forgetting.reason === "erased" ? eraseTouchpoints : withdrawTouchpoints)(warehouse, forgetting);
  if (has("conversions"))
    await (forgetting.reason === "erased" ? eraseConversions : withdrawConversions)(warehouse, forgetting);
  for (const table of await identifiedTables(warehouse)) {
    if (STAYS_IN_TOTALS.has(table.name) || !has(table.name)) continue;
    if (table.name === "rejected_rows") await deleteOtherVersions(warehouse, table, forgetting.hashes);
    await deleteRows(warehouse, table.name, names(table, forgetting.hashes));
  }
  if (has("identities") || has("persons")) await forgetPersonBuild(warehouse);
  return counts;
}

/**
 * Of a refused line several versions may lie on the disk, and one of them only is marked. The others go first, in a mutation of their
 * own: parts are changed one after the other, and what tells which lines are meant must not go from one part before the next is read.
 */
function deleteOtherVersions(
  warehouse: WorkspaceWarehouse,
  table: IdentifiedTable,
  hashes: readonly string[],
): Promise<void> {
  const named = names(table, hashes);
  const marked = `SELECT kind, fingerprint, line FROM rejected_rows WHERE ${IN_WORKSPACE} AND ${named}`;
  return deleteRows(warehouse, "rejected_rows", `NOT ${named} AND (kind, fingerprint, line) IN (${marked})`);
}

/** Who is who is then worked out anew from the links that are left: without somebody a shared device may be shared no more. */
export function forgetPersonBuild(warehouse: WorkspaceWarehouse): Promise<void> {
  return deleteRows(warehouse, "person_builds", "true");
}
