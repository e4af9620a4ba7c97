import { z } from "zod";
import { CountText, DateText, question } from "../question.ts";

/** The last days that have touches, and how many of those say neither where they came from nor how. */
export const recentTouches = question({
  name: "recent-touches",
  params: z.object({ timeZone: z.string(), days: z.number().int() }),
  row: z.object({
    from: z.union([DateText, z.literal("")]),
    to: z.union([DateText, z.literal("")]),
    touches: CountText,
    untagged: CountText,
  }),
  sql: `
    WITH newest AS (
      SELECT max(occurred_at) AS at, count() AS n FROM touchpoints
      WHERE workspace_id = {workspaceId:String} AND occurred_at <= now() + INTERVAL 1 DAY)
    SELECT
      if((SELECT n FROM newest) = 0, '', toString(toDate((SELECT at FROM newest), {timeZone:String}) - ({days:UInt16} - 1))) AS \`from\`,
      if((SELECT n FROM newest) = 0, '', toString(toDate((SELECT at FROM newest), {timeZone:String}))) AS \`to\`,
      toString(count()) AS touches,
      toString(countIf(source = '' AND medium = '')) AS untagged
    FROM touchpoints
    WHERE workspace_id = {workspaceId:String}
      AND occurred_at >= toStartOfDay(toTimeZone((SELECT at FROM newest), {timeZone:String})) - INTERVAL ({days:UInt16} - 1) DAY
      AND occurred_at <= (SELECT at FROM newest)`,
});
