import { z } from "zod";
import { question } from "../../question.ts";
import { bucketOf, CHANNEL_PLACE, DAYS, dayOf, IncrementalScope, isCounted, PERSON, VISITS } from "./scope.ts";

const Counts = z.array(z.number());

/* Touches are grouped in the query that reads them: on a cluster each shard then groups its own, and only groups travel. */

/** Touches of each part of the people by channel, one number a day of the range. A part without touches of the channel has no row. */
export const incrementalTouchDays = question({
  name: "incremental-touch-days",
  params: IncrementalScope,
  row: z.object({ bucket: z.number(), channel: z.number(), touches: Counts }),
  sql: `
    SELECT part AS bucket, place AS channel, arrayResize(groupArrayInsertAt(touches_of_day, day), ${DAYS}) AS touches
    FROM (
      WITH ${PERSON} AS person
      SELECT ${bucketOf("person")} AS part, ${CHANNEL_PLACE} AS place, ${dayOf("occurred_at")} AS day, toUInt32(count()) AS touches_of_day
      FROM ${VISITS}
      WHERE ${isCounted("visits.visitor_id")}
      GROUP BY part, place, day)
    GROUP BY bucket, channel
    ORDER BY bucket, channel`,
});

/** Touches of each channel, one number for each hour of the local day. */
export const incrementalTouchHours = question({
  name: "incremental-touch-hours",
  params: IncrementalScope,
  row: z.object({ channel: z.number(), touches: Counts }),
  sql: `
    SELECT place AS channel, arrayResize(groupArrayInsertAt(touches_of_hour, hour), 24) AS touches
    FROM (
      SELECT ${CHANNEL_PLACE} AS place, toHour(occurred_at, {timeZone:String}) AS hour, toUInt32(count()) AS touches_of_hour
      FROM touchpoints
      WHERE ${isCounted()}
      GROUP BY place, hour)
    GROUP BY channel
    ORDER BY channel`,
});
