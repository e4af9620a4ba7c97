import { z } from "zod";
import { CountText, DecimalText, question } from "../question.ts";
import { fromShown, JourneyFilter, JourneyLevel, STEPS_BY_LEVEL, shownColumns } from "./shown-journeys.ts";

/**
 * The paths that most journeys took, and in one row (`isRest`) all that do not stand among the rows asked for, so that the answer
 * adds up to all journeys. Repeats of a step become one step where `collapse` says so. Of longer paths the last `maxSteps` steps are
 * kept, and paths that end alike stand together: `isCut` says that there was something before them.
 */
export const commonPaths = question({
  name: "common-paths",
  params: JourneyFilter.extend({
    ...JourneyLevel.shape,
    collapse: z.boolean(),
    maxSteps: z.number().int().min(1).max(50),
    orderBy: z.enum(["conversions", "revenue", "journeys"]),
    limit: z.number().int().min(1).max(1000),
    offset: z.number().int().min(0),
  }),
  row: z.object({
    path: z.array(z.string()),
    isCut: z.boolean(),
    isRest: z.boolean(),
    paths: CountText,
    journeys: CountText,
    converted: CountText,
    conversions: CountText,
    revenue: DecimalText,
  }),
  sql: `
    SELECT if(is_rest, [], way) AS path, toBool(NOT is_rest AND was_cut) AS isCut, toBool(is_rest) AS isRest,
      toString(count()) AS paths, toString(sum(ways)) AS journeys, toString(sum(ways_converted)) AS converted,
      toString(sum(ways_won)) AS conversions, toString(sum(ways_value)) AS revenue
    FROM (
      SELECT *,
        row_number() OVER (
          ORDER BY
            multiIf({orderBy:String} = 'revenue', ways_value, {orderBy:String} = 'journeys', toDecimal128(ways, 9), toDecimal128(ways_won, 9)) DESC,
            ways_won DESC, ways DESC, way, was_cut
        ) AS place,
        place <= {offset:UInt64} OR place > {offset:UInt64} + {limit:UInt64} AS is_rest
      FROM (
        WITH ${shownColumns(STEPS_BY_LEVEL)},
        if({collapse:Bool}, arrayCompact(steps), steps) AS whole
        SELECT arraySlice(whole, -least(length(whole), {maxSteps:UInt16})) AS way, length(whole) > {maxSteps:UInt16} AS was_cut,
          count() AS ways, countIf(is_converted) AS ways_converted, sum(won) AS ways_won, sum(value) AS ways_value
        ${fromShown("(converted OR NOT {byCampaign:Bool})")}
        GROUP BY way, was_cut))
    GROUP BY path, isCut, isRest, if(is_rest, 0, place)
    ORDER BY isRest, min(place)`,
});
