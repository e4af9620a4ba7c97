import type { WorkspaceWarehouse } from "../warehouse.ts";
import { valuedRows } from "./currency.ts";
import { NEXT_ITEM } from "./imports.ts";
import type { ImportKind } from "./layouts.ts";
import type { MalformedRow } from "./source-file.ts";
import { landsInPlace, malformedTable, REFUSED_YEAR, stagingTable } from "./stage.ts";
import type { Staged } from "./staged.ts";

/** How rejected rows are described. */
export interface Rejection {
  readonly file: string;
  readonly source: string;
  readonly fingerprint: string;
  /** Lines before the first row. */
  readonly headerLines: number;
  readonly malformed: readonly MalformedRow[];
  /** True where another reading of the file records the malformed rows: here they only count as lines. */
  readonly malformedAreRecorded: boolean;
  /** How the texts of the rows are to be understood, as JSON, for those who try them again. */
  readonly reading: string;
  /** The day after which the raw text may go. */
  readonly rejectedExpireOn: string;
  /** True where a row of the file is a list of rows, which all stand on its line. */
  readonly hasItems: boolean;
}

/** The refused rows of an import: line, step, reason, raw, and the hashes of whom they name. */
function refusedRows(staged: Staged): string {
  if (landsInPlace(staged.kind)) {
    return `SELECT toUInt64(extra['line']) AS line, extra['step'] AS step, extra['reason'] AS reason, extra['raw'] AS raw, extra['fields'] AS fields, visitor_id AS visitor, toUInt64(0) AS person
      FROM ${stagingTable(staged.importId)} WHERE toYear(occurred_at) = ${REFUSED_YEAR}`;
  }
  const [visitor, person] = identifiersOf(staged.kind);
  return `SELECT line, if(step = '', 'value', step) AS step, reason, raw, fields, ${visitor} AS visitor, ${person} AS person
      FROM ${valuedRows(staged)} WHERE reason != ''`;
}

function identifiersOf(kind: ImportKind): readonly [string, string] {
  if (kind === "identities") return ["visitor_id", "person_id"];
  return [kind === "conversions" ? "visitor_id" : "toUInt64(0)", "toUInt64(0)"];
}

/**
 * How many malformed rows stand before a readable one. The engine numbers the rows that it could read, 1, 2, 3 …: the j-th malformed
 * row, b_j, has b_j - j readable ones before it, so readable row k stands behind as many malformed ones as have b_j - j < k.
 */
async function malformedBefore(
  { engine }: WorkspaceWarehouse,
  { importId, malformed }: Staged & Rejection,
): Promise<string> {
  const table = malformedTable(importId);
  await engine.run("create-malformed", `CREATE TABLE ${table} (row UInt64) ENGINE = MergeTree ORDER BY row`);
  await engine.insertRows(
    "number-malformed",
    table,
    malformed.map(({ row }) => ({ row })),
  );
  return `SELECT 1 AS one, toUInt64(row - place) AS readable_before, max(place) AS malformed_before
    FROM (SELECT row, row_number() OVER (ORDER BY row) AS place FROM ${table})
    GROUP BY readable_before`;
}

/** Refused rows are told apart by line: further items of one line say which they are with the fingerprint. */
function ownFingerprint({ hasItems }: Rejection): string {
  if (!hasItems) return "{fingerprint:String}";
  const place = "row_number() OVER (PARTITION BY refused.line)";
  return `concat({fingerprint:String}, if(${place} = 1, '', concat('${NEXT_ITEM}', toString(${place}))))`;
}

/** Copies refused rows, with the line that they stand on, to rejected_rows. */
export async function moveRejected(warehouse: WorkspaceWarehouse, staged: Staged & Rejection): Promise<void> {
  const { kind, importId, fingerprint, file, source, headerLines, rejectedExpireOn, malformed } = staged;
  const now = new Date().toISOString().slice(0, -1).replace("T", " ");
  const unrecorded = staged.malformedAreRecorded ? [] : malformed;
  await warehouse.engine.insertRows(
    "reject-malformed-rows",
    "rejected_rows",
    unrecorded.map(({ row, reason, raw }) => ({
      workspace_id: warehouse.workspaceId,
      kind,
      fingerprint,
      line: row + headerLines,
      file,
      source,
      step: "read",
      reason,
      raw,
      import_id: importId,
      rejected_at: now,
      updated_at: now,
      expires_on: rejectedExpireOn,
    })),
  );
  const join =
    malformed.length === 0
      ? "CROSS JOIN (SELECT 0 AS malformed_before) AS malformed"
      : `ASOF LEFT JOIN (${await malformedBefore(warehouse, staged)}) AS malformed
           ON refused.one = malformed.one AND refused.line > malformed.readable_before`;
  await warehouse.engine.run(
    "reject-refused-rows",
    `INSERT INTO rejected_rows (workspace_id, kind, fingerprint, line, file, source, step, reason, raw, fields, reading, visitor_id, person_id, state, import_id, rejected_at, updated_at, expires_on)
     SELECT {workspaceId:String}, {kind:String}, ${ownFingerprint(staged)}, refused.line + malformed.malformed_before + {headerLines:UInt64},
       {file:String}, {source:String}, refused.step, refused.reason, refused.raw, refused.fields, {reading:String}, refused.visitor, refused.person, if(refused.step = 'privacy', 'discarded', 'open'), {importId:UInt32}, now64(3), now64(3), {expiresOn:Date}
     FROM (SELECT *, 1 AS one FROM (SELECT line, step, reason, raw, fields, visitor, person FROM (${refusedRows(staged)}))) AS refused
     ${join}`,
    {
      workspaceId: warehouse.workspaceId,
      kind,
      fingerprint,
      file,
      source,
      importId,
      headerLines,
      reading: staged.reading,
      expiresOn: rejectedExpireOn,
    },
  );
}
