import { z } from "zod";
import { question } from "../question.ts";

/** Every campaign and creative with a touch or spend, those with most touches first; a creative's campaign stands with it. */
export const findableNames = question({
  name: "findable-names",
  params: z.object({}),
  row: z.object({ channel: z.string(), campaign: z.string(), creative: z.string() }),
  sql: `
    SELECT channel, campaign, creative
    FROM (
      SELECT toString(channel) AS channel, toString(campaign) AS campaign, toString(creative) AS creative, count() AS touches
      FROM touchpoints
      WHERE workspace_id = {workspaceId:String}
      GROUP BY channel, campaign, creative
      UNION ALL
      SELECT toString(channel) AS channel, toString(campaign) AS campaign, '' AS creative, 0 AS touches
      FROM spend FINAL
      WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn
      GROUP BY channel, campaign)
    GROUP BY channel, campaign, creative
    ORDER BY sum(touches) DESC, channel, campaign, creative
    LIMIT 20000`,
});
