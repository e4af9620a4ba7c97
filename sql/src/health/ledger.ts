import { z } from "zod";
import { CountText, DateText, question } from "../question.ts";

const Counts = {
  received: CountText,
  stored: CountText,
  duplicates: CountText,
  replaced: CountText,
  rejected: CountText,
  filtered: CountText,
};

const SUMS = ["received", "stored", "duplicates", "replaced", "rejected", "filtered"]
  .map((name) => `toString(sum(ledger.${name})) AS ${name}`)
  .join(", ");

/** The finished imports of the workspace. */
const LEDGER = `(SELECT * FROM imports FINAL WHERE workspace_id = {workspaceId:String} AND state = 'done') AS ledger`;

/** Where the rows of the last 30 days went, by source and kind, and of all that ever came how many. */
export const ledgerBySource = question({
  name: "health-ledger",
  params: z.object({ now: z.string() }),
  row: z.object({
    source: z.string(),
    kind: z.string(),
    recentReceived: CountText,
    recentDuplicates: CountText,
    received: CountText,
  }),
  sql: `
    WITH parseDateTime64BestEffort({now:String}, 3, 'UTC') AS moment
    SELECT source, kind,
      toString(sumIf(ledger.received, started_at >= moment - toIntervalDay(30))) AS recentReceived,
      toString(sumIf(ledger.duplicates, started_at >= moment - toIntervalDay(30))) AS recentDuplicates,
      toString(sum(ledger.received)) AS received
    FROM ${LEDGER}
    GROUP BY source, kind
    ORDER BY source, kind`,
});

/** Imports whose rows do not add up, the newest first. */
export const unbalancedImports = question({
  name: "health-unbalanced-imports",
  params: z.object({}),
  row: z.object({
    importId: CountText,
    source: z.string(),
    kind: z.string(),
    file: z.string(),
    received: CountText,
    accounted: CountText,
  }),
  sql: `
    SELECT toString(import_id) AS importId, source, kind, file, toString(ledger.received) AS received,
      toString(stored + duplicates + replaced + rejected + filtered) AS accounted
    FROM ${LEDGER}
    WHERE ledger.received != stored + duplicates + replaced + rejected + filtered
    ORDER BY import_id DESC
    LIMIT 20`,
});

const COUNTED = ["touchpoints", "conversions", "identities", "adjustments"] as const;

/**
 * The ledger against the tables, by kind: what the imports say they stored, what stands there, what stands there of no finished
 * import, and how much may have gone because its time is over. Spend is left out: its rows add up and replace each other.
 */
export const storedRows = question({
  name: "health-stored-rows",
  params: z.object({ now: z.string(), dataMonths: z.number() }),
  row: z.object({
    kind: z.enum(COUNTED),
    stored: CountText,
    found: CountText,
    stray: CountText,
    expirable: CountText,
    erasedPersons: CountText,
  }),
  sql: `
    WITH
      ledger AS (SELECT import_id, kind, state, stored, started_at FROM imports FINAL WHERE workspace_id = {workspaceId:String}),
      found AS (
        ${COUNTED.map((kind) => `SELECT '${kind}' AS kind, import_id, count() AS row_count FROM ${kind} WHERE workspace_id = {workspaceId:String} GROUP BY import_id`).join("\n        UNION ALL ")})
    SELECT kind, toString(sum(ledger_rows)) AS stored, toString(sum(found_rows)) AS found, toString(sum(stray_rows)) AS stray,
      toString(sum(old_rows)) AS expirable,
      toString((SELECT uniqExact(visitor_id) FROM forgotten FINAL WHERE workspace_id = {workspaceId:String} AND reason = 'erased')) AS erasedPersons
    FROM (
      SELECT kind, stored AS ledger_rows, 0 AS found_rows, 0 AS stray_rows,
        if(started_at < parseDateTime64BestEffort({now:String}, 3, 'UTC') - toIntervalMonth({dataMonths:UInt16}), stored, 0) AS old_rows
      FROM ledger WHERE state = 'done' AND kind IN (${COUNTED.map((kind) => `'${kind}'`).join(", ")})
      UNION ALL
      SELECT found.kind, 0, if(state = 'done', row_count, 0), if(state IN ('done', 'started', 'replacing'), 0, row_count), 0
      FROM found LEFT ANY JOIN ledger USING (import_id))
    GROUP BY kind
    ORDER BY kind`,
});

/** Null selects all sources, and all kinds. */
const Page = z.object({
  ofSource: z.string().nullable(),
  ofKind: z.string().nullable(),
  limit: z.number().int(),
  offset: z.number().int(),
});

/**
 * The ledger, newest first. What machines send by HTTP comes in many small batches: those of one hour, source and kind are one row.
 */
export const importsPage = question({
  name: "imports-page",
  params: Page,
  row: z.object({
    importId: CountText,
    imports: CountText,
    kind: z.string(),
    source: z.string(),
    transport: z.string(),
    file: z.string(),
    state: z.enum(["started", "replacing", "done", "undone"]),
    startedAt: z.string(),
    endedAt: z.string(),
    changes: z.string(),
    ...Counts,
    total: CountText,
  }),
  sql: `
    SELECT toString(max(import_id)) AS importId, toString(count()) AS imports, any(ledger.kind) AS kind, any(ledger.source) AS source,
      any(ledger.transport) AS transport, if(count() = 1, any(ledger.file), '') AS file,
      multiIf(countIf(ledger.state = 'started') > 0, 'started', countIf(ledger.state = 'replacing') > 0, 'replacing', countIf(ledger.state = 'done') > 0, 'done', 'undone') AS state,
      min(started_at) AS startedAt, max(updated_at) AS endedAt, if(count() = 1, any(ledger.changes), '') AS changes,
      ${SUMS},
      toString(count() OVER ()) AS total
    FROM (SELECT * FROM imports FINAL WHERE workspace_id = {workspaceId:String}) AS ledger
    WHERE ({ofSource:Nullable(String)} IS NULL OR ledger.source = {ofSource:Nullable(String)})
      AND ({ofKind:Nullable(String)} IS NULL OR ledger.kind = {ofKind:Nullable(String)})
    GROUP BY if(ledger.transport IN ('http', 'collector'),
      concat(ledger.source, ' ', ledger.kind, ' ', toString(toStartOfHour(ledger.started_at))), toString(ledger.import_id))
    ORDER BY max(import_id) DESC
    LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
});

/** The ledger added up by hour (of UTC), source and kind, newest first. */
export const importsByHour = question({
  name: "imports-by-hour",
  params: Page,
  row: z.object({ hour: z.string(), source: z.string(), kind: z.string(), imports: CountText, ...Counts }),
  sql: `
    SELECT toStartOfHour(started_at) AS hour, ledger.source AS source, ledger.kind AS kind, toString(count()) AS imports, ${SUMS}
    FROM ${LEDGER}
    WHERE ({ofSource:Nullable(String)} IS NULL OR ledger.source = {ofSource:Nullable(String)})
      AND ({ofKind:Nullable(String)} IS NULL OR ledger.kind = {ofKind:Nullable(String)})
    GROUP BY hour, source, kind
    ORDER BY hour DESC, source, kind
    LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
});

/** What came in by day of import and source, for as many days back. */
export const receivedByDay = question({
  name: "received-by-day",
  params: z.object({ timeZone: z.string(), now: z.string(), days: z.number().int() }),
  row: z.object({ date: DateText, source: z.string(), ...Counts }),
  sql: `
    SELECT toString(toDate(started_at, {timeZone:String})) AS date, ledger.source AS source, ${SUMS}
    FROM ${LEDGER}
    WHERE started_at > parseDateTime64BestEffort({now:String}, 3, 'UTC') - toIntervalDay({days:UInt32})
    GROUP BY date, source
    ORDER BY date, source`,
});
