import { z } from "zod";
import { DecimalText, question } from "../question.ts";

/** The credit of several runs by month and channel (and campaign). */
export const reportCredit = question({
  name: "report-credit",
  params: z.object({ runIds: z.array(z.string()), byCampaign: z.boolean() }),
  row: z.object({
    ...{ runId: z.string(), month: z.string(), channel: z.string(), campaign: z.string() },
    ...{ conversions: DecimalText, revenue: DecimalText, margin: DecimalText },
  }),
  sql: `
    SELECT row_run AS runId, row_month AS month, row_channel AS channel, row_campaign AS campaign,
      toString(sum_conversions) AS conversions, toString(sum_revenue) AS revenue, toString(sum_margin) AS margin
    FROM (
      SELECT run_id AS row_run, formatDateTime(date, '%Y-%m') AS row_month, toString(channel) AS row_channel,
        if({byCampaign:Bool}, toString(campaign), '') AS row_campaign,
        sum(conversions) AS sum_conversions, sum(revenue) AS sum_revenue, sum(margin) AS sum_margin
      FROM attribution_credit
      WHERE workspace_id = {workspaceId:String} AND run_id IN {runIds:Array(String)}
      GROUP BY row_run, row_month, row_channel, row_campaign)
    ORDER BY runId, month, channel, campaign`,
});
