import { z } from "zod";
import { CountText, DateText, DecimalText, question } from "../question.ts";
import { importSources, newestConversion, RECENT_DAYS } from "./feeds.ts";

/** By conversion type: how many of the recent ones are worth nothing, and which sources ever said any of them. */
export const conversionTypeHealth = question({
  name: "health-conversion-types",
  params: z.object({}),
  row: z.object({
    conversionType: z.string(),
    conversions: CountText,
    zeroes: CountText,
    sources: z.array(z.string()),
  }),
  sql: `
    WITH ${newestConversion} AS newest
    SELECT conversion_type AS conversionType,
      toString(countIf(is_booked AND occurred_at >= newest - toIntervalDay(${RECENT_DAYS}))) AS conversions,
      toString(countIf(is_booked AND revenue = 0 AND occurred_at >= newest - toIntervalDay(${RECENT_DAYS}))) AS zeroes,
      arraySlice(arraySort(groupUniqArray(if(said.source != '', said.source, ledger.source))), 1, 20) AS sources
    FROM (SELECT * FROM conversions WHERE workspace_id = {workspaceId:String}) AS said
    LEFT ANY JOIN (${importSources}) AS ledger USING (import_id)
    GROUP BY conversion_type
    ORDER BY conversion_type`,
});

/**
 * What the platforms claim beside what was booked, for the last 28 days that have a claim. Platforms count the same conversion once
 * each, by their own windows: the two stand beside each other and are never added or mixed.
 */
export const platformDays = question({
  name: "health-platform-days",
  params: z.object({ timeZone: z.string() }),
  row: z.object({
    date: DateText,
    platformConversions: DecimalText,
    platformValue: DecimalText,
    bookedConversions: CountText,
    bookedRevenue: DecimalText,
  }),
  sql: `
    WITH claims AS (
      SELECT spend_date, sum(platform_conversions) AS claimed, sum(platform_value) AS claimed_value
      FROM spend FINAL
      WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn AND platform_conversions IS NOT NULL
      GROUP BY spend_date
      ORDER BY spend_date DESC
      LIMIT 28)
    SELECT toString(claims.spend_date) AS date, toString(ifNull(claimed, 0)) AS platformConversions,
      toString(ifNull(claimed_value, 0)) AS platformValue, toString(booked) AS bookedConversions, toString(booked_revenue) AS bookedRevenue
    FROM claims
    LEFT JOIN (
      SELECT toDate(occurred_at, {timeZone:String}) AS spend_date, count() AS booked, sum(revenue) AS booked_revenue
      FROM conversions
      WHERE workspace_id = {workspaceId:String} AND is_booked
        AND occurred_at >= toDateTime64((SELECT min(spend_date) FROM claims), 3, {timeZone:String})
      GROUP BY spend_date) AS bookings ON bookings.spend_date = claims.spend_date
    ORDER BY date`,
});

/** Adjustments of conversions that never came: they change nothing. */
export const orphanAdjustments = question({
  name: "health-orphan-adjustments",
  params: z.object({}),
  row: z.object({ source: z.string(), adjustments: CountText, amount: DecimalText, example: z.string() }),
  sql: `
    SELECT if(said.source != '', said.source, ledger.source) AS source, toString(count()) AS adjustments,
      toString(sum(amount)) AS amount, min(adjusts_conversion_id) AS example
    FROM (
      SELECT * FROM adjustments
      WHERE workspace_id = {workspaceId:String} AND adjusts_conversion_id NOT IN (
        SELECT conversion_id FROM conversions
        WHERE workspace_id = {workspaceId:String}
          AND conversion_id IN (SELECT adjusts_conversion_id FROM adjustments WHERE workspace_id = {workspaceId:String}))
    ) AS said
    LEFT ANY JOIN (${importSources}) AS ledger USING (import_id)
    GROUP BY source
    ORDER BY source`,
});

/** What the last resolution of identities refused; no row where none was ever linked. */
export const identityHealth = question({
  name: "health-identities",
  params: z.object({}),
  row: z.object({ visitors: CountText, persons: CountText, sharedVisitors: CountText, refusedLinks: CountText }),
  sql: `
    SELECT toString(visitors) AS visitors, toString(persons) AS persons, toString(shared_visitors) AS sharedVisitors,
      toString(refused_links) AS refusedLinks
    FROM person_builds FINAL
    WHERE workspace_id = {workspaceId:String}`,
});
