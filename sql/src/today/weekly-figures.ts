import { z } from "zod";
import { bookedConversions } from "../conversions/booked.ts";
import { DateText, DecimalText, question } from "../question.ts";

const Range = z.object({ from: DateText, to: DateText });
const Zoned = Range.extend({ timeZone: z.string() });

/** Spend by channel and week, each named by its Monday, and the channel's last day with a row. Weeks without a row are absent. */
export const weeklySpend = question({
  name: "weekly-spend",
  params: Range,
  row: z.object({ week: DateText, channel: z.string(), spend: DecimalText, lastDay: DateText }),
  sql: `
    SELECT toString(toMonday(spend_date)) AS week, channel, toString(sum(cost)) AS spend, toString(max(spend_date)) AS lastDay
    FROM spend FINAL
    WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn AND spend_date BETWEEN {from:String} AND {to:String}
    GROUP BY week, channel
    ORDER BY week, channel`,
});

/** Booked conversions and net revenue by week of the workspace's zone, each named by its Monday. */
export const weeklyBookings = question({
  name: "weekly-bookings",
  params: Zoned,
  row: z.object({ week: DateText, revenue: DecimalText, conversions: DecimalText }),
  sql: `
    SELECT toString(toMonday(toDate(occurred_at, {timeZone:String}))) AS week, toString(sum(revenue)) AS revenue, toString(count()) AS conversions
    FROM ${bookedConversions()} AS booked
    WHERE occurred_at >= toDateTime64({from:String}, 3, {timeZone:String})
      AND occurred_at < toDateTime64({to:String}, 3, {timeZone:String}) + toIntervalDay(1)
    GROUP BY week
    ORDER BY week`,
});

/** A run's credit by channel and week, each named by its Monday. */
export const runCreditByWeek = question({
  name: "run-credit-by-week",
  params: z.object({ runId: z.string() }),
  row: z.object({ week: DateText, channel: z.string(), conversions: DecimalText, revenue: DecimalText }),
  sql: `
    SELECT toString(toMonday(date)) AS week, channel, toString(sum(conversions)) AS conversions, toString(sum(revenue)) AS revenue
    FROM attribution_credit
    WHERE workspace_id = {workspaceId:String} AND run_id = {runId:String}
    GROUP BY week, channel
    ORDER BY week, channel`,
});
