import { z } from "zod";
import { question } from "../../question.ts";

/** Channels that have touches: whether money is spent on them, whether nothing but visits came from them, and whether most are ads or mails that were shown. */
export const incrementalChannels = question({
  name: "incremental-channels",
  params: z.object({}),
  row: z.object({ channel: z.string(), isPaid: z.number(), onlyVisits: z.number(), mostlyShown: z.number() }),
  sql: `
    SELECT channel, max(paid) AS isPaid, toUInt8(sum(touches) = sum(visits)) AS onlyVisits,
      toUInt8(sum(shown) > sum(touches) / 2) AS mostlyShown
    FROM (
      SELECT channel, 0 AS paid, count() AS touches, countIf(interaction = 'visit') AS visits, countIf(interaction IN ('impression', 'open')) AS shown
      FROM touchpoints
      WHERE workspace_id = {workspaceId:String} AND visitor_id != 0
      GROUP BY channel
      UNION ALL
      SELECT channel, 1 AS paid, 0 AS touches, 0 AS visits, 0 AS shown
      FROM spend FINAL
      WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn AND cost > 0
      GROUP BY channel)
    GROUP BY channel
    HAVING sum(touches) > 0
    ORDER BY channel`,
});
