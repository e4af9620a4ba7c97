import { z } from "zod";
import { DateText, DecimalText, question } from "../question.ts";

/** Spend by channel of spans of days, which may overlap: span n begins on the n-th of `starts` and ends on the n-th of `ends`. */
export const spendOfWeeks = question({
  name: "spend-of-weeks",
  params: z.object({ from: DateText, to: DateText, starts: z.array(DateText), ends: z.array(DateText) }),
  row: z.object({ start: DateText, end: DateText, channel: z.string(), spend: DecimalText }),
  sql: `
    SELECT span.1 AS start, span.2 AS end, channel, toString(sum(cost)) AS spend
    FROM spend FINAL
    ARRAY JOIN arrayDistinct(arrayZip({starts:Array(String)}, {ends:Array(String)})) AS span
    WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn
      AND spend_date BETWEEN {from:String} AND {to:String}
      AND spend_date BETWEEN toDate(span.1) AND toDate(span.2)
    GROUP BY start, end, channel
    ORDER BY start, end, channel`,
});
