import { z } from "zod";
import { DateText, question } from "../../question.ts";
import { inDays } from "../scope.ts";
import {
  earlierTouches,
  laterTouches,
  millisOf,
  NEAR_SETTINGS,
  placesOf,
  soldWithTouches,
  tally,
  triples,
} from "./near-touches.ts";
import { BUCKET, dayOf, IncrementalConversionScope, TimeEdges } from "./scope.ts";

const EARLIER = "{earlierEdges:Array(UInt32)}";
const LATER = "{laterEdges:Array(UInt32)}";
/** Touches count by the days of the scope, conversions by those of their own range. */
const IS_SOLD = `${inDays("occurred_at")}
      AND occurred_at >= toDateTime64({soldFrom:String}, 3, {timeZone:String})
      AND occurred_at < toDateTime64({soldTo:String}, 3, {timeZone:String}) + toIntervalDay(1)`;
const Numbers = z.array(z.number());

/**
 * Booked conversions whose person had a touch, one row each, with the touches of the person by channel (flat pairs: channel, how many)
 * and those near the conversion by channel and distance in time (flat triples: channel, bin, how many). A touch at the conversion's
 * moment is an earlier one, and conversions are those of the scope from `soldFrom` to `soldTo`, in the order of their days. On each side of a conversion the nearest 2,000 touches count.
 */
export const incrementalConversions = question({
  name: "incremental-conversions",
  params: IncrementalConversionScope.extend({
    soldFrom: DateText,
    soldTo: DateText,
    earlierEdges: TimeEdges,
    laterEdges: TimeEdges,
  }),
  row: z.object({
    day: z.number(),
    hour: z.number(),
    bucket: z.number(),
    history: Numbers,
    earlier: Numbers,
    later: Numbers,
  }),
  sql: `
    SELECT day, hour, bucket,
      arrayFlatten(arrayMap((channel, n) -> [toUInt32(channel), n], history.1, history.2)) AS history,
      ${triples("tally_earlier", EARLIER)} AS earlier, ${triples("tally_later", LATER)} AS later
    FROM (
      SELECT person_id, sold_at, history, ${dayOf("occurred_at")} AS day, toHour(occurred_at, {timeZone:String}) AS hour, ${BUCKET} AS bucket,
        ${placesOf(earlierTouches(`${EARLIER}[-1]`), `sold_at - ${millisOf("touch")}`, EARLIER)} AS places_earlier,
        ${placesOf(laterTouches(`${LATER}[-1]`), `${millisOf("touch")} - sold_at`, LATER)} AS places_later,
        ${tally("places_earlier")} AS tally_earlier, ${tally("places_later")} AS tally_later
      FROM ${soldWithTouches(IS_SOLD)} AS sold)
    ORDER BY day, bucket, sold_at, person_id
    SETTINGS ${NEAR_SETTINGS}`,
});
