import { z } from "zod";
import { CountText, question } from "../question.ts";
import { newestConversion, RECENT_DAYS } from "./feeds.ts";

/**
 * Visitors with more touches on one day than a person makes. Few visitors have that many at all, so days are counted for those only,
 * and all visitors are counted in the order in which the table has them.
 */
export const busyVisitors = question({
  name: "health-busy-visitors",
  params: z.object({ timeZone: z.string(), mostTouches: z.number() }),
  row: z.object({ visitors: CountText, touches: CountText, mostOnOneDay: CountText, channels: z.array(z.string()) }),
  sql: `
    SELECT toString(uniqExact(visitor_id)) AS visitors, toString(sum(day_touches)) AS touches, toString(max(day_touches)) AS mostOnOneDay,
      arraySlice(arraySort(groupUniqArrayArray(day_channels)), 1, 5) AS channels
    FROM (
      SELECT visitor_id, toDate(occurred_at, {timeZone:String}) AS day, count() AS day_touches, groupUniqArray(channel) AS day_channels
      FROM touchpoints
      WHERE workspace_id = {workspaceId:String} AND visitor_id IN (
        SELECT visitor_id FROM touchpoints
        WHERE workspace_id = {workspaceId:String} AND visitor_id != 0
        GROUP BY visitor_id HAVING count() > {mostTouches:Float64}
        SETTINGS optimize_aggregation_in_order = 1)
      GROUP BY visitor_id, day
      HAVING day_touches > {mostTouches:Float64})`,
});

/**
 * What the share of conversions with a touch before them is worked out from, over the recent conversions: how many there are, how many have
 * an identifier, how many of those have an identified touch of the same person inside the lookback window; how many touches there
 * are in these days and how many have an identifier. Sums of squares by visitor tell how far rows of one visitor go together.
 */
export const touchedConversions = question({
  name: "health-touched-conversions",
  params: z.object({ lookbackDays: z.number() }),
  row: z.object({
    conversions: CountText,
    identifiedConversions: CountText,
    touchedConversions: CountText,
    /** Sum over visitors of the square of their conversions. */
    conversionSquares: CountText,
    touches: CountText,
    identifiedTouches: CountText,
    touchSquares: CountText,
  }),
  sql: `
    WITH
      ${newestConversion} AS newest,
      newest - toIntervalDay(${RECENT_DAYS}) AS oldest,
      booked AS (
        SELECT visitor_id, occurred_at FROM conversions
        WHERE workspace_id = {workspaceId:String} AND is_booked AND occurred_at BETWEEN oldest AND newest),
      linked AS (SELECT visitor_id, person_id FROM persons WHERE workspace_id = {workspaceId:String}),
      /* Each identified conversion with the one id that stands for its person. */
      buyers AS (
        SELECT if(linked.person_id = 0, booked.visitor_id, linked.person_id) AS person, occurred_at
        FROM booked LEFT ANY JOIN linked USING (visitor_id) WHERE visitor_id != 0),
      /* All ids of those persons. */
      ids AS (
        SELECT person AS visitor_id, person FROM (SELECT DISTINCT person FROM buyers)
        UNION ALL SELECT visitor_id, person_id FROM linked WHERE person_id IN (SELECT person FROM buyers)),
      touched AS (
        SELECT person, occurred_at AS touched_at
        FROM (
          SELECT visitor_id, occurred_at FROM touchpoints
          WHERE workspace_id = {workspaceId:String} AND visitor_id IN (SELECT visitor_id FROM ids)
            AND occurred_at BETWEEN oldest - toIntervalDay({lookbackDays:UInt16}) AND newest) AS touches
        INNER JOIN ids USING (visitor_id)),
      buyer_counts AS (
        SELECT count() AS identified, countIf(touched_at >= occurred_at - toIntervalDay({lookbackDays:UInt16})) AS touched
        FROM buyers ASOF LEFT JOIN touched ON buyers.person = touched.person AND buyers.occurred_at >= touched.touched_at),
      by_visitor AS (
        SELECT count() AS own_touches FROM touchpoints
        WHERE workspace_id = {workspaceId:String} AND visitor_id != 0 AND occurred_at BETWEEN oldest AND newest
        GROUP BY visitor_id SETTINGS optimize_aggregation_in_order = 1)
    SELECT
      toString((SELECT count() FROM booked)) AS conversions,
      toString((SELECT identified FROM buyer_counts)) AS identifiedConversions,
      toString((SELECT touched FROM buyer_counts)) AS touchedConversions,
      toString((SELECT sum(purchases * purchases) FROM (SELECT count() AS purchases FROM buyers GROUP BY person))) AS conversionSquares,
      toString(sum(own_touches) + (SELECT count() FROM touchpoints
        WHERE workspace_id = {workspaceId:String} AND visitor_id = 0 AND occurred_at BETWEEN oldest AND newest)) AS touches,
      toString(sum(own_touches)) AS identifiedTouches,
      toString(sum(own_touches * own_touches)) AS touchSquares
    FROM by_visitor`,
});
