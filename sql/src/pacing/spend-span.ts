import { z } from "zod";
import { DateText, question } from "../question.ts";

/** The first and the last day with spend until a day: media plans reach into months to come. Empty where there is none. */
export const spendSpan = question({
  name: "spend-span",
  params: z.object({ until: DateText }),
  row: z.object({ firstDay: z.union([DateText, z.literal("")]), lastDay: z.union([DateText, z.literal("")]) }),
  sql: `
    SELECT if(count() = 0, '', toString(min(spend_date))) AS firstDay, if(count() = 0, '', toString(max(spend_date))) AS lastDay
    FROM spend FINAL
    WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn AND spend_date <= {until:String}`,
});
