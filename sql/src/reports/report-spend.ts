import { z } from "zod";
import { CountText, DateText, DecimalText, question } from "../question.ts";

/** Spend by month, channel, campaign and the money that it was billed in. */
export const reportSpend = question({
  name: "report-spend",
  params: z.object({ from: DateText, to: DateText, byCampaign: z.boolean() }),
  row: z.object({
    ...{ month: z.string(), channel: z.string(), campaign: z.string(), currency: z.string() },
    ...{ spend: DecimalText, original: DecimalText, rows: CountText },
  }),
  sql: `
    SELECT row_month AS month, row_channel AS channel, row_campaign AS campaign, row_currency AS currency,
      toString(sum_cost) AS spend, toString(sum_original) AS original, toString(row_count) AS rows
    FROM (
      SELECT formatDateTime(spend_date, '%Y-%m') AS row_month, toString(channel) AS row_channel,
        if({byCampaign:Bool}, toString(campaign), '') AS row_campaign, toString(original_currency) AS row_currency,
        sum(cost) AS sum_cost, sum(original_cost) AS sum_original, count() AS row_count
      FROM spend FINAL
      WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn AND spend_date BETWEEN {from:String} AND {to:String}
      GROUP BY row_month, row_channel, row_campaign, row_currency)
    ORDER BY month, channel, campaign, currency`,
});

/** Spend of a range by the import that brought it: all of it has to come from imports that ended. */
export const importedSpend = question({
  name: "imported-spend",
  params: z.object({ from: DateText, to: DateText }),
  row: z.object({ source: z.string(), spend: DecimalText }),
  sql: `
    SELECT billed.source AS source, toString(sum(billed.cost)) AS spend
    FROM (
      SELECT toString(source) AS source, cost, import_id
      FROM spend FINAL
      WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn AND spend_date BETWEEN {from:String} AND {to:String}) AS billed
    WHERE billed.import_id IN (
      SELECT import_id FROM imports FINAL WHERE workspace_id = {workspaceId:String} AND kind = 'spend' AND state = 'done')
    GROUP BY source
    ORDER BY source`,
});
