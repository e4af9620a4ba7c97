import type { WorkspaceWarehouse } from "../warehouse.ts";
import { valuedRows } from "./currency.ts";
import { quoteText } from "./expressions.ts";
import { ID_COLUMN, LAYOUTS } from "./layouts.ts";
import { stagingTable } from "./stage.ts";
import { firstRow, type MoveCounts, type Staged } from "./staged.ts";

type EventKind = "conversions" | "adjustments";

/** By kind: the columns that the table adds to the contract's, and what they are made of. */
function addedColumns(staged: Staged): Readonly<Record<string, string>> {
  const { importId, expiresOn } = staged;
  const added = {
    workspace_id: "{workspaceId:String}",
    import_id: `toUInt32(${importId})`,
    expires_on: `toDate(${quoteText(expiresOn)})`,
    extra: "extra",
    original_currency: "original_currency",
  };
  return staged.kind === "adjustments"
    ? { ...added, original_amount: "original_amount" }
    : { ...added, original_revenue: "original_amount", is_booked: isBooked(staged) };
}

/**
 * What an order is known by in every source: its number, or the row's id where it has none. A shop and an analytics tool that both tell
 * of order 1001 tell of one order.
 */
const ORDER = "if(order_id = '', concat('id ', conversion_id), concat('order ', order_id))";

/**
 * A type that has a book of record books what that source says. Any other type books every order once: an order that another source
 * has told already, or tells further up in the same file, is kept beside. A row that takes the place of a booked one is booked.
 */
function isBooked(staged: Staged): string {
  const { books } = staged;
  const booked = (columns: string) =>
    `(SELECT ${columns} FROM conversions WHERE workspace_id = {workspaceId:String} AND is_booked${ofSameOrders(staged)})`;
  const isFirst = `row_number() OVER (PARTITION BY conversion_type, ${ORDER} ORDER BY line) = 1`;
  const branches = Object.entries(books).map(
    ([type, source]) => `conversion_type = ${quoteText(type)}, source = ${quoteText(source)}`,
  );
  const byOrder = [
    `(conversion_id, source) IN ${booked("conversion_id, source")}, 1`,
    `(conversion_type, ${ORDER}) IN ${booked(`conversion_type, ${ORDER}`)}, 0`,
  ];
  return `toUInt8(multiIf(${[...branches, ...byOrder, isFirst].join(", ")}))`;
}

/**
 * SQL that leaves of the stored conversions those with an id or an order of the staged ones: a batch of a few rows, which comes every
 * second, must not make sets of all that was ever sold. A file that is as large as what is stored gains nothing by it.
 */
function ofSameOrders({ isLive, derivedIds, importId }: Staged): string {
  if (!isLive || derivedIds) return "";
  const staging = stagingTable(importId);
  return ` AND (conversion_id IN (SELECT conversion_id FROM ${staging})
      OR (order_id != '' AND order_id IN (SELECT order_id FROM ${staging})))`;
}

/**
 * SQL for a row whose event is among those of `rows`, a FROM clause. The same id from two sources is two rows, because shops number
 * their orders alike and neither may take the other's place; where a source does not say who it is, the id alone decides.
 */
function isAmong(kind: EventKind, rows: string): string {
  const id = ID_COLUMN[kind]!;
  return `((${id}, source) IN (SELECT ${id}, source FROM ${rows})
    OR (source = '' AND ${id} IN (SELECT ${id} FROM ${rows}))
    OR ${id} IN (SELECT ${id} FROM ${rows} ${/\bWHERE\b/.test(rows) ? "AND" : "WHERE"} source = ''))`;
}

/** What of a row a source may restate; where all of it is as it was, the row is a duplicate. */
const RESTATED: Readonly<Record<EventKind, string>> = {
  conversions: "(occurred_at, visitor_id, conversion_type, original_revenue, original_currency)",
  adjustments: "(occurred_at, adjusts_conversion_id, original_amount, original_currency)",
};

/** The valid rows, each id once. Equal rows without ids are events of their own: the second one of a kind gets "-2". */
function distinctRows(staged: Staged): string {
  const id = ID_COLUMN[staged.kind]!;
  const valid = `SELECT * FROM ${valuedRows(staged)} WHERE reason = ''`;
  const named = staged.derivedIds
    ? `SELECT * REPLACE (if(ordinal = 1, ${id}, concat(${id}, '-', toString(ordinal))) AS ${id})
       FROM (SELECT *, row_number() OVER (PARTITION BY ${id} ORDER BY line) AS ordinal FROM (${valid}))`
    : valid;
  // The source's last word on a row counts where it may restate, its first where it may not.
  const order = staged.restates === "never" ? "line" : "line DESC";
  const once = `SELECT * FROM (${named}) ORDER BY ${order} LIMIT 1 BY ${id}, source`;
  if (staged.kind === "adjustments") return once;
  // An order is told once by each source, whatever the id of the row.
  return `SELECT * FROM (${once}) ORDER BY ${order} LIMIT 1 BY conversion_type, source, if(order_id = '', ${id}, concat('order ', order_id))`;
}

/** Makes a table of the rows that are to be written, as the target has them, and counts them. */
async function prepare(warehouse: WorkspaceWarehouse, staged: Staged, table: string): Promise<void> {
  const kind = staged.kind as EventKind;
  const id = ID_COLUMN[kind]!;
  const added = addedColumns(staged);
  const columns = LAYOUTS[kind].map(({ name }) => name);
  const params = { workspaceId: warehouse.workspaceId };
  await warehouse.engine.run("create-prepared", `CREATE TABLE ${table} AS ${kind}`);
  // The second of two equal rows has its id from here, not from the staging table.
  const ids = staged.derivedIds
    ? `SELECT ${id} FROM (${distinctRows(staged)})`
    : `SELECT ${id} FROM ${stagingTable(staged.importId)}`;
  const known = `${kind} WHERE workspace_id = {workspaceId:String} AND ${id} IN (${ids})`;
  const sameRow =
    staged.restates === "never"
      ? isAmong(kind, known)
      : `(${id}, source, ${RESTATED[kind]}) IN (SELECT ${id}, source, ${RESTATED[kind]} FROM ${known})
         OR ${isAmong(kind, `${known} AND import_id > ${staged.toldIn ?? staged.importId}`)}`;
  const sameOrder =
    kind === "adjustments"
      ? "false"
      : `order_id != '' AND (conversion_type, source, order_id) IN (
          SELECT conversion_type, source, order_id FROM conversions
          WHERE workspace_id = {workspaceId:String} AND order_id != ''
            ${ofSameOrders(staged)}
            AND (conversion_id, source) NOT IN (SELECT conversion_id, source FROM (${distinctRows(staged)})))`;
  const rows = `SELECT ${[...columns, ...Object.values(added).map((value, i) => `${value} AS ${Object.keys(added)[i]}`)].join(", ")} FROM (${distinctRows(staged)})`;
  await warehouse.engine.run(
    "prepare-rows",
    `INSERT INTO ${table} (${[...columns, ...Object.keys(added)].join(", ")})
     SELECT * FROM (${rows}) WHERE NOT (${sameRow}) AND NOT (${sameOrder})`,
    params,
  );
}

/**
 * Moves conversions or adjustments: an id that is there already is a duplicate, or, where its source may restate and says something
 * else now, takes the place of the old row. `beforeReplacing` is called between the writing of the new rows and the removal of the
 * old ones: from then on the import can only be finished.
 */
export async function settleConversions(
  warehouse: WorkspaceWarehouse,
  staged: Staged,
  beforeReplacing: (counts: MoveCounts) => Promise<void>,
): Promise<MoveCounts> {
  const { kind, importId } = staged;
  const prepared = `${stagingTable(importId)}_clean`;
  await prepare(warehouse, staged, prepared);
  // Where no row may be restated, none was prepared that is there already.
  const id = ID_COLUMN[kind]!;
  const known = `${kind} WHERE workspace_id = {workspaceId:String} AND ${id} IN (SELECT ${id} FROM ${prepared})`;
  const replacing =
    staged.restates === "never" ? "0" : `(SELECT count() FROM ${prepared} WHERE ${isAmong(kind as EventKind, known)})`;
  const counts = await firstRow(
    warehouse,
    "count-prepared",
    `SELECT count() AS selected, countIf(reason != '') AS rejected,
       (SELECT count() FROM ${stagingTable(importId)}) AS staged,
       (SELECT count() FROM ${prepared}) AS written,
       ${replacing} AS replaced
     FROM ${valuedRows(staged)}`,
  );
  const [all, selected, rejected] = [Number(counts.staged), Number(counts.selected), Number(counts.rejected)];
  const [written, replaced] = [Number(counts.written), Number(counts.replaced)];
  const moved: MoveCounts = {
    staged: all,
    filtered: all - selected,
    rejected,
    stored: written - replaced,
    replaced,
    duplicates: selected - rejected - written,
  };
  await warehouse.engine.run(`move-${importId}`, `INSERT INTO ${kind} SELECT * FROM ${prepared}`);
  if (replaced > 0) {
    await beforeReplacing(moved);
    await removeReplaced(warehouse, kind as EventKind, importId);
  }
  return moved;
}

/** Takes out the rows that an import of restated rows has taken the place of. Doing it again changes nothing. */
export async function removeReplaced(warehouse: WorkspaceWarehouse, kind: EventKind, importId: number): Promise<void> {
  const written = `${kind} WHERE workspace_id = {workspaceId:String} AND import_id = ${importId}`;
  await warehouse.engine.run(
    "remove-replaced",
    `ALTER TABLE ${kind} DELETE WHERE workspace_id = {workspaceId:String} AND import_id < ${importId} AND ${isAmong(kind, written)}
     SETTINGS mutations_sync = 2`,
    { workspaceId: warehouse.workspaceId },
  );
}

/** Decides anew which conversions are booked, after a book of record was named or taken back. */
export async function rebookConversions(
  warehouse: WorkspaceWarehouse,
  books: Readonly<Record<string, string>>,
): Promise<void> {
  const named = Object.entries(books).map(
    ([type, source]) => `conversion_type = ${quoteText(type)}, source = ${quoteText(source)}`,
  );
  const first = `(conversion_type, ${ORDER}, import_id, conversion_id, source) IN (
    SELECT conversion_type, ${ORDER} AS told, min((import_id, conversion_id, source)).1, min((import_id, conversion_id, source)).2, min((import_id, conversion_id, source)).3
    FROM conversions WHERE workspace_id = {workspaceId:String} GROUP BY conversion_type, told)`;
  await warehouse.engine.run(
    "rebook-conversions",
    `ALTER TABLE conversions UPDATE is_booked = toUInt8(multiIf(${[...named, `${first}, 1`, "0"].join(", ")}))
     WHERE workspace_id = {workspaceId:String} SETTINGS mutations_sync = 2`,
    { workspaceId: warehouse.workspaceId },
  );
}
