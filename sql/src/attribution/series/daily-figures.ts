import { z } from "zod";
import { orderedMean } from "../../exact-sum.ts";
import { CountText, DateText, DecimalText, question } from "../../question.ts";
import { soldBetween } from "../incremental/near-touches.ts";
import { IncrementalConversionScope } from "../incremental/scope.ts";
import { inDays } from "../scope.ts";

/** Booked conversions that count, by day: what a fit of daily figures explains. Days without any are absent. */
export const seriesBookings = question({
  name: "series-bookings",
  params: IncrementalConversionScope.omit({ channels: true }),
  row: z.object({ date: DateText, conversions: DecimalText, revenue: DecimalText, margin: DecimalText }),
  sql: `
    SELECT toString(toDate(occurred_at, {timeZone:String})) AS date, toString(count()) AS conversions,
      toString(sum(sold.revenue)) AS revenue, toString(sum(ifNull(sold.margin, 0))) AS margin
    FROM ${soldBetween(inDays("occurred_at"))} AS sold
    GROUP BY date
    ORDER BY date`,
});

const Days = z.object({ from: DateText, to: DateText });

/** What was spent and delivered, by day, channel and campaign. */
export const seriesPressure = question({
  name: "series-pressure",
  params: Days,
  row: z.object({
    ...{ date: DateText, channel: z.string(), campaign: z.string() },
    ...{ spend: DecimalText, delivered: CountText },
  }),
  sql: `
    SELECT toString(spend_date) AS date, channel, campaign, toString(sum(cost)) AS spend,
      toString(sum(toUInt64(ifNull(impressions, 0)) + toUInt64(ifNull(clicks, 0)))) AS delivered
    FROM spend FINAL
    WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn AND spend_date BETWEEN {from:String} AND {to:String}
    GROUP BY date, channel, campaign
    ORDER BY date, channel, campaign`,
});

/** Context by day and name; where regions have values of their own, their mean. */
export const seriesContext = question({
  name: "series-context",
  params: Days,
  row: z.object({ date: DateText, name: z.string(), value: z.number() }),
  sql: `
    SELECT toString(context_date) AS date, name, ${orderedMean("value")} AS value
    FROM context FINAL
    WHERE workspace_id = {workspaceId:String} AND context_date BETWEEN {from:String} AND {to:String}
    GROUP BY date, name
    ORDER BY date, name`,
});
