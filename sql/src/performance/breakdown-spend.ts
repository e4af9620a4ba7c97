import { z } from "zod";
import { CountText, DateText, DecimalText, question } from "../question.ts";
import { BreakdownScope, IN_BREAKDOWN } from "./breakdown-scope.ts";

/** What spend files say of a range, by channel (and campaign): null where no row says it, which is not zero. */
export const breakdownSpend = question({
  name: "breakdown-spend",
  params: BreakdownScope.extend({ from: DateText, to: DateText }),
  row: z.object({
    ...{ channel: z.string(), campaign: z.string(), spend: DecimalText },
    ...{ impressions: CountText.nullable(), clicks: CountText.nullable() },
    ...{ claimedConversions: DecimalText.nullable(), claimedRevenue: DecimalText.nullable() },
    days: CountText,
  }),
  sql: `
    SELECT row_channel AS channel, row_campaign AS campaign, toString(row_cost) AS spend,
      toString(row_impressions) AS impressions, toString(row_clicks) AS clicks,
      toString(row_claims) AS claimedConversions, toString(row_claimed_value) AS claimedRevenue, toString(row_days) AS days
    FROM (
      SELECT toString(channel) AS row_channel, if({level:String} IN ('campaign', 'creative'), toString(campaign), '') AS row_campaign,
        sum(cost) AS row_cost, sum(impressions) AS row_impressions, sum(clicks) AS row_clicks,
        sum(platform_conversions) AS row_claims, sumIf(platform_value, platform_conversions IS NOT NULL) AS row_claimed_value,
        uniqExact(spend_date) AS row_days
      FROM spend FINAL
      WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn AND spend_date BETWEEN {from:String} AND {to:String}
        AND ${IN_BREAKDOWN}
      GROUP BY row_channel, row_campaign)
    ORDER BY channel, campaign`,
});
