import { z } from "zod";
import { CountText, question } from "../../question.ts";
import {
  channelOf,
  earlierTouches,
  millisOf,
  NEAR_SETTINGS,
  placesOf,
  TOUCH,
  tally,
  touchAt,
  triples,
} from "./near-touches.ts";
import { IncrementalScope, PERSON, REACHED, Reaching, TimeEdges, touchesByPerson } from "./scope.ts";

const EDGES = "{earlierEdges:Array(UInt32)}";
const MILLIS_A_DAY = 86_400_000;
const BEGINNING = `(toUnixTimestamp64Milli(toDateTime64({from:String}, 3, {timeZone:String})) + toInt64({skippedDays:UInt16}) * ${MILLIS_A_DAY})`;

const Sample = IncrementalScope.extend({
  reaching: Reaching,
  /** One person in so many is looked at, always the same ones. */
  oneIn: z.number().int().min(1),
  /** Days at the beginning of the range that are left out. */
  skippedDays: z.number().int().min(0),
});

/** Whoever has more touches is a machine, or tells no more than others. */
const MOST_TOUCHES = 5_000;

/** People who were reached, each with the touches as sorted numbers (see near-touches.ts). */
const SAMPLED = `(
      SELECT person_id, arraySort(touches) AS near
      FROM ${touchesByPerson(`cityHash64(${PERSON}, 'sample') % {oneIn:UInt32} = 0`, {
        touches: `groupArray(${TOUCH})`,
        reached: REACHED,
      })} AS touch
      WHERE reached > 0 AND length(touches) <= ${MOST_TOUCHES})`;

/**
 * Moments drawn at random from the time of people who were reached, with the touches before them as in `incremental-conversions`: what
 * people's past looks like when nothing happens. The same data gives the same moments.
 */
export const incrementalMoments = question({
  name: "incremental-moments",
  params: Sample.extend({ earlierEdges: TimeEdges, momentsEach: z.number().int().min(1) }),
  row: z.object({ hour: z.number(), earlier: z.array(z.number()) }),
  sql: `
    SELECT hour, ${triples("counted", EDGES)} AS earlier
    FROM (
      SELECT person_id, draw, toHour(fromUnixTimestamp64Milli(sold_at), {timeZone:String}) AS hour,
        ${placesOf(earlierTouches(`${EDGES}[-1]`), `sold_at - ${millisOf("touch")}`, EDGES)} AS places,
        ${tally("places")} AS counted
      FROM (
        SELECT person_id, near, draw,
          toInt64(${BEGINNING} + cityHash64(person_id, draw, 'moment') % toUInt64((toUInt32(toDate({to:String}) - toDate({from:String}) + 1) - {skippedDays:UInt16}) * ${MILLIS_A_DAY})) AS sold_at
        FROM ${SAMPLED} AS people
        ARRAY JOIN range({momentsEach:UInt16}) AS draw))
    ORDER BY person_id, draw
    SETTINGS ${NEAR_SETTINGS}`,
});

const within = (from: string, to: string) =>
  `arrayCount(visit -> visit < ${touchAt(`at - ${from}`)} AND visit >= ${touchAt(`at - ${to}`)}, visits)`;

/** For touches of each channel: own visits in the three days before them (but two hours), and 10 to 30 days before. */
export const incrementalVisitsBefore = question({
  name: "incremental-visits-before",
  params: Sample.extend({ visits: Reaching }),
  row: z.object({ channel: z.number(), touches: CountText, near: CountText, far: CountText }),
  sql: `
    SELECT channel, toString(count()) AS touches, toString(sum(visits_near)) AS near, toString(sum(visits_far)) AS far
    FROM (
      SELECT ${channelOf("touch")} AS channel, ${millisOf("touch")} AS at,
        ${within("7200000", `3 * ${MILLIS_A_DAY}`)} AS visits_near, ${within(`10 * ${MILLIS_A_DAY}`, `30 * ${MILLIS_A_DAY}`)} AS visits_far
      FROM (
        SELECT near, arrayFilter(touch -> has({visits:Array(UInt16)}, ${channelOf("touch")}), near) AS visits
        FROM ${SAMPLED} AS people)
      ARRAY JOIN near AS touch)
    WHERE at >= ${BEGINNING}
    GROUP BY channel
    ORDER BY channel
    SETTINGS ${NEAR_SETTINGS}`,
});
