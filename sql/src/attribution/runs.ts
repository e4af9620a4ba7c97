import { z } from "zod";
import { bookedConversions } from "../conversions/booked.ts";
import { CountText, DateText, DecimalText, question, statement } from "../question.ts";
import { JourneyScope } from "./scope.ts";

export const recordRun = statement({
  name: "record-run",
  params: z.object({
    runId: z.string(),
    parametersKey: z.string(),
    parameters: z.string(),
    watermark: z.string(),
    codeVersion: z.string(),
    fit: z.string(),
  }),
  sql: `
    INSERT INTO attribution_runs (workspace_id, run_id, parameters_key, parameters, watermark, code_version, fit, created_at)
    SELECT {workspaceId:String}, {runId:String}, {parametersKey:String}, {parameters:String}, {watermark:String}, {codeVersion:String}, {fit:String}, now64(3)`,
});

/** The newest run with these parameters on this data by this version, if there is one: it need not be computed again. */
export const findRun = question({
  name: "find-run",
  params: z.object({ parametersKey: z.string(), watermark: z.string(), codeVersion: z.string() }),
  row: z.object({ runId: z.string(), fit: z.string() }),
  sql: `
    SELECT run_id AS runId, fit
    FROM attribution_runs
    WHERE workspace_id = {workspaceId:String} AND parameters_key = {parametersKey:String}
      AND watermark = {watermark:String} AND code_version = {codeVersion:String}
    ORDER BY created_at DESC
    LIMIT 1`,
});

/** The credit of a run by channel, and by campaign where that is asked for. */
export const runCredit = question({
  name: "run-credit",
  params: z.object({ runId: z.string(), byCampaign: z.boolean() }),
  row: z.object({ channel: z.string(), campaign: z.string(), conversions: DecimalText, revenue: DecimalText }),
  sql: `
    SELECT channel, if({byCampaign:Bool}, campaign, '') AS campaign, toString(sum(conversions)) AS conversions, toString(sum(revenue)) AS revenue
    FROM attribution_credit
    WHERE workspace_id = {workspaceId:String} AND run_id = {runId:String}
    GROUP BY channel, campaign
    ORDER BY channel, campaign`,
});

export const runCreditByDay = question({
  name: "run-credit-by-day",
  params: z.object({ runId: z.string() }),
  row: z.object({ date: DateText, channel: z.string(), conversions: DecimalText, revenue: DecimalText }),
  sql: `
    SELECT toString(date) AS date, channel, toString(sum(conversions)) AS conversions, toString(sum(revenue)) AS revenue
    FROM attribution_credit
    WHERE workspace_id = {workspaceId:String} AND run_id = {runId:String}
    GROUP BY date, channel
    ORDER BY date, channel`,
});

/** What is booked in the range, and how much of it had a touch in its window: the difference is "no touch". */
export const bookedTotals = question({
  name: "booked-totals",
  params: JourneyScope,
  row: z.object({
    conversions: DecimalText,
    revenue: DecimalText,
    touchedConversions: DecimalText,
    touchedRevenue: DecimalText,
    untouchedConversions: DecimalText,
    untouchedRevenue: DecimalText,
    unconvertedJourneys: CountText,
  }),
  sql: `
    WITH
      booked AS (
        SELECT toDecimal128(count(), 12) AS conversions, toDecimal128(sum(revenue), 12) AS revenue
        FROM ${bookedConversions()} AS sold
        WHERE occurred_at >= toDateTime64({from:String}, 3, {timeZone:String})
          AND occurred_at < toDateTime64({to:String}, 3, {timeZone:String}) + toIntervalDay(1)),
      touched AS (
        SELECT toDecimal128(sumIf(conversions, converted), 12) AS conversions, toDecimal128(sumIf(revenue, converted), 12) AS revenue, countIf(NOT converted) AS unconverted
        FROM journeys
        WHERE workspace_id = {workspaceId:String} AND lookback_days = {lookbackDays:UInt16}
          AND ended_at >= toDateTime64({from:String}, 3, {timeZone:String})
          AND ended_at < toDateTime64({to:String}, 3, {timeZone:String}) + toIntervalDay(1))
    SELECT
      toString(booked.conversions) AS conversions, toString(booked.revenue) AS revenue,
      toString(touched.conversions) AS touchedConversions, toString(touched.revenue) AS touchedRevenue,
      toString(booked.conversions - touched.conversions) AS untouchedConversions,
      toString(booked.revenue - touched.revenue) AS untouchedRevenue,
      toString(touched.unconverted) AS unconvertedJourneys
    FROM booked CROSS JOIN touched`,
});

/** Spend of the range and the share of what was delivered that is seen as touches, by channel (and campaign). */
export const channelDelivery = question({
  name: "channel-delivery",
  params: z.object({ from: DateText, to: DateText, timeZone: z.string(), byCampaign: z.boolean() }),
  row: z.object({
    channel: z.string(),
    campaign: z.string(),
    spend: DecimalText.nullable(),
    delivered: CountText.nullable(),
    touches: CountText,
  }),
  sql: `
    SELECT channel, campaign, if(max(has_spend) = 1, toString(sum(cost)), NULL) AS spend,
      if(sum(reported) > 0, toString(sum(reported)), NULL) AS delivered, toString(sum(seen)) AS touches
    FROM (
      SELECT channel, if({byCampaign:Bool}, campaign, '') AS campaign, cost, toUInt64(ifNull(impressions, 0) + ifNull(clicks, 0)) AS reported, toUInt64(0) AS seen, 1 AS has_spend
      FROM spend FINAL
      WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn AND spend_date BETWEEN {from:String} AND {to:String}
      UNION ALL
      SELECT channel, if({byCampaign:Bool}, campaign, '') AS campaign, toDecimal128(0, 9) AS cost, toUInt64(0) AS reported, count() AS seen, 0 AS has_spend
      FROM touchpoints
      WHERE workspace_id = {workspaceId:String} AND interaction IN ('impression', 'click')
        AND occurred_at >= toDateTime64({from:String}, 3, {timeZone:String})
        AND occurred_at < toDateTime64({to:String}, 3, {timeZone:String}) + toIntervalDay(1)
      GROUP BY channel, campaign)
    GROUP BY channel, campaign
    ORDER BY channel, campaign`,
});
