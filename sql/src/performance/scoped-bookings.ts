import { z } from "zod";
import { inDays } from "../attribution/scope.ts";
import { bookedByPerson } from "../conversions/booked-by-person.ts";
import { DateText, DecimalText, question } from "../question.ts";

/** Booked conversions of some types and customers, by day of the workspace's zone. Whose customer is new is looked up: only asked where it matters. */
export const scopedBookings = question({
  name: "scoped-bookings",
  params: z.object({
    ...{ from: DateText, to: DateText, timeZone: z.string() },
    ...{ conversionTypes: z.array(z.string()), customers: z.string() },
  }),
  row: z.object({ date: DateText, conversions: DecimalText, revenue: DecimalText }),
  sql: `
    SELECT toString(toDate(occurred_at, {timeZone:String})) AS date, toString(count()) AS conversions, toString(sum(sold.revenue)) AS revenue
    FROM ${bookedByPerson()} AS sold
    WHERE ({customers:String} = '' OR customer_type = {customers:String}) AND ${inDays("occurred_at")}
    GROUP BY date
    ORDER BY date`,
});
