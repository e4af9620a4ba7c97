import { z } from "zod";
import { CountText, DateText, question, statement } from "../question.ts";

/** The workspace's settings; no row for one that was never written. */
export const workspaceSettings = question({
  name: "workspace-settings",
  params: z.object({}),
  row: z.object({ currency: z.string(), timeZone: z.string(), simulated: z.boolean() }),
  sql: `
    SELECT currency, time_zone AS timeZone, simulated
    FROM workspaces FINAL
    WHERE workspace_id = {workspaceId:String}`,
});

export const saveWorkspaceSettings = statement({
  name: "save-workspace-settings",
  params: z.object({ currency: z.string(), timeZone: z.string(), simulated: z.boolean() }),
  sql: `
    INSERT INTO workspaces (workspace_id, currency, time_zone, simulated, updated_at)
    SELECT {workspaceId:String}, {currency:String}, {timeZone:String}, {simulated:Bool}, now64(3)`,
});

/**
 * Row counts, the first and last day that has anything, and the last day with a booking; days are empty where there is nothing.
 * What is recent is counted from the last booking: a media plan of the coming months, or one touch with a wrong year, must not move
 * what "the last 28 days" are.
 */
export const workspaceExtent = question({
  name: "workspace-extent",
  params: z.object({ timeZone: z.string() }),
  row: z.object({
    touchpoints: CountText,
    conversions: CountText,
    spend: CountText,
    rejected: CountText,
    firstDay: z.union([DateText, z.literal("")]),
    lastDay: z.union([DateText, z.literal("")]),
    lastBookedDay: z.union([DateText, z.literal("")]),
  }),
  sql: `
    WITH
      (SELECT (count(), min(occurred_at), max(occurred_at)) FROM touchpoints WHERE workspace_id = {workspaceId:String}) AS touches,
      (SELECT (count(), min(occurred_at), max(occurred_at)) FROM conversions WHERE workspace_id = {workspaceId:String}) AS bookings,
      (SELECT (count(), min(spend_date), max(spend_date)) FROM spend FINAL WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn) AS costs,
      (at -> toString(toDate(at, {timeZone:String}))) AS day_of,
      arrayConcat(
        if(touches.1 > 0, [day_of(touches.2), day_of(touches.3)], []),
        if(bookings.1 > 0, [day_of(bookings.2), day_of(bookings.3)], []),
        if(costs.1 > 0, [toString(costs.2), toString(costs.3)], [])) AS days
    SELECT
      toString(touches.1) AS touchpoints,
      toString(bookings.1) AS conversions,
      toString(costs.1) AS spend,
      toString((SELECT count() FROM rejected_rows FINAL WHERE workspace_id = {workspaceId:String})) AS rejected,
      if(empty(days), '', arrayMin(days)) AS firstDay,
      if(empty(days), '', arrayMax(days)) AS lastDay,
      if(bookings.1 > 0, day_of(bookings.3), '') AS lastBookedDay`,
});

/** Every channel that has a touch or spend. */
export const workspaceChannels = question({
  name: "workspace-channels",
  params: z.object({}),
  row: z.object({ channel: z.string() }),
  sql: `
    SELECT DISTINCT channel FROM (
      SELECT channel FROM touchpoints WHERE workspace_id = {workspaceId:String} GROUP BY channel
      UNION ALL
      SELECT channel FROM spend FINAL WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn GROUP BY channel)
    ORDER BY channel`,
});

/**
 * Changes whenever an import has changed what the workspace holds: journeys and runs name the one they stand on. Imports that were
 * taken back count too, because somebody may have looked while their rows were there. Events that arrive all the time count where they
 * came before `liveUntilMs` (of the clock, since 1970): a page that is open would otherwise have everything worked out anew every second.
 */
export const dataWatermark = question({
  name: "data-watermark",
  params: z.object({ liveUntilMs: z.number().int().min(0) }),
  row: z.object({ watermark: z.string(), lastImportAt: z.string().nullable() }),
  sql: `
    WITH
      (SELECT if(count() = 0, '', concat('-', toString(toUnixTimestamp64Milli(max(updated_at))))) FROM forgotten WHERE workspace_id = {workspaceId:String} AND state = 'done') AS erasures,
      (SELECT if(count() = 0, '', concat('-b', toString(toUnixTimestamp64Milli(max(updated_at))))) FROM workspace_settings WHERE workspace_id = {workspaceId:String} AND name = 'books') AS books
    SELECT concat(toString(max(import_id)), '-', toString(count()), erasures, books) AS watermark,
      if(countIf(state = 'done') = 0, NULL, maxIf(updated_at, state = 'done')) AS lastImportAt
    FROM imports FINAL
    WHERE workspace_id = {workspaceId:String} AND (state = 'undone' OR (state = 'done' AND stored + replaced > 0))
      AND (transport NOT IN ('http', 'collector') OR updated_at < fromUnixTimestamp64Milli({liveUntilMs:Int64}, 'UTC'))`,
});
