import { z } from "zod";
import { DateText, DecimalText, question } from "../question.ts";

/** What a run credits to the channels that cost something in a range, and what they cost. */
export const paidCredit = question({
  name: "paid-credit",
  params: z.object({ runId: z.string(), from: DateText, to: DateText }),
  row: z.object({ revenue: DecimalText, cost: DecimalText }),
  sql: `
    WITH paid AS (
      SELECT channel, sum(cost) AS channel_cost
      FROM spend FINAL
      WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn AND spend_date BETWEEN {from:String} AND {to:String}
      GROUP BY channel
      HAVING channel_cost > 0)
    SELECT toString(sum(revenue)) AS revenue, toString((SELECT sum(channel_cost) FROM paid)) AS cost
    FROM attribution_credit
    WHERE workspace_id = {workspaceId:String} AND run_id = {runId:String} AND date BETWEEN {from:String} AND {to:String}
      AND channel IN (SELECT channel FROM paid)`,
});
