import { drawNormal } from "../../draw-normal.ts";
import { assembleRates } from "./assemble-rates.ts";
import { calibrateByTests } from "./calibrate.ts";
import type { CaptureSignature } from "./demand-capture.ts";
import {
  type ChannelEffect,
  closingTouches,
  describeFitted,
  describeHeld,
  describeTested,
  EFFECT_LEVEL,
} from "./describe-effects.ts";
import { meansOf } from "./effect-draws.ts";
import { type EffectsFit, fitEffects } from "./fit-effects.ts";
import { classifyIntent, type IntentStatistics, weighMarks } from "./intent.ts";
import { LAG_BINS } from "./lag-curves.ts";
import { evidenceOf, type LiftTest, testedEffect } from "./lift-evidence.ts";
import { type IncrementalStatistics, type ReachedPeople, SIZE_CLASSES } from "./statistics.ts";

export interface IncrementalTask {
  readonly statistics: IncrementalStatistics;
  readonly people: ReachedPeople;
  readonly signatures: readonly CaptureSignature[];
  readonly isOwned: readonly boolean[];
  /** Null where nobody comes of their own accord, or it was not looked at. */
  readonly intent: IntentStatistics | null;
  /** Lift tests; channels are indices into the statistics' channels. */
  readonly tests: readonly LiftTest[];
  readonly random: () => number;
}

export interface IncrementalFit {
  readonly channels: readonly ChannelEffect[];
  readonly level: number;
  /** Conversions of reached people on the fitted days. */
  readonly conversions: number;
  readonly firstDay: number;
  readonly overdispersion: number;
  readonly converged: boolean;
  /** Demand by day from `firstDay`, mean 1. */
  readonly season: readonly number[];
  /** What credit is made of in SQL: channels x lag bins, size classes, channels. */
  readonly rates: readonly number[];
  /** Of channels that lift tests alone tell: channels x lag bins; none where there is no such channel. */
  readonly odds: readonly number[];
  readonly stratumRates: readonly number[];
  readonly selectionRates: readonly number[];
  /** Marks of intent: channels x lag bins; the sums at which classes begin; what each class adds to the base, from class 0. */
  readonly markWeights: readonly number[];
  readonly markEdges: readonly number[];
  readonly intentRates: readonly number[];
  readonly usedTests: readonly string[];
}

const DRAWS = 2_000;

/**
 * The incremental model: what the touches of each channel caused, beyond what people would have bought anyway.
 * @returns null where nobody who converted had been reached
 */
export function fitIncremental(task: IncrementalTask): IncrementalFit | null {
  const { statistics, people, signatures, isOwned, random } = task;
  const fitted = statistics.channels
    .map((_, channel) => channel)
    .filter((channel) => !isOwned[channel] && signatures[channel]?.isFlagged !== true);
  if (fitted.length === 0) return null;
  const plain = fitEffects(assembleRates(statistics, people, fitted), { draws: DRAWS, random });
  if (plain === null) return null;
  const allowed = allowForIntent(task, fitted, plain);
  const { fit, intended } = allowed;
  const suspicion = addDoubt(fit, intended, random);
  const evidence = task.tests.flatMap((test) => evidenceOf(test, statistics, fit.layout));
  const factors =
    evidence.length === 0
      ? new Float64Array(fitted.length).fill(1)
      : calibrateByTests(fit.drawn, fitted.length, evidence, { random, suspicion });
  return conclude(task, allowed, factors);
}

/** The fit among people whose past shows the same intent, where that can be seen; and what it takes from each channel. */
function allowForIntent(
  { statistics, people, intent, random }: IncrementalTask,
  fitted: readonly number[],
  plain: EffectsFit,
): AllowedFit {
  const markWeights = new Float64Array(statistics.channels.length * LAG_BINS);
  const none = { fit: plain, intended: new Float64Array(fitted.length), markEdges: [], markWeights };
  const weights = intent === null ? null : weighMarks(intent);
  if (intent === null || weights === null) return none;
  const classes = classifyIntent(statistics.conversions, intent, weights);
  const fit = fitEffects(assembleRates(statistics, people, fitted, classes), { draws: DRAWS, random });
  if (fit === null) return none;
  const before = meansOf(plain.drawn, fitted.length);
  const intended = meansOf(fit.drawn, fitted.length).map((mean, i) => before[i]! - mean);
  return { fit, intended, markEdges: classes.edges, markWeights: classes.markWeights };
}

interface AllowedFit {
  readonly fit: EffectsFit;
  /** Conversions that intent takes from each fitted channel. */
  readonly intended: Float64Array;
  readonly markEdges: readonly number[];
  readonly markWeights: Float64Array;
}

/** The model's own error, relative; and the part of what intent explained that may be wrong. */
const OWN_ERROR = 0.06;
const INTENT_ERROR = 0.3;

/**
 * Widens the draws by what they cannot know: that the model is one, and that intent is seen by its marks only.
 * @returns how suspicious each channel is: the part of its first figure that was intent
 */
function addDoubt(fit: EffectsFit, intended: Float64Array, random: () => number): Float64Array {
  const n = intended.length;
  const means = meansOf(fit.drawn, n);
  for (let draw = 0; draw < fit.draws; draw++) {
    for (let i = 0; i < n; i++) {
      const doubt = Math.hypot(OWN_ERROR * means[i]!, INTENT_ERROR * intended[i]!);
      const at = draw * n + i;
      fit.drawn[at] = Math.max(0, fit.drawn[at]! + doubt * drawNormal(random));
    }
  }
  return intended.map((each, i) => Math.min(1, Math.abs(each) / Math.max(1, means[i]! + Math.abs(each))));
}

function conclude(task: IncrementalTask, allowed: AllowedFit, factors: Float64Array): IncrementalFit {
  const { fit, markEdges, markWeights } = allowed;
  const { layout, theta, pilot } = fit;
  const { fitted, strata, stratumOf, firstDay } = layout;
  const channels = describeChannels(task, allowed, factors);
  const selectionRates = new Float64Array(channels.length);
  fitted.forEach((channel, i) => {
    selectionRates[channel] = theta[strata + i]!;
  });
  const noRates: readonly number[] = new Array(LAG_BINS).fill(0);
  return {
    ...{ channels, level: EFFECT_LEVEL, conversions: fit.conversions, firstDay },
    ...{ overdispersion: fit.overdispersion, converged: pilot.converged, season: [...pilot.season] },
    rates: channels.flatMap(({ effectByLag, isTested }) =>
      effectByLag.length > 0 && !isTested ? effectByLag : noRates,
    ),
    odds: channels.some(({ isTested }) => isTested)
      ? channels.flatMap(({ oddsByLag }) => (oddsByLag.length > 0 ? oddsByLag : noRates))
      : [],
    stratumRates: Array.from({ length: SIZE_CLASSES }, (_, size) => theta[stratumOf[size]!]!),
    selectionRates: [...selectionRates],
    markWeights: [...markWeights],
    markEdges,
    intentRates: [0, ...theta.subarray(layout.sizes, strata)],
    usedTests: task.tests.filter(({ channel }) => !task.isOwned[channel]).map(({ id }) => id),
  };
}

function describeChannels(
  { statistics, signatures, tests }: IncrementalTask,
  { fit, intended }: AllowedFit,
  factors: Float64Array,
): ChannelEffect[] {
  const { fitted, effectsFrom, firstDay } = fit.layout;
  const own = creditOf(fit);
  const usualRate = usualRateOf(fit);
  return statistics.channels.map((channel, index) => {
    const i = fitted.indexOf(index);
    if (i < 0) {
      const signature = signatures[index];
      const tested = signature?.isFlagged === true ? testedEffect(tests, statistics, index, firstDay) : null;
      if (signature === undefined || tested === null) return describeHeld(channel, signature);
      return describeTested(channel, closingTouches(statistics, index, firstDay), tested, usualRate);
    }
    const first = effectsFrom + i * LAG_BINS;
    const calibration = factors[i]!;
    return describeFitted(channel, fit, i, {
      ...{ conversions: own[i]! * calibration, intended: intended[i]!, calibration },
      effectByLag: Array.from(fit.theta.subarray(first, first + LAG_BINS), (rate) => rate * calibration),
    });
  });
}

/** Conversions that the mean rates make, by fitted channel. */
function creditOf({ layout, theta, pilot }: EffectsFit): Float64Array {
  return Float64Array.from(layout.fitted, (_, i) => {
    let sum = 0;
    for (let bin = 0; bin < LAG_BINS; bin++) {
      const term = layout.effectsFrom + i * LAG_BINS + bin;
      sum += theta[term]! * pilot.exposure[term]!;
    }
    return sum;
  });
}

/** Conversions of a reached person in a day, on average. */
function usualRateOf({ layout, pilot, conversions }: EffectsFit): number {
  let time = 0;
  for (let size = 0; size < layout.sizes; size++) time += pilot.exposure[size]!;
  return time > 0 ? conversions / time : 0;
}
