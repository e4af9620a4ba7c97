import { z } from "zod";
import { CountText, DateText, DecimalText, question } from "../question.ts";

/** Spend of the range and the share of what was delivered that is seen as touches, by channel (and campaign). */
export const channelDelivery = question({
  name: "channel-delivery",
  params: z.object({ from: DateText, to: DateText, timeZone: z.string(), byCampaign: z.boolean() }),
  row: z.object({
    channel: z.string(),
    campaign: z.string(),
    spend: DecimalText.nullable(),
    delivered: CountText.nullable(),
    touches: CountText,
  }),
  sql: `
    SELECT channel, campaign, if(max(has_spend) = 1, toString(sum(cost)), NULL) AS spend,
      if(sum(reported) > 0, toString(sum(reported)), NULL) AS delivered, toString(sum(seen)) AS touches
    FROM (
      SELECT channel, if({byCampaign:Bool}, campaign, '') AS campaign, cost, toUInt64(ifNull(impressions, 0) + ifNull(clicks, 0)) AS reported, toUInt64(0) AS seen, 1 AS has_spend
      FROM spend FINAL
      WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn AND spend_date BETWEEN {from:String} AND {to:String}
      UNION ALL
      SELECT channel, if({byCampaign:Bool}, campaign, '') AS campaign, toDecimal128(0, 9) AS cost, toUInt64(0) AS reported, count() AS seen, 0 AS has_spend
      FROM touchpoints
      WHERE workspace_id = {workspaceId:String} AND interaction IN ('impression', 'click')
        AND occurred_at >= toDateTime64({from:String}, 3, {timeZone:String})
        AND occurred_at < toDateTime64({to:String}, 3, {timeZone:String}) + toIntervalDay(1)
      GROUP BY channel, campaign)
    GROUP BY channel, campaign
    ORDER BY channel, campaign`,
});
