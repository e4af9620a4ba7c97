import { z } from "zod";
import { DateText } from "../question.ts";

/** The journeys of a range: those that ended, with or without a conversion, on a day of it in the workspace's zone. */
export const JourneyScope = z.object({
  lookbackDays: z.number().int().min(1).max(365),
  from: DateText,
  to: DateText,
  timeZone: z.string(),
});

export const IN_SCOPE = `workspace_id = {workspaceId:String} AND lookback_days = {lookbackDays:UInt16}
      AND ended_at >= toDateTime64({from:String}, 3, {timeZone:String})
      AND ended_at < toDateTime64({to:String}, 3, {timeZone:String}) + toIntervalDay(1)`;
