import { z } from "zod";
import { DateText, DecimalText, question } from "../question.ts";

/** What was spent on each campaign between two days, both included. Campaigns without spend in them are absent. */
export const campaignSpend = question({
  name: "campaign-spend",
  params: z.object({ from: DateText, to: DateText }),
  row: z.object({ channel: z.string(), campaign: z.string(), spend: DecimalText }),
  sql: `
    SELECT channel, campaign, toString(sum(cost)) AS spend
    FROM spend FINAL
    WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn AND spend_date BETWEEN {from:String} AND {to:String}
    GROUP BY channel, campaign
    HAVING sum(cost) > 0
    ORDER BY channel, campaign`,
});
