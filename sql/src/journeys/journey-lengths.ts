import { z } from "zod";
import { CountText, DecimalText, question } from "../question.ts";
import { JourneyFilter, STEPS_BY_CHANNEL, shownJourneys } from "./shown-journeys.ts";

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
    SELECT toUInt16(arrayCount(edge -> size >= edge, {edges:Array(Int64)})) AS bucket, toString(count()) AS journeys,
      toString(countIf(is_converted)) AS converted, toString(sum(won)) AS conversions, toString(sum(value)) AS revenue
    FROM (
      SELECT *, if({measured:String} = 'time', span_ms, toInt64(touches)) AS size
      FROM ${shownJourneys(STEPS_BY_CHANNEL, "(converted OR {measured:String} = 'touches')")})
    GROUP BY bucket
    ORDER BY bucket`,
});
