import { z } from "zod";
import { Credit } from "./attribution.ts";
import { ResultOrigin } from "./origin.ts";
import { ResultScope } from "./result-scope.ts";
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

export const OverviewInput = ResultScope.extend({
  /** Spend and credit of these channels alone; none: of all. What is booked is booked for all of them. */
  channels: z.array(z.string()).max(200).default([]),
});

/** What stands over a page. `incremental` is the incremental model's, whichever was chosen; null where it has no answer. */
export const OverviewTotals = z.object({
  spend: DecimalString,
  revenue: DecimalString,
  conversions: DecimalString,
  credited: Credit,
  incremental: Credit.nullable(),
  /** Of the incremental revenue: at most so wide, because channels may err together. */
  interval: z.object({ level: z.number(), low: z.number(), high: z.number() }).nullable(),
});
export type OverviewTotals = z.infer<typeof OverviewTotals>;

/** Null where a day has no row: the chart decides what absence means. */
export const OverviewDay = z.object({
  date: IsoDate,
  spend: DecimalString.nullable(),
  revenue: DecimalString.nullable(),
  conversions: DecimalString.nullable(),
  credited: Credit.nullable(),
  incremental: Credit.nullable(),
});
export type OverviewDay = z.infer<typeof OverviewDay>;

const OverviewSide = z.object({ totals: OverviewTotals, daily: z.array(OverviewDay) });

/** Booked totals and, by day and channel, spend beside what the model credits. */
export const Overview = z.object({
  now: OverviewSide,
  /** Null where nothing is compared, or the data does not reach back that far. */
  before: OverviewSide.extend({ range: DateRange }).nullable(),
  /** In the order of `now.daily`, most credited first. */
  channels: z.array(
    z.object({
      channel: z.string(),
      spend: z.array(DecimalString.nullable()),
      conversions: z.array(DecimalString.nullable()),
      revenue: z.array(DecimalString.nullable()),
      incrementalRevenue: z.array(DecimalString.nullable()).nullable(),
    }),
  ),
  origin: ResultOrigin,
  incrementalRun: z.string().nullable(),
  refused: z.string().nullable(),
});
export type Overview = z.infer<typeof Overview>;
