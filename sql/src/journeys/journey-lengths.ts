import { z } from "zod";
import { CountText, DecimalText, question } from "../question.ts";
import { fromShown, JourneyFilter, STEPS_BY_CHANNEL, shownColumns } from "./shown-journeys.ts";

/**
 * Journeys by their length: milliseconds from the first touch to the conversion (converted journeys only), or number of touches.
 * Bucket 0 holds what lies below the first edge, bucket i what lies between edge i and the next one. Empty buckets are absent.
 */
export const journeyLengths = question({
  name: "journey-lengths",
  params: JourneyFilter.extend({
    measured: z.enum(["time", "touches"]),
    edges: z.array(z.number().int().positive()).min(1).max(50),
  }),
  row: z.object({
    bucket: z.number(),
    journeys: CountText,
    converted: CountText,
    conversions: CountText,
    revenue: DecimalText,
  }),
  sql: `
    SELECT bucket, toString(ways) AS journeys, toString(ways_converted) AS converted, toString(ways_won) AS conversions,
      toString(ways_value) AS revenue
    FROM (
      WITH ${shownColumns(STEPS_BY_CHANNEL)},
      if({measured:String} = 'time', span_ms, toInt64(touches)) AS size
      SELECT toUInt16(arrayCount(edge -> size >= edge, {edges:Array(Int64)})) AS bucket,
        count() AS ways, countIf(is_converted) AS ways_converted, sum(won) AS ways_won, sum(value) AS ways_value
      ${fromShown("(converted OR {measured:String} = 'touches')")}
      GROUP BY bucket)
    ORDER BY bucket`,
});
