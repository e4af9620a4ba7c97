import { z } from "zod";
import { DateText, DecimalText, question } from "../question.ts";

/** What platforms claim for themselves in spend files, by channel. Channels without a claim are absent: that is not a claim of zero. */
export const platformClaims = question({
  name: "platform-claims",
  params: z.object({ from: DateText, to: DateText }),
  row: z.object({ channel: z.string(), conversions: DecimalText, revenue: DecimalText.nullable() }),
  sql: `
    SELECT channel, toString(sum(platform_conversions)) AS conversions,
      if(count(platform_value) > 0, toString(sum(platform_value)), NULL) AS revenue
    FROM spend FINAL
    WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn AND platform_conversions IS NOT NULL
      AND spend_date BETWEEN {from:String} AND {to:String}
    GROUP BY channel
    ORDER BY channel`,
});
