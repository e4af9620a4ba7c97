import { z } from "zod";
import { bookedConversions } from "../conversions/booked.ts";
import { DateText, DecimalText, question } from "../question.ts";

const Days = z.object({ from: DateText, to: DateText, timeZone: z.string() });

const booked = `${bookedConversions()} AS booked
    WHERE occurred_at >= toDateTime64({from:String}, 3, {timeZone:String})
      AND occurred_at < toDateTime64({to:String}, 3, {timeZone:String}) + toIntervalDay(1)`;

/** Booked conversions by day and type: what a test can claim at most. */
export const bookingsByType = question({
  name: "bookings-by-type",
  params: Days,
  row: z.object({ date: DateText, conversionType: z.string(), conversions: DecimalText }),
  sql: `
    SELECT toString(toDate(occurred_at, {timeZone:String})) AS date, conversion_type AS conversionType, toString(count()) AS conversions
    FROM ${booked}
    GROUP BY date, conversionType
    ORDER BY date, conversionType`,
});

/** Booked conversions and net revenue by region and day; the empty region is that of bookings that name none. */
export const bookingsByRegion = question({
  name: "bookings-by-region",
  params: Days.extend({ conversionType: z.string() }),
  row: z.object({ date: DateText, region: z.string(), conversions: DecimalText, revenue: DecimalText }),
  sql: `
    SELECT toString(toDate(occurred_at, {timeZone:String})) AS date, region, toString(count()) AS conversions, toString(sum(revenue)) AS revenue
    FROM ${booked}
      AND ({conversionType:String} = '' OR conversion_type = {conversionType:String})
    GROUP BY date, region
    ORDER BY date, region`,
});

/** What a channel cost by region; the empty region is that of spend that names none. */
export const spendByRegion = question({
  name: "spend-by-region",
  params: z.object({ from: DateText, to: DateText, channel: z.string() }),
  row: z.object({ region: z.string(), spend: DecimalText }),
  sql: `
    SELECT region, toString(sum(cost)) AS spend
    FROM spend FINAL
    WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn AND channel = {channel:String}
      AND spend_date BETWEEN {from:String} AND {to:String}
    GROUP BY region
    ORDER BY region`,
});

/** The first and the last day with a booking; no row where nothing is booked. */
export const bookedDays = question({
  name: "booked-days",
  params: z.object({ timeZone: z.string() }),
  row: z.object({ from: DateText, to: DateText }),
  sql: `
    SELECT toString(toDate(min(occurred_at), {timeZone:String})) AS from, toString(toDate(max(occurred_at), {timeZone:String})) AS to
    FROM conversions
    WHERE workspace_id = {workspaceId:String} AND is_booked
    HAVING count() > 0`,
});
