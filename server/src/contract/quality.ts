import { z } from "zod";
import { ModelName } from "./attribution.ts";
import { DateRange, DecimalString, IsoDate } from "./scalars.ts";

export const QualityInput = z.object({ range: DateRange });

/** The models that foretell how journeys end; each order of Markov is one of its own. */
export const JUDGED_MODELS = [
  "first",
  "last",
  "linear",
  "time-decay",
  "position-based",
  "markov",
  "shapley",
  "logistic",
  "incremental",
] as const satisfies readonly ModelName[];

/** Journeys of a tenth of the chances: what was foretold and what came. */
export const CalibrationBin = z.object({
  from: z.number(),
  to: z.number(),
  journeys: z.number(),
  conversions: z.number(),
  foretold: z.number(),
  observed: z.number(),
});

export const ModelScore = z.object({
  model: z.enum(JUDGED_MODELS),
  /** Markov only. */
  order: z.number().nullable(),
  /** Of a held-out journey, on average. */
  logLikelihood: z.number(),
  /** Over the one chance that all journeys have alike, with its standard error. */
  gain: z.number(),
  gainError: z.number(),
  auc: z.number().nullable(),
  calibration: z.array(CalibrationBin),
});
export type ModelScore = z.infer<typeof ModelScore>;

const Counted = z.object({ journeys: z.number(), conversions: z.number() });

export const JourneyScores = z.object({
  training: Counted,
  heldOut: Counted,
  /** Log-likelihood of a held-out journey under the one chance of all. */
  constant: z.number(),
  /** Standard error of an AUC where a model knows nothing. */
  aucError: z.number(),
  models: z.array(ModelScore),
  refused: z.array(z.object({ model: z.enum(JUDGED_MODELS), reason: z.string() })),
});
export type JourneyScores = z.infer<typeof JourneyScores>;

/** The incremental model's own forecast: rates of people over time, fitted on three quarters of them. */
export const RateScores = z.object({
  conversions: z.number(),
  expected: z.number(),
  gain: z.number(),
  gainError: z.number(),
  timingGain: z.number(),
  timingGainError: z.number(),
  /** How often the effect of the touches before is larger at a conversion than at a random moment; null where nobody comes by themselves. */
  effectAuc: z.number().nullable(),
});
export type RateScores = z.infer<typeof RateScores>;

export const HELD_OUT_WARNINGS = ["no-signal", "few-held-out", "no-timing"] as const;

export const HeldOutQuality = z.object({
  /** Null where journeys cannot be scored; `journeysReason` says why. */
  journeys: JourneyScores.nullable(),
  journeysReason: z.string().nullable(),
  /** Null where nobody who was reached converted. */
  rates: RateScores.nullable(),
  warnings: z.array(z.enum(HELD_OUT_WARNINGS)),
});
export type HeldOutQuality = z.infer<typeof HeldOutQuality>;

const Foretold = z.object({
  expected: z.number(),
  low: z.number(),
  high: z.number(),
  ofTouches: z.number(),
  /** What the same rule says that does not look at touches. */
  withoutTouches: z.number(),
  /** Booked conversions that came. */
  seen: z.number(),
});

export const ForecastWeek = Foretold.extend({
  from: IsoDate,
  to: IsoDate,
  days: z.array(Foretold.extend({ date: IsoDate })),
});
export type ForecastWeek = z.infer<typeof ForecastWeek>;

export const ForecastQuality = z.object({
  level: z.number(),
  /** The newest first; none where the data before a week is too short. */
  weeks: z.array(ForecastWeek),
});
export type ForecastQuality = z.infer<typeof ForecastQuality>;

export const CHANNEL_FINDINGS = [
  "owned",
  "demand-capture",
  "not-identified",
  "calibrated",
  "low-coverage",
  "follows-purchases",
  "stops-at-purchase",
] as const;
export type ChannelFinding = (typeof CHANNEL_FINDINGS)[number];

/** Pairs of a touch and a conversion of one person, at one distance: below 0 the conversion came first. */
export const LagEvidence = z.object({
  fromDays: z.number(),
  toDays: z.number(),
  pairs: z.number(),
  /** Conversions of a touch in a day, with its 90 % interval. */
  rate: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** The usual rate and the fitted effect; null before the touch, and where the channel has no fitted effect. */
  fitted: z.number().nullable(),
});

export const ChannelQuality = z.object({
  channel: z.string(),
  findings: z.array(z.enum(CHANNEL_FINDINGS)),
  touches: z.number(),
  /** Conversions of the range that it is credited with; null where it has no fitted effect. */
  effect: z.object({ conversions: z.number(), low: z.number(), high: z.number(), level: z.number() }).nullable(),
  perTouch: z.number(),
  halfLifeDays: z.number().nullable(),
  /** Seen touches over impressions and clicks delivered; null where the spend files carry neither. */
  coverage: z.number().nullable(),
  /** Part of the two weeks' excess after a touch that comes within sixteen hours. */
  shareSoon: z.number(),
  /** Conversions within eight hours of a touch, beyond its usual rate. */
  soonPerTouch: z.number(),
  /** What comes in the three days before a touch, against the usual rate; null where nothing is usual. */
  beforeRatio: z.number().nullable(),
  /** Conversions of a touch in a day, two weeks to a month away. */
  usual: z.number().nullable(),
  lags: z.array(LagEvidence),
});
export type ChannelQuality = z.infer<typeof ChannelQuality>;

export const ChannelsQuality = z.object({ channels: z.array(ChannelQuality), warnings: z.array(z.string()) });
export type ChannelsQuality = z.infer<typeof ChannelsQuality>;

export const DisagreementInput = QualityInput.extend({ a: ModelName, b: ModelName });

/** Credited revenue of two models, the widest gap first. */
export const Disagreement = z.object({
  currency: z.string(),
  a: ModelName,
  b: ModelName,
  booked: DecimalString,
  /** Revenue that the two give to different receivers: half of all gaps, the baseline's included. */
  moved: DecimalString,
  rows: z.array(
    z.object({
      /** Null: what no channel gets. */
      channel: z.string().nullable(),
      a: DecimalString,
      b: DecimalString,
      /** a - b. */
      difference: DecimalString,
      spend: DecimalString.nullable(),
    }),
  ),
});
export type Disagreement = z.infer<typeof Disagreement>;
