import type { WorkspaceWarehouse } from "../warehouse.ts";
import { quoteIdentifier, quoteText } from "./expressions.ts";
import { ID_COLUMN, type ImportKind, LAYOUTS } from "./layouts.ts";
import type { MalformedRow } from "./source-file.ts";
import { stagingTable } from "./stage.ts";

/** Where the rows of a file went. `malformed` are the ones that never reached the staging table. */
export interface MoveCounts {
  readonly staged: number;
  readonly filtered: number;
  readonly rejected: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly replaced: number;
}

interface Staged {
  readonly kind: ImportKind;
  readonly importId: number;
  /** The workspace's currency; rows in another one are refused. Null while the workspace has none. */
  readonly currency: string | null;
  /** True where event ids were made from the rows' content: equal rows are then different events. */
  readonly derivedIds: boolean;
}

/** The staged rows that were selected, with the refusals that need the workspace (its currency). */
function selectedRows({ kind, importId, currency }: Staged): string {
  const table = stagingTable(importId);
  const other =
    kind === "touchpoints" || currency === null
      ? "reason"
      : `if(reason = '' AND currency != ${quoteText(currency)}, concat('currency ', currency, ${quoteText(` is not the workspace's ${currency}, and there is no exchange rate`)}), reason)`;
  return `(SELECT * REPLACE (${other} AS reason) FROM ${table} WHERE is_selected)`;
}

/** The currency that most staged rows are in; null for an empty staging. */
export async function mostUsedCurrency(warehouse: WorkspaceWarehouse, importId: number): Promise<string | null> {
  const [row] = (await warehouse.engine.rows(
    "most-used-currency",
    `SELECT currency FROM ${stagingTable(importId)} WHERE is_selected AND reason = '' GROUP BY currency ORDER BY count() DESC, currency LIMIT 1`,
  )) as { currency: string }[];
  return row?.currency ?? null;
}

async function firstRow(warehouse: WorkspaceWarehouse, name: string, sql: string): Promise<Record<string, string>> {
  const [row] = await warehouse.engine.rows(name, sql, { workspaceId: warehouse.workspaceId });
  return row as Record<string, string>;
}

/** Copies refused rows, with the line that they stand on, to rejected_rows. */
export async function moveRejected(
  warehouse: WorkspaceWarehouse,
  staged: Staged & {
    readonly file: string;
    readonly fingerprint: string;
    /** Lines before the first row. */
    readonly headerLines: number;
    readonly malformed: readonly MalformedRow[];
  },
): Promise<void> {
  const { kind, importId, fingerprint, file, headerLines } = staged;
  await warehouse.engine.insertRows(
    "reject-malformed-rows",
    "rejected_rows",
    staged.malformed.map(({ row, reason, raw }) => ({
      workspace_id: warehouse.workspaceId,
      kind,
      fingerprint,
      line: row + headerLines,
      file,
      step: "read",
      reason,
      raw,
      import_id: importId,
      rejected_at: new Date().toISOString().slice(0, -1).replace("T", " "),
    })),
  );
  // The engine numbers the rows that it could read, 1, 2, 3 …: the j-th malformed row, b_j, has b_j - j readable ones before it,
  // so readable row k stands behind as many malformed ones as have b_j - j < k.
  await warehouse.engine.run(
    "reject-refused-rows",
    `INSERT INTO rejected_rows (workspace_id, kind, fingerprint, line, file, step, reason, raw, import_id, rejected_at)
     SELECT {workspaceId:String}, {kind:String}, {fingerprint:String}, refused.line + malformed.malformed_before + {headerLines:UInt64},
       {file:String}, refused.step, refused.reason, refused.raw, {importId:UInt32}, now64(3)
     FROM (SELECT *, 1 AS one FROM ${selectedRows(staged)} WHERE reason != '') AS refused
     ASOF LEFT JOIN (
       SELECT 1 AS one, toUInt64(line - {headerLines:UInt64} - place) AS readable_before, max(place) AS malformed_before
       FROM (
         SELECT line, row_number() OVER (ORDER BY line) AS place
         FROM rejected_rows
         WHERE workspace_id = {workspaceId:String} AND kind = {kind:String} AND fingerprint = {fingerprint:String}
           AND import_id = {importId:UInt32} AND step = 'read')
       GROUP BY readable_before
     ) AS malformed ON refused.one = malformed.one AND refused.line > malformed.readable_before`,
    { workspaceId: warehouse.workspaceId, kind, fingerprint, file, importId, headerLines },
  );
}

/** Moves touchpoints or conversions: an id that is there already, or came earlier in the file, is a duplicate. */
async function moveEvents(warehouse: WorkspaceWarehouse, staged: Staged): Promise<MoveCounts> {
  const { kind, importId } = staged;
  const id = quoteIdentifier(ID_COLUMN[kind]!);
  const rows = selectedRows(staged);
  const counts = await firstRow(
    warehouse,
    "count-staged",
    `SELECT (SELECT count() FROM ${stagingTable(importId)}) AS staged, count() AS selected, countIf(reason != '') AS rejected,
       uniqExactIf(sipHash128(${id}), reason = '') AS ids, (SELECT count() FROM ${kind} WHERE workspace_id = {workspaceId:String}) AS existing
     FROM ${rows}`,
  );
  const valid = Number(counts.selected) - Number(counts.rejected);
  const repeats = Number(counts.ids) < valid;
  let source = `SELECT * FROM ${rows} WHERE reason = ''`;
  if (repeats && staged.derivedIds) {
    // Equal rows are events of their own: the second one of a kind gets "-2", the same way at every import.
    source = `SELECT * REPLACE (if(ordinal = 1, ${id}, concat(${id}, '-', toString(ordinal))) AS ${id})
      FROM (SELECT *, row_number() OVER (PARTITION BY ${id} ORDER BY line) AS ordinal FROM (${source}))`;
  }
  if (Number(counts.existing) > 0) {
    source = `SELECT * FROM (${source}) WHERE ${id} NOT IN (
      SELECT ${id} FROM ${kind} WHERE workspace_id = {workspaceId:String} AND ${id} IN (SELECT ${id} FROM (${source})))`;
  }
  if (repeats && !staged.derivedIds) source = `SELECT * FROM (${source}) ORDER BY line LIMIT 1 BY ${id}`;
  const columns = [...LAYOUTS[kind].map(({ name }) => quoteIdentifier(name)), "extra"].join(", ");
  await warehouse.engine.run(
    `move-${importId}`,
    `INSERT INTO ${kind} (workspace_id, import_id, ${columns})
     SELECT {workspaceId:String}, toUInt32(${importId}), ${columns} FROM (${source})`,
    { workspaceId: warehouse.workspaceId },
  );
  const { stored } = await firstRow(
    warehouse,
    "count-stored",
    `SELECT count() AS stored FROM ${kind} WHERE workspace_id = {workspaceId:String} AND import_id = ${importId}`,
  );
  return {
    staged: Number(counts.staged),
    filtered: Number(counts.staged) - Number(counts.selected),
    rejected: Number(counts.rejected),
    stored: Number(stored),
    duplicates: valid - Number(stored),
    replaced: 0,
  };
}

/** Moves spend: rows of one source, day, channel and campaign add up, and their sum replaces what that source said before. */
async function moveSpend(warehouse: WorkspaceWarehouse, staged: Staged): Promise<MoveCounts> {
  const { importId } = staged;
  const rows = selectedRows(staged);
  // A spend_id that comes twice is one row, restated: the later line counts.
  const distinct = `SELECT * FROM ${rows} WHERE reason = '' ORDER BY line DESC LIMIT 1 BY if(spend_id = '', toString(line), concat('id ', source, ' ', spend_id))`;
  const sums = `
    SELECT date AS spend_date, channel, campaign, source, any(currency) AS currency, sum(cost) AS new_cost,
      sumOrNull(impressions) AS new_impressions, sumOrNull(clicks) AS new_clicks,
      sumOrNull(platform_conversions) AS new_platform_conversions, sumOrNull(platform_value) AS new_platform_value, count() AS rows
    FROM (${distinct}) GROUP BY spend_date, channel, campaign, source`;
  const compared = `
    SELECT new.*, old.import_id != 0 AS is_known,
      is_known AND old.cost = new_cost AND old.impressions IS NOT DISTINCT FROM new_impressions AND old.clicks IS NOT DISTINCT FROM new_clicks
        AND old.platform_conversions IS NOT DISTINCT FROM new_platform_conversions
        AND old.platform_value IS NOT DISTINCT FROM new_platform_value AS is_same
    FROM (${sums}) AS new
    LEFT JOIN (SELECT * FROM spend FINAL WHERE workspace_id = {workspaceId:String}) AS old
      USING (spend_date, channel, campaign, source)`;
  const counts = await firstRow(
    warehouse,
    "count-staged-spend",
    `SELECT (SELECT count() FROM ${stagingTable(importId)}) AS staged, (SELECT count() FROM ${rows}) AS selected,
       (SELECT countIf(reason != '') FROM ${rows}) AS rejected, sumIf(rows, NOT is_known) AS stored,
       sumIf(rows, is_known AND NOT is_same) AS replaced
     FROM (${compared})`,
  );
  await warehouse.engine.run(
    `move-${importId}`,
    `INSERT INTO spend (workspace_id, spend_date, channel, campaign, source, cost, currency, impressions, clicks,
       platform_conversions, platform_value, import_id)
     SELECT {workspaceId:String}, spend_date, channel, campaign, source, new_cost, currency, new_impressions, new_clicks,
       new_platform_conversions, new_platform_value, toUInt32(${importId})
     FROM (${compared}) WHERE NOT is_same`,
    { workspaceId: warehouse.workspaceId },
  );
  const valid = Number(counts.selected) - Number(counts.rejected);
  return {
    staged: Number(counts.staged),
    filtered: Number(counts.staged) - Number(counts.selected),
    rejected: Number(counts.rejected),
    stored: Number(counts.stored),
    replaced: Number(counts.replaced),
    duplicates: valid - Number(counts.stored) - Number(counts.replaced),
  };
}

/** Moves what was staged to where people see it. */
export function moveStaged(warehouse: WorkspaceWarehouse, staged: Staged): Promise<MoveCounts> {
  return staged.kind === "spend" ? moveSpend(warehouse, staged) : moveEvents(warehouse, staged);
}

export async function dropStaging(warehouse: WorkspaceWarehouse, importId: number): Promise<void> {
  await warehouse.engine.run("drop-staging", `DROP TABLE IF EXISTS ${stagingTable(importId)}`);
}

/** Takes back what an import that did not end has written. Spend is one insert, whole or absent, so it needs nothing. */
export async function undoImport(warehouse: WorkspaceWarehouse, kind: ImportKind, importId: number): Promise<void> {
  const where = `workspace_id = {workspaceId:String} AND import_id = ${importId}`;
  const params = { workspaceId: warehouse.workspaceId };
  for (const table of [...(kind === "spend" ? [] : [kind]), "rejected_rows"]) {
    await warehouse.engine.run(
      "undo-import",
      `ALTER TABLE ${table} DELETE WHERE ${where} SETTINGS mutations_sync = 2`,
      params,
    );
  }
  await dropStaging(warehouse, importId);
}
