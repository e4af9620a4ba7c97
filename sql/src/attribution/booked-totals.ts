import { z } from "zod";
import { bookedByPerson } from "../conversions/booked-by-person.ts";
import { CountText, DecimalText, question } from "../question.ts";
import { IN_SCOPE, inDays, JourneyScope } from "./scope.ts";

const BOOKED = `(
        SELECT toDecimal128(count(), 12) AS conversions, toDecimal128(sum(sold.revenue), 12) AS revenue,
          toDecimal128(sum(ifNull(sold.margin, 0)), 12) AS margin, count(sold.margin) AS with_margin
        FROM ${bookedByPerson()} AS sold
        WHERE ({customers:String} = '' OR customer_type = {customers:String}) AND ${inDays("occurred_at")})`;

/** What is booked in a scope, how much of it had a touch in its window, and how many of the conversions say their margin. */
export const bookedTotals = question({
  name: "booked-totals",
  params: JourneyScope,
  row: z.object({
    conversions: DecimalText,
    revenue: DecimalText,
    withMargin: CountText,
    touchedConversions: DecimalText,
    touchedRevenue: DecimalText,
    unconvertedJourneys: CountText,
    /** Channels with a touch before a conversion. */
    touchedChannels: z.array(z.string()),
  }),
  sql: `
    WITH
      booked AS ${BOOKED},
      touched AS (
        SELECT toDecimal128(sumIf(conversions, converted), 12) AS conversions, toDecimal128(sumIf(revenue, converted), 12) AS revenue,
          countIf(NOT converted) AS unconverted, groupUniqArrayArrayIf(channels, converted) AS touched_channels
        FROM journeys
        WHERE ${IN_SCOPE})
    SELECT
      toString(booked.conversions) AS conversions, toString(booked.revenue) AS revenue, toString(booked.with_margin) AS withMargin,
      toString(touched.conversions) AS touchedConversions, toString(touched.revenue) AS touchedRevenue,
      toString(touched.unconverted) AS unconvertedJourneys, arraySort(touched.touched_channels) AS touchedChannels
    FROM booked CROSS JOIN touched`,
});

/** What is booked in a scope, and how much of it a run credits to no channel. */
export const uncreditedTotals = question({
  name: "uncredited-totals",
  params: JourneyScope.extend({ runId: z.string() }),
  row: z.object({
    conversions: DecimalText,
    revenue: DecimalText,
    margin: DecimalText,
    withMargin: CountText,
    uncreditedConversions: DecimalText,
    uncreditedRevenue: DecimalText,
    uncreditedMargin: DecimalText,
  }),
  sql: `
    WITH
      booked AS ${BOOKED},
      credited AS (
        SELECT sum(conversions) AS conversions, sum(revenue) AS revenue, sum(margin) AS margin
        FROM attribution_credit
        WHERE workspace_id = {workspaceId:String} AND run_id = {runId:String})
    SELECT
      toString(booked.conversions) AS conversions, toString(booked.revenue) AS revenue, toString(booked.margin) AS margin,
      toString(booked.with_margin) AS withMargin,
      toString(booked.conversions - credited.conversions) AS uncreditedConversions,
      toString(booked.revenue - credited.revenue) AS uncreditedRevenue,
      toString(booked.margin - credited.margin) AS uncreditedMargin
    FROM booked CROSS JOIN credited`,
});
