import { z } from "zod";
import { bookedConversions } from "../conversions/booked.ts";
import { CountText, DateText, DecimalText, question } from "../question.ts";

const Range = z.object({ from: DateText, to: DateText });
const Zoned = Range.extend({ timeZone: z.string() });

const inDays = `occurred_at >= toDateTime64({from:String}, 3, {timeZone:String})
        AND occurred_at < toDateTime64({to:String}, 3, {timeZone:String}) + toIntervalDay(1)`;

/** Spend by day, source and channel, with what the platforms say that it delivered. Days without a row are absent. */
export const watchedSpend = question({
  name: "watched-spend",
  params: Range,
  row: z.object({
    ...{ date: DateText, source: z.string(), channel: z.string() },
    ...{ rows: CountText, cost: DecimalText, clicks: CountText, impressions: CountText },
  }),
  sql: `
    SELECT toString(spend_date) AS date, source, channel, toString(count()) AS rows, toString(sum(cost)) AS cost,
      toString(sum(ifNull(clicks, 0))) AS clicks, toString(sum(ifNull(impressions, 0))) AS impressions
    FROM spend FINAL
    WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn AND spend_date BETWEEN {from:String} AND {to:String}
    GROUP BY date, source, channel
    ORDER BY date, source, channel`,
});

/** Touches by day of the workspace's zone, channel and importing source. */
export const watchedTouches = question({
  name: "watched-touches",
  params: Zoned,
  row: z.object({ date: DateText, source: z.string(), channel: z.string(), touches: CountText }),
  sql: `
    SELECT toString(day) AS date, ledger.source AS source, channel, toString(sum(seen)) AS touches
    FROM (
      SELECT toDate(occurred_at, {timeZone:String}) AS day, import_id, channel, count() AS seen
      FROM touchpoints
      WHERE workspace_id = {workspaceId:String} AND ${inDays}
      GROUP BY day, import_id, channel) AS cells
    LEFT ANY JOIN (SELECT import_id, source FROM imports FINAL WHERE workspace_id = {workspaceId:String}) AS ledger USING (import_id)
    GROUP BY date, source, channel
    ORDER BY date, source, channel`,
});

/** Booked conversions by day of the workspace's zone and by what they are. */
export const watchedConversions = question({
  name: "watched-conversions",
  params: Zoned,
  row: z.object({
    ...{ date: DateText, conversionType: z.string(), customerType: z.string() },
    ...{ conversions: CountText, revenue: DecimalText },
  }),
  sql: `
    SELECT toString(toDate(occurred_at, {timeZone:String})) AS date, conversion_type AS conversionType, customer_type AS customerType,
      toString(count()) AS conversions, toString(sum(revenue)) AS revenue
    FROM ${bookedConversions()} AS booked
    WHERE ${inDays}
    GROUP BY date, conversionType, customerType
    ORDER BY date, conversionType, customerType`,
});

/** Visitors who were touched on a day of the workspace's zone, by how many touches of that day they had: 1, 2, 3 to 4, 5 to 8, more. */
export const touchedVisitors = question({
  name: "touched-visitors",
  params: Zoned,
  row: z.object({ date: DateText, one: CountText, two: CountText, four: CountText, eight: CountText, more: CountText }),
  sql: `
    SELECT toString(day) AS date, toString(countIf(seen = 1)) AS one, toString(countIf(seen = 2)) AS two,
      toString(countIf(seen IN (3, 4))) AS four, toString(countIf(seen BETWEEN 5 AND 8)) AS eight, toString(countIf(seen > 8)) AS more
    FROM (
      SELECT toDate(occurred_at, {timeZone:String}) AS day, count() AS seen
      FROM touchpoints
      WHERE workspace_id = {workspaceId:String} AND visitor_id != 0 AND ${inDays}
      GROUP BY day, visitor_id)
    GROUP BY date
    ORDER BY date`,
});
