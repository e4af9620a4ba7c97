import { z } from "zod";
import { DateText, DecimalText, question } from "../question.ts";

/** Spend by channel and day, both ends included. Days of a channel without a row are absent: whoever asks decides what that means. */
export const channelSpendByDay = question({
  name: "channel-spend-by-day",
  params: z.object({ from: DateText, to: DateText }),
  row: z.object({ channel: z.string(), date: DateText, spend: DecimalText }),
  sql: `
    SELECT channel, toString(spend_date) AS date, toString(sum(cost)) AS spend
    FROM spend FINAL
    WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn AND spend_date BETWEEN {from:String} AND {to:String}
    GROUP BY channel, spend_date
    ORDER BY channel, spend_date`,
});
