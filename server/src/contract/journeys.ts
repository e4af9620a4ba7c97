import { z } from "zod";
import { DEFAULT_LOOKBACK_DAYS } from "./attribution.ts";
import { DateRange, DecimalString } from "./scalars.ts";

/** Which journeys an answer is about: those that ended on a day of the range, converted or not. */
export const JourneySelection = z.object({
  range: DateRange,
  lookbackDays: z.number().int().min(1).max(365).default(DEFAULT_LOOKBACK_DAYS),
  /** Only conversions of these types end a journey; of all types where none is named. */
  conversionTypes: z.array(z.string()).max(50).default([]),
  /** Only journeys with a touch of this channel. */
  channel: z.string().optional(),
  convertedOnly: z.boolean().default(false),
  /** Journeys of fewer touches are left out; repeats count. */
  minTouches: z.number().int().min(1).max(1000).default(1),
});
export type JourneySelection = z.input<typeof JourneySelection>;

export const JourneyFigures = z.object({
  journeys: z.number(),
  /** Journeys that ended in a conversion; conversions of one moment share one journey, so there can be more of those. */
  converted: z.number(),
  unconverted: z.number(),
  conversions: z.number(),
  revenue: DecimalString,
  /** Converted over all journeys; null without any. */
  conversionRate: z.number().nullable(),
});
export type JourneyFigures = z.infer<typeof JourneyFigures>;

/** Lower quartile, median, upper quartile and the slowest tenth; each null where nothing converted. */
export const Spread = z.object({
  q25: z.number().nullable(),
  median: z.number().nullable(),
  q75: z.number().nullable(),
  p90: z.number().nullable(),
});
export type Spread = z.infer<typeof Spread>;

export const JourneySummary = z.object({
  currency: z.string(),
  lookbackDays: z.number(),
  total: JourneyFigures,
  /** Without a conversion so far, and younger than the window: theirs may still come. */
  undecided: z.number(),
  /** Conversions less than an hour, and less than a day, after the first touch of their journey. */
  withinHour: z.number(),
  withinDay: z.number(),
  /** Seconds from the first touch to the conversion. */
  time: Spread,
  touches: Spread,
});
export type JourneySummary = z.infer<typeof JourneySummary>;

/** A step of a path. The campaign is absent where paths are told by channel, and empty where a touch had none. */
export const JourneyStep = z.object({ channel: z.string(), campaign: z.string().optional() });
export type JourneyStep = z.infer<typeof JourneyStep>;

/** Campaigns are known of converted journeys only. */
export const StepLevel = z.enum(["channel", "campaign"]);
export type StepLevel = z.infer<typeof StepLevel>;

export const PATH_ORDERS = ["conversions", "revenue", "journeys"] as const;
export const PathOrder = z.enum(PATH_ORDERS);
export type PathOrder = z.infer<typeof PathOrder>;

export const JourneyPathsInput = JourneySelection.extend({
  by: StepLevel.default("channel"),
  /** Repeats of a step count as one. */
  collapse: z.boolean().default(true),
  /** Of longer paths the last steps are shown, and those that end alike stand together. */
  maxSteps: z.number().int().min(1).max(50).default(8),
  orderBy: PathOrder.default("conversions"),
  page: z.number().int().min(0).max(10_000).default(0),
  pageSize: z.number().int().min(1).max(1000).default(15),
});

/** One page of the most common paths. Rows and `others` add up exactly to `total`. */
export const JourneyPaths = z.object({
  total: JourneyFigures,
  /** Different paths in all. */
  paths: z.number(),
  page: z.number(),
  pageSize: z.number(),
  rows: z.array(
    JourneyFigures.extend({
      path: z.array(JourneyStep),
      /** There were more steps before the first one shown. */
      isCut: z.boolean(),
      /** Of all conversions; null without any. */
      share: z.number().nullable(),
    }),
  ),
  /** All paths that are not on this page, before it and after it; null where it holds all. */
  others: JourneyFigures.extend({ paths: z.number(), share: z.number().nullable() }).nullable(),
});
export type JourneyPaths = z.infer<typeof JourneyPaths>;

/** From `low` up to but without `high`; the last bucket of a histogram may be open. */
export const JourneyBucket = JourneyFigures.extend({ low: z.number(), high: z.number().nullable() });
export type JourneyBucket = z.infer<typeof JourneyBucket>;

/** Time in seconds, of converted journeys only; touches of all journeys. Buckets without any journey are there with zeros. */
export const JourneyLengths = z.object({ time: z.array(JourneyBucket), touches: z.array(JourneyBucket) });
export type JourneyLengths = z.infer<typeof JourneyLengths>;

export const JourneyPositionsInput = JourneySelection.extend({
  by: StepLevel.default("channel"),
  limit: z.number().int().min(1).max(1000).default(50),
});

const Part = z.object({ conversions: z.number(), revenue: DecimalString });

/**
 * The part of each channel or campaign, most conversions first. Opens and closes each add up to all conversions (where all rows are
 * there); in every row closes and assists add up to the conversions of the journeys that it stands in.
 */
export const JourneyPositions = z.object({
  total: JourneyFigures,
  /** How many there are in all: rows beyond the limit are left out. */
  steps: z.number(),
  rows: z.array(
    JourneyFigures.extend({
      step: JourneyStep,
      opens: Part,
      assists: Part,
      closes: Part,
      alone: Part,
      /** Assists for each conversion that it closes; null where it closes none. */
      assistRatio: z.number().nullable(),
    }),
  ),
});
export type JourneyPositions = z.infer<typeof JourneyPositions>;

export const FLOW_ENDS = ["first", "last"] as const;
/** The first steps of all journeys, or the last ones before a conversion. */
export const FlowEnd = z.enum(FLOW_ENDS);
export type FlowEnd = z.infer<typeof FlowEnd>;

export const JourneyFlowInput = JourneySelection.extend({
  by: StepLevel.default("channel"),
  collapse: z.boolean().default(true),
  end: FlowEnd.default("first"),
  steps: z.number().int().min(1).max(10).default(4),
  /** So many channels are told apart; the rest stands together as others. */
  most: z.number().int().min(1).max(20).default(7),
});

export const FlowNodeKind = z.enum([
  "step",
  "others",
  "start",
  "earlier",
  "converted",
  "convertedLater",
  "dropped",
  "droppedLater",
]);
export type FlowNodeKind = z.infer<typeof FlowNodeKind>;

/**
 * Steps stand at places 1 to `steps`; starts at the place before the first step of a journey, ends at the one after its last.
 * What flows into a step equals what flows out of it; what flows out of the starts is `journeys`.
 */
export const JourneyFlow = z.object({
  currency: z.string(),
  end: FlowEnd,
  journeys: z.number(),
  converted: z.number(),
  steps: z.number(),
  nodes: z.array(
    z.object({
      id: z.string(),
      place: z.number(),
      kind: FlowNodeKind,
      /** Of kind `step` only. */
      step: JourneyStep.nullable(),
      journeys: z.number(),
    }),
  ),
  links: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      journeys: z.number(),
      conversions: z.number(),
      revenue: DecimalString,
    }),
  ),
});
export type JourneyFlow = z.infer<typeof JourneyFlow>;
