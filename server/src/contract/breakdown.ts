import { z } from "zod";
import { ChannelFlag, Credit } from "./attribution.ts";
import { ResultOrigin } from "./origin.ts";
import { ResultScope } from "./result-scope.ts";
import { DateRange, DecimalString } from "./scalars.ts";

/** What figures are broken down by: the levels of a medium, then what is known of a touch, then what is known of a conversion. */
export const BREAKDOWNS = [
  "channel",
  "campaign",
  "creative",
  "device",
  "country",
  "region",
  "interaction",
  "source",
  "medium",
  "conversion_type",
  "customer_type",
  "product_group",
  "conversion_region",
] as const;
export const Breakdown = z.enum(BREAKDOWNS);
export type Breakdown = z.infer<typeof Breakdown>;

/** What the first rows are chosen by, largest first. */
export const BREAKDOWN_SORTS = [
  "spend",
  "revenue",
  "conversions",
  "incrementalRevenue",
  "incrementalConversions",
  "impressions",
  "clicks",
  "touches",
  "roas",
  "iroas",
  "cpa",
  "icpa",
  "claimedRevenue",
  "claimedConversions",
] as const;
export const BreakdownSort = z.enum(BREAKDOWN_SORTS);
export type BreakdownSort = z.infer<typeof BreakdownSort>;

const Within = z.object({
  channel: z.string().nullable().default(null),
  campaign: z.string().nullable().default(null),
});

export const BreakdownInput = ResultScope.extend({
  by: Breakdown,
  /** Only of this channel, of this campaign of it. */
  within: Within.default({ channel: null, campaign: null }),
  /** Rows of these channels; none: of all. The others are added up. */
  channels: z.array(z.string()).max(200).default([]),
  /** Rows whose name holds this text, in whatever case; the others are added up. */
  contains: z.string().max(200).default(""),
  sort: BreakdownSort.default("revenue"),
  isAscending: z.boolean().default(false),
  skip: z.int().min(0).default(0),
  limit: z.int().min(1).max(500).default(100),
});
export type BreakdownInput = z.input<typeof BreakdownInput>;

/** Null is not known at this level, or from these files; it is not zero. */
export const BreakdownFigures = Credit.extend({
  spend: DecimalString.nullable(),
  impressions: z.number().nullable(),
  clicks: z.number().nullable(),
  touches: z.number().nullable(),
  /** By the incremental model, whichever was chosen; null where it has no answer. */
  incremental: Credit.nullable(),
  /** Of the incremental figures; channels have one, what lies below them has none. */
  interval: z
    .object({
      level: z.number(),
      conversions: z.tuple([z.number(), z.number()]),
      revenue: z.tuple([z.number(), z.number()]),
    })
    .nullable(),
  /** What platforms say of themselves. */
  claimed: z.object({ conversions: DecimalString, revenue: DecimalString.nullable() }).nullable(),
  /** Revenue for a unit of spend, spend for a conversion; null without either. */
  roas: z.number().nullable(),
  iroas: z.number().nullable(),
  cpa: z.number().nullable(),
  icpa: z.number().nullable(),
});
export type BreakdownFigures = z.infer<typeof BreakdownFigures>;

const Both = z.object({ now: BreakdownFigures, before: BreakdownFigures.nullable() });

export const BreakdownRow = Both.extend({
  /** Empty where the row is not of one. */
  channel: z.string(),
  campaign: z.string(),
  creative: z.string(),
  /** Of the attribute that was asked for. */
  value: z.string(),
  flags: z.array(ChannelFlag),
  coverage: z.number().nullable(),
});
export type BreakdownRow = z.infer<typeof BreakdownRow>;

const CreditPair = z.object({ now: Credit, before: Credit.nullable() });

/**
 * Rows, `others` and `noTouch` add up exactly to `booked`, in conversions and revenue; inside a channel or a campaign, rows and
 * `others` add up to `total`. So do spend, impressions and clicks wherever they are known.
 */
export const BreakdownAnswer = z.object({
  rows: z.array(BreakdownRow),
  others: Both.extend({ count: z.number() }).nullable(),
  /** All rows together. */
  total: Both,
  /** How many rows there are in all, and how many of them match the text. */
  count: z.number(),
  matching: z.number(),
  /** What no channel is credited with: under the incremental model the baseline. Null inside a channel. */
  noTouch: CreditPair.nullable(),
  /** The same by the incremental model. */
  baseline: CreditPair.nullable(),
  booked: CreditPair.nullable(),
  compared: DateRange.nullable(),
  origin: ResultOrigin,
  /** Of the incremental figures. */
  incrementalRun: z.string().nullable(),
  /** Why there are no incremental figures. */
  refused: z.string().nullable(),
});
export type BreakdownAnswer = z.infer<typeof BreakdownAnswer>;

export const MarginalsInput = z.object({ byCampaign: z.boolean().default(false) });

/** What the next unit of money brings at today's spend, by the fitted curves. */
export const Marginals = z.object({
  rows: z.array(
    z.object({
      channel: z.string(),
      campaign: z.string().nullable(),
      marginalRoas: z.number(),
      /** Of the middle 90 % of what the curve may be. */
      low: z.number(),
      high: z.number(),
      /** A day, in the last complete weeks. */
      spend: z.number(),
      revenue: z.number(),
    }),
  ),
  days: DateRange.nullable(),
  run: z.string().nullable(),
  /** Why there are none. */
  refused: z.string().nullable(),
});
export type Marginals = z.infer<typeof Marginals>;
