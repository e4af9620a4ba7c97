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
    SELECT from_channel AS fromChannel, to_channel AS toChannel, has_ended AS converted,
      toString(ways) AS journeys, toString(earned) AS revenue
    FROM (
      -- Grouped where the journeys are: only channels and their sums leave a shard.
      SELECT from_channel, to_channel, if(to_channel = '', journeys.converted, 0) AS has_ended,
        sum(if(journeys.converted, journeys.conversions, 1)) AS ways, sumIf(journeys.revenue, to_channel = '') AS earned
      FROM journeys
      ARRAY JOIN arrayPushFront(channels, '') AS from_channel, arrayPushBack(channels, '') AS to_channel
      WHERE ${IN_SCOPE} AND from_channel != to_channel
      GROUP BY from_channel, to_channel, has_ended)
    ORDER BY fromChannel, toChannel, converted`,
});

/** Most distinct paths that leave the engine: a chain of higher order needs them one by one. */
export const MOST_PATHS = 1_000_000;

/** Of every five visitors one is held out: models that have to be chosen are chosen on journeys that they were not fitted on. */
export const OF_PART = "({part:String} = 'all' OR (visitor_id % 5 = 0) = ({part:String} = 'heldOut'))";

/** Journeys grouped by the way they took; one row more than the limit says that there are too many. */
export const journeyPaths = question({
  name: "journey-paths",
  params: JourneyScope.extend({
    part: z.enum(["all", "train", "heldOut"]).default("all"),
    /** True: by the channels that were touched, in whatever order and however often. */
    asSets: z.boolean().default(false),
  }),
  row: z.object({ path: z.array(z.string()), conversions: CountText, revenue: DecimalText, unconverted: CountText }),
  sql: `
    SELECT if({asSets:Bool}, arraySort(arrayDistinct(channels)), channels) AS path, toString(sumIf(toUInt64(conversions), converted)) AS conversions,
      toString(sumIf(journeys.revenue, converted)) AS revenue, toString(countIf(NOT converted)) AS unconverted
    FROM journeys
    WHERE ${IN_SCOPE} AND ${OF_PART}
    GROUP BY path
    ORDER BY path
    LIMIT ${MOST_PATHS + 1}`,
});
