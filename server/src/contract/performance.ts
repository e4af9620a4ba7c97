import { z } from "zod";
import { ChannelTrust, ModelName } from "./attribution.ts";
import { DateRange, DecimalString, IsoDate } from "./scalars.ts";

export const WorkspaceStatus = z.object({
  workspace: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  /** True when the workspace holds the simulated shop: the page says so. */
  simulated: z.boolean(),
  /** From the first day with anything to the last one with a conversion; null when nothing was imported yet. */
  days: z.object({ from: IsoDate, to: IsoDate }).nullable(),
  rows: z.object({
    touchpoints: z.number(),
    conversions: z.number(),
    spend: z.number(),
    rejected: z.number(),
  }),
  lastImportAt: z.iso.datetime().nullable(),
  /** Every channel of the workspace, sorted: the order that colours are assigned in. */
  channels: z.array(z.string()),
});
export type WorkspaceStatus = z.infer<typeof WorkspaceStatus>;

export const Totals = z.object({
  spend: DecimalString,
  revenue: DecimalString,
  conversions: DecimalString,
  /** Booked revenue over spend; null when nothing was spent. */
  roas: z.number().nullable(),
});
export type Totals = z.infer<typeof Totals>;

export const OverviewInput = z.object({ range: DateRange, model: ModelName });

/**
 * Booked totals, and by channel the spend beside the revenue that the model credits.
 * Days without a row are absent, and what a day has no row of is null: the chart decides what absence means.
 */
export const Overview = z.object({
  currency: z.string(),
  totals: Totals,
  /** The range of the same length just before; null when the data does not reach back that far. */
  previous: Totals.nullable(),
  daily: z.array(
    z.object({
      date: IsoDate,
      spend: DecimalString.nullable(),
      revenue: DecimalString.nullable(),
      conversions: DecimalString.nullable(),
    }),
  ),
  channels: z.array(
    z.object({
      channel: z.string(),
      spend: DecimalString.nullable(),
      conversions: DecimalString,
      revenue: DecimalString,
      roas: z.number().nullable(),
      ...ChannelTrust.shape,
    }),
  ),
  /** Under the incremental model: the baseline. */
  noTouch: z.object({ conversions: DecimalString, revenue: DecimalString }),
  dailyByChannel: z.array(
    z.object({
      date: IsoDate,
      channel: z.string(),
      spend: DecimalString.nullable(),
      revenue: DecimalString.nullable(),
    }),
  ),
});
export type Overview = z.infer<typeof Overview>;
