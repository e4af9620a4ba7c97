import { z } from "zod";
import { CountText, question, statement } from "../question.ts";

const Lookback = z.object({ lookbackDays: z.number().int().min(1).max(365) });

/** Empties the place where a build is made. */
export const clearJourneyBuild = statement({
  name: "clear-journey-build",
  params: Lookback,
  sql: `ALTER TABLE journeys_building DROP PARTITION ({workspaceId:String}, {lookbackDays:UInt16})`,
});

/**
 * Builds every journey of the workspace with one pass over the touchpoints, in their sort order.
 * A touch belongs to the next conversion of its visitor when that comes within the window, otherwise to an unconverted journey.
 * So each touch is in exactly one journey; a conversion ends a journey and the next touch begins another. Unconverted touches
 * further apart than the window are separate journeys. Conversions of one visitor at one moment share one journey.
 * A touch at the very moment of the conversion counts as before it.
 */
export const buildJourneys = statement({
  name: "build-journeys",
  params: Lookback,
  sql: `
    INSERT INTO journeys_building (workspace_id, lookback_days, ended_at, converted, visitor_id, conversions, revenue, touched_at, channels, campaigns)
    WITH toIntervalDay({lookbackDays:UInt16}) AS lookback
    SELECT
      {workspaceId:String},
      {lookbackDays:UInt16},
      if(in_window, journey[1].conversion_at, journey[-1].occurred_at),
      in_window,
      visitor_id,
      if(in_window, journey[1].conversions, 0),
      if(in_window, journey[1].revenue, 0),
      journey.occurred_at,
      journey.channel,
      journey.campaign
    FROM (
      SELECT
        visitor_id,
        arraySort(touch -> (touch.occurred_at, touch.event_id), groupArray(CAST(
          (occurred_at, event_id, channel, campaign, conversions, revenue, conversion_at, in_window),
          'Tuple(occurred_at DateTime64(3, \\'UTC\\'), event_id String, channel LowCardinality(String), campaign LowCardinality(String), conversions UInt32, revenue Decimal(38, 9), conversion_at DateTime64(3, \\'UTC\\'), in_window UInt8)'))) AS touches,
        arrayMap((touch, i) -> i > 1 AND (
          touch.in_window != touches[i - 1].in_window
          OR (touch.in_window AND touch.conversion_at != touches[i - 1].conversion_at)
          OR (NOT touch.in_window AND touch.occurred_at - lookback > touches[i - 1].occurred_at)
        ), touches, arrayEnumerate(touches)) AS is_first,
        arraySplit((touch, first) -> first, touches, is_first) AS cut
      FROM (
        SELECT
          touch.visitor_id AS visitor_id, touch.occurred_at AS occurred_at, touch.event_id AS event_id,
          touch.channel AS channel, touch.campaign AS campaign,
          next.conversions AS conversions, next.revenue AS revenue, next.conversion_at AS conversion_at,
          toUInt8(next.conversions > 0 AND next.conversion_at - lookback <= touch.occurred_at) AS in_window
        FROM touchpoints AS touch
        ASOF LEFT JOIN (
          SELECT visitor_id, occurred_at AS conversion_at, toUInt32(count()) AS conversions, sum(revenue) AS revenue
          FROM conversions
          WHERE workspace_id = {workspaceId:String} AND visitor_id != ''
          GROUP BY visitor_id, conversion_at
        ) AS next ON touch.visitor_id = next.visitor_id AND next.conversion_at >= touch.occurred_at
        WHERE touch.workspace_id = {workspaceId:String}
      )
      GROUP BY visitor_id
    )
    ARRAY JOIN cut AS journey, arrayMap(part -> part[1].in_window, cut) AS in_window
    SETTINGS optimize_aggregation_in_order = 1`,
});

/** Puts the finished build where it is read, in one step, and empties the place it was made in. */
export const publishJourneys = statement({
  name: "publish-journeys",
  params: Lookback,
  sql: `ALTER TABLE journeys REPLACE PARTITION ({workspaceId:String}, {lookbackDays:UInt16}) FROM journeys_building`,
});

/** Rows of the build: an empty one cannot take the place of anything. */
export const journeyBuildSize = question({
  name: "journey-build-size",
  params: Lookback,
  row: z.object({ journeys: CountText }),
  sql: `
    SELECT toString(count()) AS journeys
    FROM journeys_building
    WHERE workspace_id = {workspaceId:String} AND lookback_days = {lookbackDays:UInt16}`,
});

/** Removes the published journeys: for a workspace that has none. */
export const dropJourneys = statement({
  name: "drop-journeys",
  params: Lookback,
  sql: `ALTER TABLE journeys DROP PARTITION ({workspaceId:String}, {lookbackDays:UInt16})`,
});

export const recordJourneyBuild = statement({
  name: "record-journey-build",
  params: Lookback.extend({ watermark: z.string() }),
  sql: `
    INSERT INTO journey_builds (workspace_id, lookback_days, watermark, built_at)
    SELECT {workspaceId:String}, {lookbackDays:UInt16}, {watermark:String}, now64(3)`,
});

/** The data that the published journeys stand on; no row where none were built. */
export const journeyWatermark = question({
  name: "journey-watermark",
  params: Lookback,
  row: z.object({ watermark: z.string() }),
  sql: `
    SELECT watermark
    FROM journey_builds FINAL
    WHERE workspace_id = {workspaceId:String} AND lookback_days = {lookbackDays:UInt16}`,
});
