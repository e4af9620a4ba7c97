import { z } from "zod";
import { ModelName } from "./attribution.ts";
import { IsoDate } from "./scalars.ts";

/**
 * Why a figure needs care. The page and the command line put each code into words. "follows-demand": spend moved with demand, so
 * that its curve is told apart from demand less surely; "wears-out": revenue a touch falls with volume; "pulled": what it
 * returns is so uncertain that it was moved towards what money returns in the other channels; "series-fitted": too few
 * touches are seen, and the curve comes from the daily series; "not-identified": the data say hardly more than was assumed.
 */
export const CurveFlag = z.enum([
  "extrapolated",
  "little-variation",
  "few-days",
  "nearly-linear",
  "follows-demand",
  "wears-out",
  "pulled",
  "series-fitted",
  "not-identified",
]);
export type CurveFlag = z.infer<typeof CurveFlag>;

/** What a curve stands on: touches of people, the daily series of a channel that is hardly seen, or the word of the user. */
export const CurveSource = z.enum(["touches", "series", "given"]);
export type CurveSource = z.infer<typeof CurveSource>;

/** Families of curves by held-out weight, adding up to 1: fit alone cannot tell them apart. */
export const CurveFamilies = z.array(
  z.object({ family: z.enum(["hill", "log", "power", "exp", "logistic"]), weight: z.number() }),
);
export type CurveFamilies = z.infer<typeof CurveFamilies>;

/** All amounts of a curve are per day, in the workspace's currency. */
export const ChannelCurve = z.object({
  channel: z.string(),
  /** Null: the whole channel. */
  campaign: z.string().nullable(),
  source: CurveSource,
  families: CurveFamilies,
  /** Null where the curve does not stand on touches. */
  delivery: z
    .object({
      /** A day, at today's spend. */
      touchesAtCurrent: z.number(),
      costPerTouch: z.number(),
      /** Of a further touch, on average, when spend rises by half. */
      costPerTouchAtMore: z.number(),
      revenuePerTouch: z.number(),
    })
    .nullable(),
  /** What was observed: one point a day, revenue by touch date divided by the season's index. */
  points: z.array(z.object({ date: IsoDate, spend: z.number(), revenue: z.number() })),
  /** The curve with its 90 % band, from zero to beyond the largest spend seen. */
  line: z.array(
    z.object({ spend: z.number(), revenue: z.number(), low: z.number(), high: z.number(), marginal: z.number() }),
  ),
  /** Mean of the last 28 complete days. */
  current: z.object({ spend: z.number(), revenue: z.number(), marginalRoas: z.number() }),
  largestSpendSeen: z.number(),
  /** Share of the variance of daily revenue that the curve explains. */
  r2: z.number(),
  flags: z.array(CurveFlag),
});
export type ChannelCurve = z.infer<typeof ChannelCurve>;

/**
 * Why a channel with spend has no curve: "falling" is revenue that fell where spend rose, "demand-capture" a channel that the model
 * gives no credit because it meets people who are about to buy, "low-coverage" one of which too little is seen to judge it.
 */
export const MissingCurve = z.object({
  channel: z.string(),
  code: z.enum(["few-days", "no-revenue", "falling", "demand-capture", "low-coverage"]),
  /** Days with spend, and how many a curve needs at least. */
  days: z.number(),
  daysNeeded: z.number(),
  /** The same as an English sentence. */
  reason: z.string(),
});
export type MissingCurve = z.infer<typeof MissingCurve>;

export const CurvesInput = z.object({ by: z.enum(["channel", "campaign"]) }).optional();
export type CurvesInput = z.infer<typeof CurvesInput>;

export const Curves = z.object({
  currency: z.string(),
  model: ModelName,
  run: z.string(),
  days: z.object({ from: IsoDate, to: IsoDate }),
  channels: z.array(ChannelCurve),
  /** Channels with spend that no curve could be fitted for, and why. */
  withoutCurve: z.array(MissingCurve),
});
export type Curves = z.infer<typeof Curves>;
