import { z } from "zod";
import { DateText, DecimalText, question } from "../question.ts";

/** How far a run's credit is broken down: "attribute" is whichever the run was asked for. */
export const CREDIT_LEVELS = ["channel", "campaign", "creative", "attribute"] as const;

/** The credit of a run by channel, or by what lies below it. */
export const runCredit = question({
  name: "run-credit",
  params: z.object({ runId: z.string(), level: z.enum(CREDIT_LEVELS) }),
  row: z.object({
    channel: z.string(),
    campaign: z.string(),
    creative: z.string(),
    attributeValue: z.string(),
    conversions: DecimalText,
    revenue: DecimalText,
    margin: DecimalText,
  }),
  sql: `
    SELECT channel,
      if({level:String} IN ('campaign', 'creative'), campaign, '') AS campaign,
      if({level:String} = 'creative', creative, '') AS creative,
      if({level:String} = 'attribute', attribute_value, '') AS attributeValue,
      toString(sum(conversions)) AS conversions, toString(sum(revenue)) AS revenue, toString(sum(margin)) AS margin
    FROM attribution_credit
    WHERE workspace_id = {workspaceId:String} AND run_id = {runId:String}
    GROUP BY channel, campaign, creative, attributeValue
    ORDER BY channel, campaign, creative, attributeValue`,
});

export const runCreditByDay = question({
  name: "run-credit-by-day",
  params: z.object({ runId: z.string() }),
  row: z.object({ date: DateText, channel: z.string(), conversions: DecimalText, revenue: DecimalText }),
  sql: `
    SELECT toString(date) AS date, channel, toString(sum(conversions)) AS conversions, toString(sum(revenue)) AS revenue
    FROM attribution_credit
    WHERE workspace_id = {workspaceId:String} AND run_id = {runId:String}
    GROUP BY date, channel
    ORDER BY date, channel`,
});
