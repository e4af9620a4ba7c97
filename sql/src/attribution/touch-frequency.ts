import { z } from "zod";
import { DateText, question } from "../question.ts";

/**
 * How many touches of the same channel somebody had in the week before a touch, on average, by channel. One visitor of every
 * `oneOf` is looked at: their numbers are keyed hashes, and so at random.
 */
export const touchFrequency = question({
  name: "touch-frequency",
  params: z.object({ from: DateText, to: DateText, timeZone: z.string(), oneOf: z.number().int().min(1) }),
  row: z.object({ channel: z.string(), earlier: z.number() }),
  sql: `
    SELECT channel, avg(toFloat64(before)) AS earlier
    FROM (
      SELECT channel, count() OVER (PARTITION BY visitor_id, channel ORDER BY at RANGE BETWEEN 604799 PRECEDING AND CURRENT ROW) - 1 AS before
      FROM (
        SELECT visitor_id, channel, toUnixTimestamp(occurred_at) AS at
        FROM touchpoints
        WHERE workspace_id = {workspaceId:String} AND visitor_id != 0 AND visitor_id % {oneOf:UInt32} = 0
          AND occurred_at >= toDateTime64({from:String}, 3, {timeZone:String})
          AND occurred_at < toDateTime64({to:String}, 3, {timeZone:String}) + toIntervalDay(1)))
    GROUP BY channel
    ORDER BY channel`,
});
