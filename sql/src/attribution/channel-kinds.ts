import { z } from "zod";
import { question } from "../question.ts";

/**
 * Which channels money is spent on, and which are visits that came from nowhere in particular: told by the name, or by touches that
 * are all visits whose source says so. Direct mail is not direct.
 */
export const channelKinds = question({
  name: "channel-kinds",
  params: z.object({}),
  row: z.object({ channel: z.string(), isPaid: z.number(), isDirect: z.number() }),
  sql: `
    SELECT channel, max(paid) = 1 AS isPaid,
      isPaid = 0 AND (
        match(lowerUTF8(channel), '(^|[ (])direct([ )]|$)') AND NOT match(lowerUTF8(channel), 'mail|marketing|buy|sales')
        OR (sum(touches) > 0 AND sum(direct_touches) = sum(touches))) AS isDirect
    FROM (
      SELECT channel, 0 AS paid, count() AS touches, countIf(interaction = 'visit' AND lower(source) IN ('direct', '(direct)')) AS direct_touches
      FROM touchpoints
      WHERE workspace_id = {workspaceId:String}
      GROUP BY channel
      UNION ALL
      SELECT channel, 1 AS paid, 0 AS touches, 0 AS direct_touches
      FROM spend FINAL
      WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn AND cost > 0
      GROUP BY channel)
    GROUP BY channel
    ORDER BY channel`,
});
