import { z } from "zod";
import { CountText, question, statement } from "../question.ts";
import { IMPORT_KINDS } from "./layouts.ts";

/** The largest number that an import has; all workspaces share them. Take a new one with claimImport. */
export const lastImport = question({
  name: "last-import",
  params: z.object({}),
  row: z.object({ importId: CountText }),
  sql: `SELECT toString(max(import_id)) AS importId FROM imports WHERE {workspaceId:String} != ''`,
});

export const recordImport = statement({
  name: "record-import",
  params: z.object({
    importId: z.number(),
    kind: z.string(),
    state: z.enum(["started", "replacing", "done", "undone"]),
    file: z.string(),
    fingerprint: z.string(),
    received: z.number(),
    stored: z.number(),
    duplicates: z.number(),
    replaced: z.number(),
    rejected: z.number(),
    filtered: z.number(),
    startedAt: z.string(),
    owner: z.string(),
    source: z.string(),
    transport: z.string(),
    changes: z.string(),
  }),
  sql: `
    INSERT INTO imports (workspace_id, import_id, kind, state, file, fingerprint, received, stored, duplicates, replaced,
      rejected, filtered, started_at, updated_at, owner, source, transport, changes)
    SELECT {workspaceId:String}, {importId:UInt32}, {kind:String}, {state:String}, {file:String}, {fingerprint:String},
      {received:UInt64}, {stored:UInt64}, {duplicates:UInt64}, {replaced:UInt64}, {rejected:UInt64}, {filtered:UInt64},
      parseDateTime64BestEffort({startedAt:String}, 3, 'UTC'), now64(3), {owner:String},
      {source:String}, {transport:String}, {changes:String}`,
});

const ImportRow = z.object({
  importId: CountText,
  kind: z.enum(IMPORT_KINDS),
  state: z.enum(["started", "replacing", "done", "undone"]),
  file: z.string(),
  fingerprint: z.string(),
  received: CountText,
  stored: CountText,
  duplicates: CountText,
  replaced: CountText,
  rejected: CountText,
  filtered: CountText,
  startedAt: z.string(),
  owner: z.string(),
  source: z.string(),
  transport: z.string(),
  changes: z.string(),
});

const IMPORT_COLUMNS = `toString(import_id) AS importId, kind, state, file, fingerprint, toString(received) AS received,
  toString(stored) AS stored, toString(duplicates) AS duplicates, toString(replaced) AS replaced,
  toString(rejected) AS rejected, toString(filtered) AS filtered, started_at AS startedAt, owner,
  source, transport, changes`;

/** The import of exactly this content with exactly this mapping, if there was one. */
export const importOfFingerprint = question({
  name: "import-of-fingerprint",
  params: z.object({ kind: z.string(), fingerprint: z.string() }),
  row: ImportRow,
  sql: `
    SELECT ${IMPORT_COLUMNS}
    FROM imports FINAL
    WHERE workspace_id = {workspaceId:String} AND kind = {kind:String} AND fingerprint = {fingerprint:String} AND state = 'done'
    ORDER BY import_id DESC
    LIMIT 1`,
});

/** Spend that came after an import of spend may have replaced it: only the newest one may be recognised as unchanged. */
export const newestImport = question({
  name: "newest-import",
  params: z.object({ kind: z.string() }),
  row: ImportRow,
  sql: `
    SELECT ${IMPORT_COLUMNS}
    FROM imports FINAL
    WHERE workspace_id = {workspaceId:String} AND kind = {kind:String} AND state = 'done'
    ORDER BY import_id DESC
    LIMIT 1`,
});

/** Imports that began and never ended: the process stopped in the middle. */
export const unfinishedImports = question({
  name: "unfinished-imports",
  params: z.object({}),
  row: ImportRow,
  sql: `
    SELECT ${IMPORT_COLUMNS}
    FROM imports FINAL
    WHERE workspace_id = {workspaceId:String} AND state IN ('started', 'replacing')
    ORDER BY import_id`,
});

/** Stands between the fingerprint of an import and the place of a refused item, where several stand on one line. */
export const NEXT_ITEM = " item ";

/** Why rows of one import were refused, most frequent first. */
export const rejectionReasons = question({
  name: "rejection-reasons",
  params: z.object({ fingerprint: z.string(), kind: z.string() }),
  row: z.object({ step: z.string(), reason: z.string(), rows: CountText, firstLine: CountText }),
  sql: `
    SELECT step, reason, toString(count()) AS rows, toString(min(line)) AS firstLine
    FROM rejected_rows FINAL
    WHERE workspace_id = {workspaceId:String} AND kind = {kind:String} AND (fingerprint = {fingerprint:String} OR startsWith(fingerprint, concat({fingerprint:String}, '${NEXT_ITEM}')))
    GROUP BY step, reason
    ORDER BY count() DESC, min(line)
    LIMIT 5`,
});

/** The rows of one import that were refused, by line. A batch is bounded, and so is this. */
export const refusedLines = question({
  name: "refused-lines",
  params: z.object({ fingerprint: z.string(), kind: z.string() }),
  row: z.object({ line: CountText, step: z.string(), reason: z.string() }),
  sql: `
    SELECT toString(line) AS line, step, reason
    FROM rejected_rows FINAL
    WHERE workspace_id = {workspaceId:String} AND kind = {kind:String} AND fingerprint = {fingerprint:String}
    ORDER BY rejected_rows.line`,
});
