import { z } from "zod";
import { JOURNEY_SET, JourneySet } from "../journeys/journey-set.ts";
import { DateText } from "../question.ts";

/** Journeys of a set that ended, with or without a conversion, on a day of the range in the workspace's zone. */
export const JourneyScope = JourneySet.extend({
  from: DateText,
  to: DateText,
  timeZone: z.string(),
  /** A customer type, "new" for one: only conversions of such customers count. All where it is empty. */
  customers: z.string().default(""),
});

/** The days of a scope, over a column with a moment. */
export const inDays = (moment: string) => `${moment} >= toDateTime64({from:String}, 3, {timeZone:String})
      AND ${moment} < toDateTime64({to:String}, 3, {timeZone:String}) + toIntervalDay(1)`;

/** The journeys of a scope. Unconverted ones belong to every customer type: nobody knows what they would have been. */
export const IN_SCOPE = `workspace_id = {workspaceId:String} AND journey_set = ${JOURNEY_SET}
      AND (NOT converted OR {customers:String} = '' OR customer_type = {customers:String})
      AND ${inDays("ended_at")}`;
