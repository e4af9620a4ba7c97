import { z } from "zod";
import { CountText, DecimalText, question } from "../question.ts";
import { IN_SCOPE, JourneyScope } from "./scope.ts";

/**
 * How often journeys went from one channel to the next, repeats of a channel collapsed: what a Markov chain of order 1 needs.
 * An empty `fromChannel` is the start of a journey, an empty `toChannel` its end, converted or not.
 * Journeys count as often as they converted; unconverted ones count once.
 */
export const journeyTransitions = question({
  name: "journey-transitions",
  params: JourneyScope,
  row: z.object({
    fromChannel: z.string(),
    toChannel: z.string(),
    converted: z.number(),
    journeys: CountText,
    revenue: DecimalText,
  }),
  sql: `
    SELECT step.1 AS fromChannel, step.2 AS toChannel, if(toChannel = '', converted, 0) AS converted,
      toString(sum(weight)) AS journeys, toString(sumIf(path_revenue, toChannel = '')) AS revenue
    FROM (
      SELECT
        ended.converted AS converted,
        if(ended.converted, conversions, 1) AS weight,
        ended.revenue AS path_revenue,
        arrayFilter((channel, i) -> i = 1 OR channel != channels[i - 1], channels, arrayEnumerate(channels)) AS path,
        arrayJoin(arrayZip(arrayPushFront(path, ''), arrayPushBack(path, ''))) AS step
      FROM (SELECT converted, conversions, revenue, channels FROM journeys WHERE ${IN_SCOPE}) AS ended
    )
    GROUP BY fromChannel, toChannel, converted
    ORDER BY fromChannel, toChannel, converted`,
});

/** Most distinct paths that leave the engine: a chain of higher order needs them one by one. */
export const MOST_PATHS = 1_000_000;

/** Journeys grouped by the way they took; one row more than the limit says that there are too many. */
export const journeyPaths = question({
  name: "journey-paths",
  params: JourneyScope,
  row: z.object({ path: z.array(z.string()), conversions: CountText, revenue: DecimalText, unconverted: CountText }),
  sql: `
    SELECT channels AS path, toString(sumIf(toUInt64(conversions), converted)) AS conversions,
      toString(sumIf(journeys.revenue, converted)) AS revenue, toString(countIf(NOT converted)) AS unconverted
    FROM journeys
    WHERE ${IN_SCOPE}
    GROUP BY path
    ORDER BY path
    LIMIT ${MOST_PATHS + 1}`,
});
