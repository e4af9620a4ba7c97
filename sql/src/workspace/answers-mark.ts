import { z } from "zod";
import { question } from "../question.ts";

/**
 * Names all that figures stand on: the same marks, the same answers. `settled` is the data as results see it (events that arrive all the
 * time count when their window is over), `live` as it is. Runs count once they are an hour old, because no younger one is ever pruned:
 * a page that computes one must not make its own answer old.
 */
export const answersMark = question({
  name: "answers-mark",
  params: z.object({ liveWindowSeconds: z.number().int().min(1) }),
  row: z.object({ settled: z.string(), live: z.string(), others: z.string() }),
  sql: `
    WITH
      arrived AS (
        SELECT
          transport NOT IN ('http', 'collector')
            OR updated_at < toStartOfInterval(now64(3, 'UTC'), toIntervalSecond({liveWindowSeconds:UInt32})) AS isSettled,
          state, import_id, updated_at
        FROM imports FINAL
        WHERE workspace_id = {workspaceId:String}),
      changes AS (
        SELECT 'settings' AS part, count() AS n, max(updated_at) AS at FROM workspace_settings WHERE workspace_id = {workspaceId:String}
        UNION ALL SELECT 'workspace', count(), max(updated_at) FROM workspaces WHERE workspace_id = {workspaceId:String}
        UNION ALL SELECT 'forgotten', uniqExact(visitor_id, reason), max(updated_at) FROM forgotten WHERE workspace_id = {workspaceId:String}
        UNION ALL SELECT 'notes', uniqExact(run_id, name), max(updated_at) FROM run_notes WHERE workspace_id = {workspaceId:String}
        UNION ALL SELECT 'runs', uniqExact(run_id), toDateTime64(0, 3, 'UTC') FROM runs
          WHERE workspace_id = {workspaceId:String} AND started_at < now64(3, 'UTC') - toIntervalHour(1))
    SELECT
      toString((SELECT (max(import_id), countIf(state IN ('done', 'undone')), maxIf(updated_at, state IN ('done', 'undone'))) FROM arrived WHERE isSettled)) AS settled,
      concat(
        toString((SELECT (max(import_id), count(), max(updated_at)) FROM arrived)),
        toString((SELECT (uniqExact(kind, fingerprint, line), max(updated_at)) FROM rejected_rows WHERE workspace_id = {workspaceId:String}))) AS live,
      toString((SELECT arraySort(groupArray((part, if(part IN ('workspace', 'settings'), 0, n), at))) FROM changes)) AS others`,
});
