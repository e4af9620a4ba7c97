import { z } from "zod";
import { inDays } from "../attribution/scope.ts";
import { CountText, DateText, question } from "../question.ts";

const MONTH = "formatDateTime(occurred_at, '%Y-%m', {timeZone:String})";
const LATE = "workspace_id = {workspaceId:String} AND import_id > {afterImport:UInt32}";

/** Rows of a range that came with later imports than one: by month and kind, spend by channel. */
export const lateRows = question({
  name: "late-rows",
  params: z.object({ from: DateText, to: DateText, timeZone: z.string(), afterImport: z.number().int().min(0) }),
  row: z.object({
    ...{ month: z.string(), kind: z.enum(["revenue", "refund", "spend"]), channel: z.string(), rows: CountText },
  }),
  sql: `
    SELECT row_month AS month, row_kind AS kind, row_channel AS channel, toString(count()) AS rows
    FROM (
      SELECT ${MONTH} AS row_month, 'revenue' AS row_kind, '' AS row_channel
      FROM conversions
      WHERE ${LATE} AND is_booked AND ${inDays("occurred_at")}
      UNION ALL
      SELECT sold.row_month, 'refund', ''
      FROM (SELECT adjusts_conversion_id FROM adjustments WHERE ${LATE}) AS given
      INNER JOIN (
        SELECT conversion_id, ${MONTH} AS row_month
        FROM conversions
        WHERE workspace_id = {workspaceId:String} AND is_booked AND ${inDays("occurred_at")}
      ) AS sold ON given.adjusts_conversion_id = sold.conversion_id
      UNION ALL
      SELECT formatDateTime(spend_date, '%Y-%m'), 'spend', toString(channel)
      FROM spend FINAL
      WHERE ${LATE} AND spend_date BETWEEN {from:String} AND {to:String})
    GROUP BY month, kind, channel
    ORDER BY month, kind, channel`,
});
