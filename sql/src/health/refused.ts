import { z } from "zod";
import { CountText, question } from "../question.ts";

/** SQL for a reason without the text that it quotes, so that rows which are wrong in one way stand together. */
export function reasonPattern(reason: string): string {
  return `replaceRegexpOne(replaceRegexpAll(${reason}, '"[^"]*"', '"…"'), ' of [0-9]{4}-[0-9]{2}-[0-9]{2} ', ' of … ')`;
}

const PATTERN = reasonPattern("reason");

/** What is wrong with a row, as far as a rule of its own asks for it. */
const FAULT = `multiIf(
  position(reason, 'hours ahead') > 0, 'future',
  position(reason, 'exchange rate') > 0, 'currency',
  position(reason, 'that is not negative') > 0 AND match(reason, '"[-−(]'), 'negative',
  step = 'bot' OR match(reason, '(?i)\\\\bbots?\\\\b'), 'bot',
  'other')`;

/** Refused rows that nobody has dealt with yet, by source and kind: how many, of which fault, and the commonest reasons. */
export const refusedBySource = question({
  name: "health-refused",
  params: z.object({}),
  row: z.object({
    source: z.string(),
    kind: z.string(),
    rows: CountText,
    future: CountText,
    currency: CountText,
    negative: CountText,
    bot: CountText,
    reasons: z.array(z.tuple([z.string(), CountText])),
  }),
  sql: `
    SELECT source, kind, toString(sum(row_count)) AS rows, toString(sumIf(row_count, fault = 'future')) AS future,
      toString(sumIf(row_count, fault = 'currency')) AS currency, toString(sumIf(row_count, fault = 'negative')) AS negative,
      toString(sumIf(row_count, fault = 'bot')) AS bot,
      arrayMap((most, text) -> (text, toString(most)), arraySlice(arrayReverseSort(groupArray((row_count, pattern))), 1, 3).1,
        arraySlice(arrayReverseSort(groupArray((row_count, pattern))), 1, 3).2) AS reasons
    FROM (
      SELECT source, kind, ${FAULT} AS fault, ${PATTERN} AS pattern, count() AS row_count
      FROM rejected_rows FINAL
      WHERE workspace_id = {workspaceId:String} AND state = 'open'
      GROUP BY source, kind, fault, pattern)
    GROUP BY source, kind
    ORDER BY source, kind`,
});

/** Refused rows by reason, most frequent first. Null selects all states. */
export const refusedReasons = question({
  name: "refused-reasons",
  params: z.object({ ofState: z.string().nullable() }),
  row: z.object({
    source: z.string(),
    kind: z.string(),
    step: z.string(),
    reason: z.string(),
    state: z.string(),
    rows: CountText,
    firstAt: z.string(),
    lastAt: z.string(),
  }),
  sql: `
    SELECT source, kind, step, ${PATTERN} AS pattern, pattern AS reason, state, toString(count()) AS rows,
      min(rejected_at) AS firstAt, max(rejected_at) AS lastAt
    FROM rejected_rows FINAL
    WHERE workspace_id = {workspaceId:String} AND ({ofState:Nullable(String)} IS NULL OR state = {ofState:Nullable(String)})
    GROUP BY source, kind, step, pattern, state
    ORDER BY count() DESC, source, kind, pattern
    LIMIT 200`,
});

/** Refused rows, newest first; their text is cut. Null selects all; a reason is one without the text that it quotes. */
export const refusedPage = question({
  name: "refused-page",
  params: z.object({
    ofSource: z.string().nullable(),
    ofKind: z.string().nullable(),
    ofReason: z.string().nullable(),
    ofState: z.string().nullable(),
    limit: z.number().int(),
    offset: z.number().int(),
  }),
  row: z.object({
    kind: z.string(),
    fingerprint: z.string(),
    line: CountText,
    file: z.string(),
    source: z.string(),
    step: z.string(),
    reason: z.string(),
    raw: z.string(),
    isCut: z.boolean(),
    state: z.string(),
    importId: CountText,
    rejectedAt: z.string(),
    total: CountText,
  }),
  sql: `
    SELECT kind, fingerprint, toString(row_line) AS line, file, source, step, said AS reason, substringUTF8(text, 1, 2000) AS raw,
      toBool(lengthUTF8(text) > 2000) AS isCut, state, toString(import_id) AS importId, rejected_at AS rejectedAt,
      toString(count() OVER ()) AS total
    FROM (
      SELECT kind, fingerprint, line AS row_line, file, source, step, reason AS said, raw AS text, state, import_id, rejected_at
      FROM rejected_rows FINAL
      WHERE workspace_id = {workspaceId:String} AND ({ofSource:Nullable(String)} IS NULL OR source = {ofSource:Nullable(String)})
        AND ({ofKind:Nullable(String)} IS NULL OR kind = {ofKind:Nullable(String)}) AND ({ofState:Nullable(String)} IS NULL OR state = {ofState:Nullable(String)})
        AND ({ofReason:Nullable(String)} IS NULL OR ${PATTERN} = {ofReason:Nullable(String)}))
    ORDER BY rejected_at DESC, kind, fingerprint, row_line
    LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
});
