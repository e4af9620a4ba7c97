import { z } from "zod";
import { question } from "../../question.ts";
import { BUCKET, DAYS, dayOf, IncrementalScope, touchesOfPersons } from "./scope.ts";

const Counts = z.array(z.number());

/** Touches of each part of the people by channel, one number a day of the range. A part without touches of the channel has no row. */
export const incrementalTouchDays = question({
  name: "incremental-touch-days",
  params: IncrementalScope,
  row: z.object({ bucket: z.number(), channel: z.number(), touches: Counts }),
  sql: `
    SELECT bucket, channel, arrayResize(groupArrayInsertAt(touches_of_day, day), ${DAYS}) AS touches
    FROM (
      SELECT ${BUCKET} AS bucket, channel, ${dayOf("occurred_at")} AS day, toUInt32(count()) AS touches_of_day
      FROM ${touchesOfPersons()} AS touch
      GROUP BY bucket, channel, day)
    GROUP BY bucket, channel
    ORDER BY bucket, channel`,
});

/** Touches of each channel, one number for each hour of the local day. */
export const incrementalTouchHours = question({
  name: "incremental-touch-hours",
  params: IncrementalScope,
  row: z.object({ channel: z.number(), touches: Counts }),
  sql: `
    SELECT channel, arrayResize(groupArrayInsertAt(touches_of_hour, hour), 24) AS touches
    FROM (
      SELECT channel, toHour(occurred_at, {timeZone:String}) AS hour, toUInt32(count()) AS touches_of_hour
      FROM ${touchesOfPersons()} AS touch
      GROUP BY channel, hour)
    GROUP BY channel
    ORDER BY channel`,
});
