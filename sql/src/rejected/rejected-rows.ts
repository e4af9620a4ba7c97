import { z } from "zod";
import { reasonPattern } from "../health/refused.ts";
import { quoteText } from "../imports/expressions.ts";
import { IMPORT_KINDS, type ImportKind } from "../imports/layouts.ts";
import { CountText } from "../question.ts";
import type { WorkspaceWarehouse } from "../warehouse.ts";

/** Which rejected rows are meant; what is not said does not narrow. */
export const RejectedSelection = z.object({
  kind: z.enum(IMPORT_KINDS).optional(),
  source: z.string().optional(),
  /** Part of the reason. */
  reason: z.string().optional(),
  /** The whole reason, without the text that it quotes. */
  pattern: z.string().optional(),
  /** These rows and no others. */
  rows: z.array(z.object({ fingerprint: z.string(), line: z.number().int() })).optional(),
  importId: z.number().int().optional(),
  state: z.enum(["open", "replayed", "discarded"]).optional(),
});
export type RejectedSelection = z.infer<typeof RejectedSelection>;

/** `WHERE` of a selection; texts are quoted. */
function condition({ kind, source, reason, pattern, rows, importId, state }: RejectedSelection): string {
  return [
    "workspace_id = {workspaceId:String}",
    ...(kind === undefined ? [] : [`kind = ${quoteText(kind)}`]),
    ...(source === undefined ? [] : [`source = ${quoteText(source)}`]),
    ...(reason === undefined ? [] : [`positionCaseInsensitiveUTF8(reason, ${quoteText(reason)}) > 0`]),
    ...(pattern === undefined ? [] : [`${reasonPattern("rejected_rows.reason")} = ${quoteText(pattern)}`]),
    ...(rows === undefined
      ? []
      : [
          `(fingerprint, rejected_rows.line) IN [${rows.map((row) => `(${quoteText(row.fingerprint)}, ${Math.trunc(row.line)})`).join(", ")}]`,
        ]),
    ...(importId === undefined ? [] : [`import_id = ${Math.trunc(importId)}`]),
    ...(state === undefined ? [] : [`state = ${quoteText(state)}`]),
  ].join(" AND ");
}

const RejectedRow = z.object({
  kind: z.enum(IMPORT_KINDS),
  fingerprint: z.string(),
  line: CountText,
  file: z.string(),
  source: z.string(),
  step: z.string(),
  reason: z.string(),
  raw: z.string(),
  state: z.string(),
  importId: CountText,
  rejectedAt: z.string(),
});
export type RejectedRow = z.infer<typeof RejectedRow>;

/** Rejected rows, newest first. */
export async function listRejected(
  warehouse: WorkspaceWarehouse,
  selection: RejectedSelection,
  page: { limit: number; offset: number; longestRaw: number },
): Promise<RejectedRow[]> {
  const rows = await warehouse.engine.rows(
    "list-rejected",
    `SELECT kind, fingerprint, toString(line) AS line, file, source, step, reason, substringUTF8(raw, 1, ${page.longestRaw}) AS raw, state,
       toString(import_id) AS importId, rejected_at AS rejectedAt
     FROM rejected_rows FINAL
     WHERE ${condition(selection)}
     ORDER BY rejected_at DESC, import_id DESC, rejected_rows.line
     LIMIT ${page.limit} OFFSET ${page.offset}`,
    { workspaceId: warehouse.workspaceId },
  );
  return rows.map((row) => RejectedRow.parse(row));
}

const ReasonCount = z.object({
  kind: z.string(),
  source: z.string(),
  step: z.string(),
  reason: z.string(),
  rows: CountText,
});

/** Reasons of the selected rows with the figure that stood in each taken as one, most frequent first. */
export async function countRejected(
  warehouse: WorkspaceWarehouse,
  selection: RejectedSelection,
): Promise<z.infer<typeof ReasonCount>[]> {
  const rows = await warehouse.engine.rows(
    "count-rejected",
    `SELECT kind, source, step, replaceRegexpAll(rejected_rows.reason, '"[^"]*"', '"…"') AS reason, toString(count()) AS rows
     FROM rejected_rows FINAL
     WHERE ${condition(selection)}
     GROUP BY kind, source, step, reason
     ORDER BY count() DESC, kind, source, reason
     LIMIT 100`,
    { workspaceId: warehouse.workspaceId },
  );
  return rows.map((row) => ReasonCount.parse(row));
}

/** This moment on the clock that rejected rows are dated by. Ask when nothing is being published. */
export async function rejectedUntilNow({ engine }: WorkspaceWarehouse): Promise<string> {
  const [row] = (await engine.rows("rejected-until", "SELECT toString(now64(3, 'UTC')) AS asOf")) as { asOf: string }[];
  return row!.asOf;
}

/** Open rows of the selection that were rejected up to a moment: those that come later were not meant. */
function openUntil(selection: RejectedSelection, asOf: string): string {
  return `${condition({ ...selection, state: "open" })} AND rejected_at <= toDateTime64(${quoteText(asOf)}, 3, 'UTC')`;
}

export async function countOpen(
  warehouse: WorkspaceWarehouse,
  selection: RejectedSelection,
  asOf: string,
): Promise<number> {
  const [row] = (await warehouse.engine.rows(
    "count-open",
    `SELECT toString(count()) AS n FROM rejected_rows FINAL WHERE ${openUntil(selection, asOf)}`,
    { workspaceId: warehouse.workspaceId },
  )) as { n: string }[];
  return Number(row!.n);
}

/** Rows that can be tried again, apart by kind and by how their texts are to be read. */
export interface ReplayGroup {
  readonly kind: ImportKind;
  readonly reading: string;
  /** The import that refused them, where its source may restate: what it has said since then holds. 0: any import. */
  readonly toldIn: number;
  readonly rows: number;
}

const TOLD_IN = "if(JSONExtractString(reading, 'restates') = 'row', import_id, 0)";

function inGroup({ kind, reading, toldIn }: ReplayGroup): string {
  return `kind = ${quoteText(kind)} AND reading = ${quoteText(reading)} AND ${TOLD_IN} = ${Math.trunc(toldIn)} AND fields != ''`;
}

export async function replayGroups(
  warehouse: WorkspaceWarehouse,
  selection: RejectedSelection,
  asOf: string,
): Promise<{ groups: ReplayGroup[]; notReplayable: number }> {
  const rows = (await warehouse.engine.rows(
    "replay-groups",
    `SELECT kind, reading, toString(${TOLD_IN}) AS toldIn, toString(countIf(fields != '')) AS rows, toString(countIf(fields = '')) AS lost
     FROM rejected_rows FINAL
     WHERE ${openUntil(selection, asOf)}
     GROUP BY kind, reading, toldIn
     ORDER BY min(import_id), kind, reading`,
    { workspaceId: warehouse.workspaceId },
  )) as { kind: ImportKind; reading: string; toldIn: string; rows: string; lost: string }[];
  return {
    groups: rows
      .filter((row) => row.rows !== "0")
      .map(({ kind, reading, toldIn, rows: count }) => ({
        kind,
        reading,
        toldIn: Number(toldIn),
        rows: Number(count),
      })),
    notReplayable: rows.reduce((sum, row) => sum + Number(row.lost), 0),
  };
}

/** The fields of a group's rows, one JSON object each, in the order in which they came; bounded by `limit`. */
export async function replayFields(
  warehouse: WorkspaceWarehouse,
  selection: RejectedSelection,
  group: ReplayGroup,
  page: { asOf: string; limit: number; offset: number },
): Promise<string[]> {
  const rows = (await warehouse.engine.rows(
    "replay-fields",
    `SELECT fields
     FROM rejected_rows FINAL
     WHERE ${openUntil(selection, page.asOf)} AND ${inGroup(group)}
     ORDER BY import_id, fingerprint, rejected_rows.line
     LIMIT ${page.limit} OFFSET ${page.offset}`,
    { workspaceId: warehouse.workspaceId },
  )) as { fields: string }[];
  return rows.map(({ fields }) => fields);
}

/**
 * Says of open rows what became of them. They are chosen in a query of their own, because the new values would hide the old ones
 * there.
 * @param group only its rows
 */
export async function markRejected(
  warehouse: WorkspaceWarehouse,
  selection: RejectedSelection,
  state: "replayed" | "discarded",
  { asOf, group }: { asOf: string; group?: ReplayGroup },
): Promise<void> {
  await warehouse.engine.run(
    "mark-rejected",
    `INSERT INTO rejected_rows
     SELECT * REPLACE (${quoteText(state)} AS state, now64(3) AS updated_at${state === "discarded" ? ", '' AS raw, '' AS fields" : ""})
     FROM (
       SELECT * FROM rejected_rows FINAL
       WHERE ${openUntil(selection, asOf)}${group === undefined ? "" : ` AND ${inGroup(group)}`})`,
    { workspaceId: warehouse.workspaceId },
  );
}
