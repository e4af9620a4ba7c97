import { z } from "zod";
import { inDays } from "../attribution/scope.ts";
import { bookedConversions } from "../conversions/booked.ts";
import { CountText, DateText, DecimalText, question } from "../question.ts";

const Days = z.object({ from: DateText, to: DateText, timeZone: z.string() });
const MONTH = "formatDateTime(occurred_at, '%Y-%m', {timeZone:String})";

/** What is booked by month of the workspace's zone: conversions, and their revenue net of what was given back since. */
export const bookedByMonth = question({
  name: "booked-by-month",
  params: Days,
  row: z.object({ month: z.string(), conversions: CountText, revenue: DecimalText }),
  sql: `
    SELECT ${MONTH} AS month, toString(count()) AS conversions, toString(sum(sold.revenue)) AS revenue
    FROM ${bookedConversions()} AS sold
    WHERE ${inDays("occurred_at")}
    GROUP BY month
    ORDER BY month`,
});

/** The same by conversion type: values that are paid over time go by the type. */
export const bookedByType = question({
  name: "booked-by-type",
  params: Days,
  row: z.object({ month: z.string(), conversionType: z.string(), revenue: DecimalText }),
  sql: `
    SELECT ${MONTH} AS month, toString(conversion_type) AS conversionType, toString(sum(sold.revenue)) AS revenue
    FROM ${bookedConversions()} AS sold
    WHERE ${inDays("occurred_at")}
    GROUP BY month, conversionType
    ORDER BY month, conversionType`,
});

/**
 * Revenue before refunds, and what refunds, cancellations and corrections changed of it, each by the money that it came in. A refund
 * stands in the month of the conversion that it names, where it changes the books.
 */
export const soldAndRefunded = question({
  name: "sold-and-refunded",
  params: Days,
  row: z.object({
    ...{ month: z.string(), kind: z.enum(["revenue", "refund"]), currency: z.string() },
    ...{ amount: DecimalText, original: DecimalText, rows: CountText },
  }),
  sql: `
    SELECT row_month AS month, row_kind AS kind, row_currency AS currency,
      toString(sum(row_amount)) AS amount, toString(sum(row_original)) AS original, toString(count()) AS rows
    FROM (
      SELECT ${MONTH} AS row_month, 'revenue' AS row_kind, toString(original_currency) AS row_currency, revenue AS row_amount, original_revenue AS row_original
      FROM conversions
      WHERE workspace_id = {workspaceId:String} AND is_booked AND ${inDays("occurred_at")}
      UNION ALL
      SELECT sold.row_month, 'refund', toString(given.original_currency), given.amount, given.original_amount
      FROM adjustments AS given
      INNER JOIN (
        SELECT conversion_id, ${MONTH} AS row_month
        FROM conversions
        WHERE workspace_id = {workspaceId:String} AND is_booked AND ${inDays("occurred_at")}
      ) AS sold ON given.adjusts_conversion_id = sold.conversion_id
      WHERE given.workspace_id = {workspaceId:String})
    GROUP BY month, kind, currency
    ORDER BY month, kind, currency`,
});
