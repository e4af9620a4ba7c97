import { z } from "zod";
import { CountText, DateText, question } from "../question.ts";

/** Shares of rows are taken of these days, up to the newest conversion: identifiers of older rows go when their retention ends. */
export const RECENT_DAYS = 90;

/** When the newest conversion came; the shares of what is recent end there. */
export const newestConversion = `(SELECT max(occurred_at) FROM conversions WHERE workspace_id = {workspaceId:String})`;

/** The source that an import declared, and when it was. */
export const importSources = `SELECT import_id, source, started_at, updated_at FROM imports FINAL WHERE workspace_id = {workspaceId:String}`;

/** Rows by import and day: few, because an import covers few days, or there are few imports. */
const dayCells = (table: "touchpoints" | "conversions", source: string) => `
  SELECT ${source} AS row_source, import_id, toDate(occurred_at, {timeZone:String}) AS day, count() AS row_count, max(occurred_at) AS newest,
    countIf(is_recent) AS recent, countIf(is_recent AND visitor_id = 0) AS nameless,
    countIf(is_recent AND visitor_id = 0 AND consent IN ('denied', 'unknown')) AS refused
  FROM (
    SELECT ${source === "''" ? "" : "source,"} import_id, occurred_at, visitor_id, consent,
      occurred_at BETWEEN newest_conversion - toIntervalDay(${RECENT_DAYS}) AND newest_conversion AS is_recent
    FROM ${table} WHERE workspace_id = {workspaceId:String})
  GROUP BY row_source, import_id, day`;

const plainCells = (select: string) => `
  SELECT row_source, import_id, day, count() AS row_count, max(moment) AS newest, 0 AS recent, 0 AS nameless, 0 AS refused
  FROM (${select}) GROUP BY row_source, import_id, day`;

const eventsOf = (table: "identities" | "adjustments", time: string) =>
  plainCells(
    `SELECT source AS row_source, import_id, toDate(${time}, {timeZone:String}) AS day, ${time} AS moment FROM ${table} WHERE workspace_id = {workspaceId:String}`,
  );

/** A day of spend ends with its day. */
const spendDays = plainCells(`
    SELECT source AS row_source, import_id, spend_date AS day, toDateTime64(spend_date + 1, 3, {timeZone:String}) AS moment
    FROM spend FINAL WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn`);

/**
 * What each source has delivered of each kind: days, newest row, the longest run of days without any row between the first and the
 * last one, and of the recent rows how many have no identifier, and how many for want of consent. A touch's own `source` is where
 * the visitor came from, so touches are told apart by their import's. Identities come with whatever is linked: they have no gaps.
 */
export const feeds = question({
  name: "health-feeds",
  params: z.object({ timeZone: z.string(), now: z.string() }),
  row: z.object({
    source: z.string(),
    kind: z.enum(["touchpoints", "conversions", "spend", "identities", "adjustments"]),
    rows: CountText,
    firstDay: DateText,
    lastDay: DateText,
    newestRowAt: z.string(),
    lastImportAt: z.string(),
    /** Rows that were written in the last 24 hours. */
    rowsOfLastDay: CountText,
    missingDays: CountText,
    /** The runs of days without a row, oldest first, the 200 newest. */
    gaps: z.array(z.tuple([DateText, DateText])),
    recent: CountText,
    nameless: CountText,
    refused: CountText,
  }),
  sql: `
    WITH ${newestConversion} AS newest_conversion
    SELECT source, kind, toString(sum(row_count)) AS rows,
      toString(min(day)) AS firstDay, toString(max(day)) AS lastDay, max(newest) AS newestRowAt,
      max(imported_at) AS lastImportAt,
      toString(sumIf(row_count, began_at >= parseDateTime64BestEffort({now:String}, 3, 'UTC') - toIntervalDay(1))) AS rowsOfLastDay,
      arraySort(groupUniqArray(day)) AS days,
      arrayFilter((day, before) -> day > before + 1, days, arrayPushFront(arrayPopBack(days), days[1])) AS resumes,
      arrayFilter((before, day) -> day > before + 1, arrayPushFront(arrayPopBack(days), days[1]), days) AS stops,
      toString(dateDiff('day', days[1], days[-1]) + 1 - length(days)) AS missingDays,
      arraySlice(arrayMap((stop, resume) -> [toString(stop + 1), toString(resume - 1)], stops, resumes), -200) AS gaps,
      toString(sum(recent)) AS recent, toString(sum(nameless)) AS nameless, toString(sum(refused)) AS refused
    FROM (
      SELECT kind, if(cells.row_source != '', cells.row_source, ledger.source) AS source, day, row_count, newest, recent, nameless, refused,
        ledger.started_at AS began_at, ledger.updated_at AS imported_at
      FROM (
        SELECT 'touchpoints' AS kind, * FROM (${dayCells("touchpoints", "''")})
        UNION ALL SELECT 'conversions', * FROM (${dayCells("conversions", "source")})
        UNION ALL SELECT 'spend', * FROM (${spendDays})
        UNION ALL SELECT 'identities', * FROM (${eventsOf("identities", "linked_at")})
        UNION ALL SELECT 'adjustments', * FROM (${eventsOf("adjustments", "occurred_at")})
      ) AS cells
      LEFT ANY JOIN (${importSources}) AS ledger USING (import_id)
    )
    GROUP BY source, kind
    ORDER BY source, kind`,
});

/**
 * Of rows that came in by themselves in the last 30 days, how many arrived more than so many hours after they had happened. A file
 * of last year is not late: it is history.
 */
export const lateEvents = question({
  name: "health-late-events",
  params: z.object({ now: z.string(), lateHours: z.number() }),
  row: z.object({
    source: z.string(),
    kind: z.enum(["touchpoints", "conversions"]),
    rows: CountText,
    late: CountText,
    latestHours: z.number(),
  }),
  sql: `
    WITH streamed AS (
      SELECT import_id, source, started_at FROM imports FINAL
      WHERE workspace_id = {workspaceId:String} AND state = 'done' AND transport IN ('http', 'collector', 'watch')
        AND started_at >= parseDateTime64BestEffort({now:String}, 3, 'UTC') - toIntervalDay(30))
    SELECT streamed.source AS source, kind, toString(count()) AS rows, toString(countIf(age > {lateHours:Float64} * 3600)) AS late,
      max(age) / 3600 AS latestHours
    FROM (
      SELECT 'touchpoints' AS kind, import_id, occurred_at FROM touchpoints
      WHERE workspace_id = {workspaceId:String} AND import_id IN (SELECT import_id FROM streamed)
      UNION ALL
      SELECT 'conversions', import_id, occurred_at FROM conversions
      WHERE workspace_id = {workspaceId:String} AND import_id IN (SELECT import_id FROM streamed)
    ) AS events
    INNER JOIN (SELECT *, toUnixTimestamp64Milli(started_at) AS started_ms FROM streamed) AS streamed USING (import_id)
    ARRAY JOIN [(started_ms - toUnixTimestamp64Milli(occurred_at)) / 1000] AS age
    GROUP BY source, kind
    ORDER BY source, kind`,
});
