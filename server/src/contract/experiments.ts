import { z } from "zod";
import { DateRange, DecimalString, IsoDate } from "./scalars.ts";

/** What a lift test can be; files may name others. */
export const EXPERIMENT_METHODS = ["geo", "holdout", "ghost-ads", "platform-lift", "switch-off"] as const;

/** `total`: against no spend at all. `marginal`: between two levels of spend. Empty where nobody says. */
export const ESTIMANDS = ["", "total", "marginal"] as const;

const Cost = DecimalString.refine((text) => !text.startsWith("-"), "it must be an amount that is not negative");
const Name = z.string().trim().min(1).max(200);

/** A lift test as people enter it. */
export const ExperimentEntry = z.object({
  experimentId: Name,
  channel: Name,
  method: Name,
  startDate: IsoDate,
  endDate: IsoDate,
  /** What was spent on what the test switched on, or saved by what it switched off. */
  spend: Cost,
  incrementalConversions: z.number(),
  standardError: z.number(),
  /** Empty: all types. */
  conversionType: z.string().max(200).default(""),
  spendControl: Cost.nullable().default(null),
  spendTest: Cost.nullable().default(null),
  estimand: z.enum(ESTIMANDS).default(""),
});
export type ExperimentEntry = z.output<typeof ExperimentEntry>;

/** Why a test can or should not be held against the model, by code. */
export const EXPERIMENT_PROBLEMS = [
  "ends-before-start",
  "no-standard-error",
  "more-than-booked",
  "unknown-channel",
  "in-future",
  "no-bookings",
] as const;
export const ExperimentProblem = z.enum(EXPERIMENT_PROBLEMS);
export type ExperimentProblem = z.infer<typeof ExperimentProblem>;

export const Interval = z.object({ low: z.number(), high: z.number() });

export const Experiment = ExperimentEntry.extend({
  /** Files may say what they like. */
  estimand: z.string(),
  /** Of incremental conversions, 90 %. */
  interval: Interval,
  /** Null where nothing was gained for sure, or nothing spent. */
  costPerIncremental: z.number().nullable(),
  /** Conversions booked on its days, of its type. */
  booked: z.number(),
  problems: z.array(ExperimentProblem),
  /** The incremental model's figure for the same channel, days and share of the spend; null where there is no run of it. */
  model: z
    .object({
      run: z.string(),
      conversions: z.number(),
      standardError: z.number().nullable(),
      /** Of the channel's spend on these days, the part that the test was about. */
      spendShare: z.number(),
    })
    .nullable(),
  /** Model less test, in standard errors of both; null where they cannot be compared. */
  gap: z.number().nullable(),
});
export type Experiment = z.infer<typeof Experiment>;

export const Experiments = z.object({ currency: z.string(), experiments: z.array(Experiment) });
export type Experiments = z.infer<typeof Experiments>;

/** Beyond so many standard errors test and model contradict each other. */
export const GAP_LIMIT = 1.6448536269514722;

export const GeoMetric = z.enum(["conversions", "revenue"]);
export type GeoMetric = z.infer<typeof GeoMetric>;

const Regions = z.array(Name).max(200);

const GeoQuestion = z.object({
  channel: Name,
  metric: GeoMetric.default("conversions"),
  conversionType: z.string().max(200).default(""),
  /** Regions that are neither tested nor compared with. */
  exclude: Regions.default([]),
});

export const DesignInput = GeoQuestion.extend({
  /** Test regions that are wished; chosen where there are none. */
  regions: Regions.default([]),
  count: z.number().int().min(1).max(20).optional(),
  days: z.number().int().min(3).max(120).default(21),
});
export type DesignInput = z.input<typeof DesignInput>;

const WeightedRegions = z.array(z.object({ region: z.string(), weight: z.number() }));

const TimeBefore = z.object({ lift: z.number(), pValue: z.number() }).nullable();

/** How many regions and days a figure stands on. */
const PanelFacts = z.object({
  regions: z.number(),
  history: DateRange,
  /** Share of the metric that names no region, or one beyond the largest, and is left out. */
  leftOut: z.number(),
});

export const GeoDesignAnswer = z.object({
  currency: z.string(),
  channel: z.string(),
  metric: GeoMetric,
  days: z.number(),
  panel: PanelFacts,
  designs: z.array(
    z.object({
      testRegions: z.array(z.string()),
      share: z.number(),
      /** Smallest lift that is found 8 times in 10, at 90 %; null where even doubling would not show. */
      detectableLift: z.number().nullable(),
      detectableIncremental: z.number().nullable(),
      falseAlarms: z.number(),
      windows: z.number(),
      curve: z.array(z.object({ lift: z.number(), found: z.number() })),
      fitError: z.number(),
      controls: WeightedRegions,
      timeBefore: TimeBefore,
      /** Of the channel in these regions over the days of the test, as things are. Null without spend. */
      spend: z.number().nullable(),
      spendBasis: z.enum(["regional", "by-share"]).nullable(),
      /** Spend over what is just detectable: a channel that costs more for each is not told from nothing. */
      detectableCost: z.number().nullable(),
    }),
  ),
});
export type GeoDesignAnswer = z.infer<typeof GeoDesignAnswer>;

export const AnalyseInput = GeoQuestion.extend({
  testRegions: Regions.min(1),
  range: DateRange,
  /** What the test spent, where spend is not known by region. */
  spend: Cost.optional(),
});
export type AnalyseInput = z.input<typeof AnalyseInput>;

export const GEO_ANALYSIS_METHODS = [
  "synthetic-control",
  "augmented-synthetic-control",
  "difference-in-differences",
] as const;
export const GeoAnalysisMethod = z.enum(GEO_ANALYSIS_METHODS);
export type GeoAnalysisMethod = z.infer<typeof GeoAnalysisMethod>;

/** What to know before believing a result, by code. */
export const GeoCaution = z.enum([
  "little-time-before",
  "few-controls",
  "poor-fit",
  "time-before-differs",
  "methods-differ",
]);
export type GeoCaution = z.infer<typeof GeoCaution>;

export const GeoAnalysis = z.object({
  currency: z.string(),
  channel: z.string(),
  metric: GeoMetric,
  testRegions: z.array(z.string()),
  range: DateRange,
  level: z.number(),
  panel: PanelFacts,
  /** Every day of the panel until the end of the test. */
  dates: z.array(IsoDate),
  observed: z.array(z.number()),
  methods: z.array(
    z.object({
      method: GeoAnalysisMethod,
      lift: z.number(),
      liftInterval: Interval,
      incremental: z.number(),
      incrementalInterval: Interval,
      pValue: z.number(),
      standardError: z.number(),
      jackknifeInterval: Interval.nullable(),
      fitError: z.number(),
      /** Spend for each incremental conversion, or incremental revenue for each unit of spend; null without spend, or where nothing was gained. */
      costPerIncremental: z.number().nullable(),
      incrementalRoas: z.number().nullable(),
      weights: WeightedRegions,
      counterfactual: z.array(z.number()),
    }),
  ),
  timeBefore: TimeBefore,
  spend: z.number().nullable(),
  cautions: z.array(GeoCaution),
});
export type GeoAnalysis = z.infer<typeof GeoAnalysis>;

export const TestSuggestions = z.object({
  currency: z.string(),
  /** The model that the figures are of, and its days; null where there is nothing to suggest from. */
  model: z.string().nullable(),
  range: DateRange.nullable(),
  /** What the value stands on. */
  movableShare: z.number(),
  testPrecision: z.number(),
  channels: z.array(
    z.object({
      channel: z.string(),
      /** A week. */
      spend: z.number(),
      /** Revenue for one unit of spend, null where the model says nothing of the channel, and its standard error. */
      mean: z.number().nullable(),
      standardError: z.number().nullable(),
      /** Of the money in the other channels. */
      reference: z.number(),
      /** A week, in money; null where the model gives no interval. */
      value: z.number().nullable(),
      isHeld: z.boolean(),
    }),
  ),
});
export type TestSuggestions = z.infer<typeof TestSuggestions>;

export const GeoRegions = z.object({
  regions: z.array(z.object({ region: z.string(), share: z.number() })),
  history: DateRange.nullable(),
});
export type GeoRegions = z.infer<typeof GeoRegions>;

/** What became of a test that was entered. */
export const AddedExperiment = z.object({
  experimentId: z.string(),
  /** One of this id was there and said something else. */
  replaced: z.boolean(),
  unchanged: z.boolean(),
});
export type AddedExperiment = z.infer<typeof AddedExperiment>;

/** An analysis to keep as a lift test. */
export const KeepAnalysisInput = z.object({
  experimentId: Name,
  method: GeoAnalysisMethod.default("synthetic-control"),
  analysis: AnalyseInput,
});
