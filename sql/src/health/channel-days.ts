import { z } from "zod";
import { CountText, DateText, DecimalText, question } from "../question.ts";

/**
 * By channel with spend, its days that do not match: spend without a touch, inside the days that have touches at all, and touches
 * without a row of spend, between the channel's first and last day of spend. Days are empty where there is none.
 */
export const channelDays = question({
  name: "health-channel-days",
  params: z.object({ timeZone: z.string() }),
  row: z.object({
    channel: z.string(),
    touches: CountText,
    spendDays: CountText,
    touchlessDays: CountText,
    touchlessFrom: z.union([DateText, z.literal("")]),
    touchlessTo: z.union([DateText, z.literal("")]),
    touchlessCost: DecimalText,
    spendlessDays: CountText,
    spendlessFrom: z.union([DateText, z.literal("")]),
    spendlessTo: z.union([DateText, z.literal("")]),
    spendlessTouches: CountText,
  }),
  sql: `
    WITH
      touch_days AS (
        SELECT channel, toDate(occurred_at, {timeZone:String}) AS day, count() AS touch_count
        FROM touchpoints WHERE workspace_id = {workspaceId:String} GROUP BY channel, day),
      days AS (
        SELECT channel, day, sum(touch_count) AS day_touches, sum(cost) AS day_cost, max(has_row) AS has_spend
        FROM (
          SELECT channel, day, touch_count, toDecimal128(0, 9) AS cost, 0 AS has_row FROM touch_days
          UNION ALL
          SELECT channel, spend_date, 0, cost, 1 FROM spend FINAL WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn)
        GROUP BY channel, day),
      spans AS (
        SELECT *,
          minIf(day, day_touches > 0) OVER () AS first_touch, maxIf(day, day_touches > 0) OVER () AS last_touch,
          minIf(day, has_spend) OVER (PARTITION BY channel) AS first_spend, maxIf(day, has_spend) OVER (PARTITION BY channel) AS last_spend
        FROM days),
      marked AS (
        SELECT *, day_cost > 0 AND day_touches = 0 AND day BETWEEN first_touch AND last_touch AS is_touchless,
          day_touches > 0 AND NOT has_spend AND day BETWEEN first_spend AND last_spend AS is_spendless
        FROM spans)
    SELECT channel,
      toString(sum(day_touches)) AS touches,
      toString(countIf(day_cost > 0)) AS spendDays,
      toString(countIf(is_touchless)) AS touchlessDays,
      if(touchlessDays = '0', '', toString(minIf(day, is_touchless))) AS touchlessFrom,
      if(touchlessDays = '0', '', toString(maxIf(day, is_touchless))) AS touchlessTo,
      toString(sumIf(day_cost, is_touchless)) AS touchlessCost,
      toString(countIf(is_spendless)) AS spendlessDays,
      if(spendlessDays = '0', '', toString(minIf(day, is_spendless))) AS spendlessFrom,
      if(spendlessDays = '0', '', toString(maxIf(day, is_spendless))) AS spendlessTo,
      toString(sumIf(day_touches, is_spendless)) AS spendlessTouches
    FROM marked
    GROUP BY channel
    HAVING countIf(has_spend) > 0
    ORDER BY channel`,
});
