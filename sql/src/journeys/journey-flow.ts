import { z } from "zod";
import { CountText, DecimalText, question } from "../question.ts";
import { fromShown, JourneyFilter, JourneyLevel, STEPS_BY_LEVEL, shownColumns } from "./shown-journeys.ts";

/** What stands at a place of the flow: a channel (or campaign), all others, where journeys come from, and how they end. */
const FlowKind = z.enum([
  "step",
  "others",
  "start",
  "earlier",
  "converted",
  "convertedLater",
  "dropped",
  "droppedLater",
]);

/**
 * How journeys go from step to step: their first `flowSteps` steps, or with `fromEnd` the last ones before the conversion. A link
 * leads from place `place` to the next one. Journeys come from a start (or from earlier steps that are not shown) and end in a
 * conversion or without one (or later, after steps that are not shown). Places are 1 to `flowSteps`; starts stand one place before
 * the first step of a journey, ends one after its last.
 * Law: what goes into a step at a place is what comes out of it, and all starts together are all journeys shown.
 */
export const journeyFlow = question({
  name: "journey-flow",
  params: JourneyFilter.extend({
    ...JourneyLevel.shape,
    collapse: z.boolean(),
    fromEnd: z.boolean(),
    flowSteps: z.number().int().min(1).max(10),
    /** So many of the most frequent are told apart; the others stand together. */
    limit: z.number().int().min(1).max(100),
  }),
  row: z.object({
    place: z.number(),
    fromKind: FlowKind,
    fromStep: z.string(),
    toKind: FlowKind,
    toStep: z.string(),
    journeys: CountText,
    conversions: CountText,
    revenue: DecimalText,
  }),
  sql: `
    WITH
      parts AS (
        WITH ${shownColumns(STEPS_BY_LEVEL)},
        if({collapse:Bool}, arrayCompact(steps), steps) AS whole
        SELECT
          if({fromEnd:Bool}, arraySlice(whole, -least(length(whole), {flowSteps:UInt8})), arraySlice(whole, 1, {flowSteps:UInt8})) AS part,
          length(whole) > {flowSteps:UInt8} AS is_longer, is_converted,
          count() AS ways, sum(won) AS ways_won, sum(value) AS ways_value
        ${fromShown("(converted OR NOT ({byCampaign:Bool} OR {fromEnd:Bool}))")}
        GROUP BY part, is_longer, is_converted),
      frequent AS (
        SELECT groupArray(step) AS names
        FROM (
          SELECT arrayJoin(arrayDistinct(part)) AS step
          FROM parts
          GROUP BY step
          ORDER BY sum(ways) DESC, step
          LIMIT {limit:UInt64}))
    SELECT toInt16(link.1 - 1 + if({fromEnd:Bool}, {flowSteps:UInt8} - length(part), 0)) AS place,
      link.2.1 AS fromKind, link.2.2 AS fromStep, link.3.1 AS toKind, link.3.2 AS toStep,
      toString(sum(ways)) AS journeys, toString(sum(ways_won)) AS conversions, toString(sum(ways_value)) AS revenue
    FROM (
      SELECT *,
        arrayConcat(
          [(if({fromEnd:Bool} AND is_longer, 'earlier', 'start'), '')],
          arrayMap(step -> if(has((SELECT names FROM frequent), step), ('step', step), ('others', '')), part),
          [(concat(if(is_converted, 'converted', 'dropped'), if(is_longer AND NOT {fromEnd:Bool}, 'Later', '')), '')]) AS nodes,
        arrayJoin(arrayZip(arrayEnumerate(arrayPopBack(nodes)), arrayPopBack(nodes), arrayPopFront(nodes))) AS link
      FROM parts)
    GROUP BY place, fromKind, fromStep, toKind, toStep
    ORDER BY place, sum(ways) DESC, fromKind, fromStep, toKind, toStep`,
});
