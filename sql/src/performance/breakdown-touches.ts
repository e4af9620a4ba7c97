import { z } from "zod";
import { inDays } from "../attribution/scope.ts";
import { CountText, DateText, question } from "../question.ts";
import { BreakdownScope, IN_BREAKDOWN, ROW_NAMES } from "./breakdown-scope.ts";

/** What is known of a touch itself; a name of a column each. */
export const TOUCH_ATTRIBUTES = ["interaction", "device", "country", "region", "source", "medium"] as const;
export type TouchAttribute = (typeof TOUCH_ATTRIBUTES)[number];

/** A question each, because only the column that is asked for should be read. */
const countingTouches = (attribute: TouchAttribute | "") =>
  question({
    name: attribute === "" ? "breakdown-touches" : `breakdown-touches-by-${attribute}`,
    params: BreakdownScope.extend({ from: DateText, to: DateText, timeZone: z.string() }),
    row: z.object({
      ...{ channel: z.string(), campaign: z.string(), creative: z.string(), value: z.string() },
      touches: CountText,
    }),
    sql: `
    SELECT row_channel AS channel, row_campaign AS campaign, row_creative AS creative, row_value AS value, toString(row_touches) AS touches
    FROM (
      SELECT ${ROW_NAMES},
        ${attribute === "" ? "if({level:String} = 'creative', toString(creative), '')" : "''"} AS row_creative,
        ${attribute === "" ? "''" : `toString(${attribute})`} AS row_value, count() AS row_touches
      FROM touchpoints
      WHERE workspace_id = {workspaceId:String} AND ${inDays("occurred_at")} AND ${IN_BREAKDOWN}
      GROUP BY row_channel, row_campaign, row_creative, row_value)
    ORDER BY channel, campaign, creative, value`,
  });

/** How many touches there were, at a level. */
export const breakdownTouches = countingTouches("");

/** How many touches there were, by what is known of them. */
export const touchesByAttribute: Readonly<Record<TouchAttribute, typeof breakdownTouches>> = {
  interaction: countingTouches("interaction"),
  device: countingTouches("device"),
  country: countingTouches("country"),
  region: countingTouches("region"),
  source: countingTouches("source"),
  medium: countingTouches("medium"),
};
