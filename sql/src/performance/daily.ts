import { z } from "zod";
import { bookedConversions } from "../conversions/booked.ts";
import { DateText, DecimalText, question } from "../question.ts";

const Range = z.object({ from: DateText, to: DateText });

/** Spend by channel and day. Days without spend are absent: the chart decides what absence means. */
export const dailySpend = question({
  name: "daily-spend",
  params: Range,
  row: z.object({ date: DateText, channel: z.string(), spend: DecimalText }),
  sql: `
    SELECT toString(spend_date) AS date, channel, toString(sum(cost)) AS spend
    FROM spend FINAL
    WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn
      AND spend_date BETWEEN {from:String} AND {to:String}
    GROUP BY date, channel
    ORDER BY date, channel`,
});

/** Spend of all channels by day. */
export const dailySpendTotals = question({
  name: "daily-spend-totals",
  params: Range,
  row: z.object({ date: DateText, spend: DecimalText }),
  sql: `
    SELECT toString(spend_date) AS date, toString(sum(cost)) AS spend
    FROM spend FINAL
    WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn
      AND spend_date BETWEEN {from:String} AND {to:String}
    GROUP BY date
    ORDER BY date`,
});

/** Booked conversions and net revenue by day of the workspace's zone. */
export const dailyBookings = question({
  name: "daily-bookings",
  params: Range.extend({ timeZone: z.string() }),
  row: z.object({ date: DateText, conversions: DecimalText, revenue: DecimalText }),
  sql: `
    SELECT toString(toDate(occurred_at, {timeZone:String})) AS date, toString(count()) AS conversions, toString(sum(revenue)) AS revenue
    FROM ${bookedConversions()} AS booked
    WHERE occurred_at >= toDateTime64({from:String}, 3, {timeZone:String})
      AND occurred_at < toDateTime64({to:String}, 3, {timeZone:String}) + toIntervalDay(1)
    GROUP BY date
    ORDER BY date`,
});

/** Totals of a range. */
export const rangeTotals = question({
  name: "range-totals",
  params: Range.extend({ timeZone: z.string() }),
  row: z.object({ spend: DecimalText, revenue: DecimalText, conversions: DecimalText }),
  sql: `
    SELECT
      (SELECT toString(sum(cost)) FROM spend FINAL
       WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn
         AND spend_date BETWEEN {from:String} AND {to:String}) AS spend,
      toString(sum(revenue)) AS revenue,
      toString(count()) AS conversions
    FROM ${bookedConversions()} AS booked
    WHERE occurred_at >= toDateTime64({from:String}, 3, {timeZone:String})
      AND occurred_at < toDateTime64({to:String}, 3, {timeZone:String}) + toIntervalDay(1)`,
});

/** The types of the conversions booked in a range, most frequent first. */
export const conversionTypes = question({
  name: "conversion-types",
  params: Range.extend({ timeZone: z.string() }),
  row: z.object({ conversionType: z.string() }),
  sql: `
    SELECT conversion_type AS conversionType
    FROM ${bookedConversions()} AS booked
    WHERE occurred_at >= toDateTime64({from:String}, 3, {timeZone:String})
      AND occurred_at < toDateTime64({to:String}, 3, {timeZone:String}) + toIntervalDay(1)
    GROUP BY conversion_type
    ORDER BY count() DESC, conversion_type`,
});
