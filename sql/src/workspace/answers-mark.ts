import { z } from "zod";
import { question } from "../question.ts";

/** Imports that people or their programs have made, and no events that arrive all the time. */
const IS_MADE = "transport NOT IN ('http', 'collector')";
/** Refused rows of such imports, and those that somebody has decided on. The fingerprint of events that arrive begins with their way. */
const IS_DECIDED = "state != 'open' OR NOT match(fingerprint, '^(http|collector) ')";

/**
 * Names all that figures stand on: the same marks, the same answers. `settled` is the data as results see it (of events that arrive all the
 * time, those that came before `liveUntilMs`), `made` the data without such events, `live` as it is. Runs count once they are an hour old, because
 * no younger one is ever pruned: a page that computes one must not make its own answer old.
 */
export const answersMark = question({
  name: "answers-mark",
  params: z.object({ liveUntilMs: z.number().int().min(0) }),
  row: z.object({
    settled: z.string(),
    made: z.string(),
    live: z.string(),
    others: z.string(),
    timeZone: z.string(),
  }),
  sql: `
    WITH
      fromUnixTimestamp64Milli({liveUntilMs:Int64}, 'UTC') AS liveUntil,
      arrived AS (
        SELECT ${IS_MADE} AS isMade, isMade OR updated_at < liveUntil AS isSettled, state, import_id, updated_at
        FROM imports FINAL
        WHERE workspace_id = {workspaceId:String}),
      refused AS (
        SELECT
          (uniqExactIf((kind, fingerprint, line, state), ${IS_DECIDED}), maxIf(updated_at, ${IS_DECIDED})) AS decided,
          (count(), max(updated_at)) AS found
        FROM rejected_rows
        WHERE workspace_id = {workspaceId:String}),
      changes AS (
        SELECT 'settings' AS part, count() AS n, max(updated_at) AS at FROM workspace_settings WHERE workspace_id = {workspaceId:String}
        UNION ALL SELECT 'workspace', count(), max(updated_at) FROM workspaces WHERE workspace_id = {workspaceId:String}
        UNION ALL SELECT 'forgotten', uniqExact(visitor_id, reason), max(updated_at) FROM forgotten WHERE workspace_id = {workspaceId:String}
        UNION ALL SELECT 'notes', uniqExact(run_id, name), max(updated_at) FROM run_notes WHERE workspace_id = {workspaceId:String}
        UNION ALL SELECT 'runs', uniqExact(run_id), toDateTime64(0, 3, 'UTC') FROM runs
          WHERE workspace_id = {workspaceId:String} AND started_at < liveUntil - toIntervalHour(1))
    SELECT
      toString((SELECT (max(import_id), countIf(state IN ('done', 'undone')), maxIf(updated_at, state IN ('done', 'undone'))) FROM arrived WHERE isSettled)) AS settled,
      concat(toString((SELECT (max(import_id), count(), max(updated_at)) FROM arrived WHERE isMade)), toString((SELECT decided FROM refused))) AS made,
      concat(toString((SELECT (max(import_id), count(), max(updated_at)) FROM arrived)), toString((SELECT found FROM refused))) AS live,
      toString((SELECT arraySort(groupArray((part, if(part IN ('workspace', 'settings'), 0, n), at))) FROM changes)) AS others,
      (SELECT argMax(time_zone, updated_at) FROM workspaces WHERE workspace_id = {workspaceId:String}) AS timeZone`,
});
