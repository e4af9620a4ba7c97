import { z } from "zod";
import { DecimalText, question } from "../question.ts";
import { BreakdownScope, IN_BREAKDOWN, ROW_NAMES } from "./breakdown-scope.ts";

/** The credit of several runs at a level, inside a channel or a campaign where asked. */
export const breakdownCredit = question({
  name: "breakdown-credit",
  params: BreakdownScope.extend({ runIds: z.array(z.string()) }),
  row: z.object({
    ...{ runId: z.string(), channel: z.string(), campaign: z.string(), creative: z.string(), value: z.string() },
    ...{ conversions: DecimalText, revenue: DecimalText },
  }),
  sql: `
    SELECT row_run AS runId, row_channel AS channel, row_campaign AS campaign, row_creative AS creative, row_value AS value,
      toString(sum_conversions) AS conversions, toString(sum_revenue) AS revenue
    FROM (
      SELECT run_id AS row_run, ${ROW_NAMES},
        if({level:String} = 'creative', toString(creative), '') AS row_creative,
        if({level:String} = 'attribute', toString(attribute_value), '') AS row_value,
        sum(conversions) AS sum_conversions, sum(revenue) AS sum_revenue
      FROM attribution_credit
      WHERE workspace_id = {workspaceId:String} AND run_id IN {runIds:Array(String)} AND ${IN_BREAKDOWN}
      GROUP BY row_run, row_channel, row_campaign, row_creative, row_value)
    ORDER BY runId, channel, campaign, creative, value`,
});
