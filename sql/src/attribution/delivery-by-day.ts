import { z } from "zod";
import { CountText, DateText, DecimalText, question } from "../question.ts";

/**
 * Spend, touches (whoever had them) and the credit of a run by day, channel (and campaign): what response curves are fitted on. Days
 * of a channel without any are absent.
 */
export const deliveryByDay = question({
  name: "delivery-by-day",
  params: z.object({
    ...{ runId: z.string(), from: DateText, to: DateText },
    ...{ timeZone: z.string(), byCampaign: z.boolean() },
  }),
  row: z.object({
    ...{ date: DateText, channel: z.string(), campaign: z.string() },
    ...{ spend: DecimalText, touches: CountText, revenue: DecimalText },
  }),
  sql: `
    SELECT toString(day) AS date, channel, if({byCampaign:Bool}, campaign_name, '') AS campaign,
      toString(sum(cost)) AS spend, toString(sum(seen)) AS touches, toString(sum(credit)) AS revenue
    FROM (
      SELECT spend_date AS day, channel, campaign AS campaign_name, cost, toUInt64(0) AS seen, toDecimal128(0, 12) AS credit
      FROM spend FINAL
      WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn AND spend_date BETWEEN {from:String} AND {to:String}
      UNION ALL
      SELECT toDate(occurred_at, {timeZone:String}) AS day, channel, campaign AS campaign_name, toDecimal128(0, 9) AS cost,
        count() AS seen, toDecimal128(0, 12) AS credit
      FROM touchpoints
      WHERE workspace_id = {workspaceId:String}
        AND occurred_at >= toDateTime64({from:String}, 3, {timeZone:String})
        AND occurred_at < toDateTime64({to:String}, 3, {timeZone:String}) + toIntervalDay(1)
      GROUP BY day, channel, campaign_name
      UNION ALL
      SELECT date AS day, channel, campaign AS campaign_name, toDecimal128(0, 9) AS cost, toUInt64(0) AS seen, revenue AS credit
      FROM attribution_credit
      WHERE workspace_id = {workspaceId:String} AND run_id = {runId:String} AND date BETWEEN {from:String} AND {to:String})
    GROUP BY day, channel, campaign
    ORDER BY day, channel, campaign`,
});
