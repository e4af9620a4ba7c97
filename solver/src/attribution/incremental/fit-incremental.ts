import { assembleRates, type RateLayout } from "./assemble-rates.ts";
import { calibrateByTests, type LiftEvidence } from "./calibrate.ts";
import type { CaptureSignature } from "./demand-capture.ts";
import { type EffectsFit, fitEffects } from "./fit-effects.ts";
import { classifyIntent, type IntentStatistics, weighMarks } from "./intent.ts";
import { LAG_BINS, LAG_EDGES_DAYS } from "./lag-curves.ts";
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
  /** Of the intervals: 0.9 where not given. */
  readonly level?: number;
  readonly random: () => number;
}

/** A lift test as it was run; days count from the first day of the window. */
export interface LiftTest {
  readonly id: string;
  readonly channel: number;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly incremental: number;
  readonly standardError: number;
  /** Part of the channel's spend that differed between test and control; 1 where all of it was switched off. */
  readonly part: number;
}

/** What the model says of a channel; conversions are of the fitted days and of people who were reached. */
export interface ChannelEffect {
  readonly channel: string;
  readonly conversions: number;
  readonly low: number;
  readonly high: number;
  readonly perTouch: number;
  /** Time by which half of the effect has come; null where there is none. */
  readonly halfLifeDays: number | null;
  /** Conversions a touch in a day, by lag bin. */
  readonly effectByLag: readonly number[];
  /** Conversions that go with the touches and are not caused by them (negative: the touches go to people who buy less). */
  readonly selected: number;
  readonly chanceOfEffect: number;
  /** Conversions that the effect would have but for people's intent, which their visits show. */
  readonly intended: number;
  /** What lift tests made of it: their factor on the model's own figure. */
  readonly calibration: number;
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
  const { statistics, people, signatures, isOwned, random, level = 0.9 } = task;
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
  return conclude(task, allowed, factors, level);
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
  const before = meansOf(plain);
  const intended = meansOf(fit).map((mean, i) => before[i]! - mean);
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
  const means = meansOf(fit);
  for (let draw = 0; draw < fit.draws; draw++) {
    for (let i = 0; i < n; i++) {
      const doubt = Math.hypot(OWN_ERROR * means[i]!, INTENT_ERROR * intended[i]!);
      const at = draw * n + i;
      fit.drawn[at] = Math.max(0, fit.drawn[at]! + doubt * normal(random));
    }
  }
  return intended.map((each, i) => Math.min(1, Math.abs(each) / Math.max(1, means[i]! + Math.abs(each))));
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function meansOf({ drawn, draws, layout }: EffectsFit): Float64Array {
  const n = layout.fitted.length;
  const means = new Float64Array(n);
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < n; i++) means[i]! += drawn[draw * n + i]! / draws;
  }
  return means;
}

/** The effects are of the fitted days: a test is held against them by its touches over theirs. */
function evidenceOf(test: LiftTest, statistics: IncrementalStatistics, layout: RateLayout): LiftEvidence[] {
  const { fitted, firstDay } = layout;
  const channel = fitted.indexOf(test.channel);
  if (channel < 0) return [];
  const { days, buckets, channels, touchesByDay } = statistics;
  let inside = 0;
  let ofFittedDays = 0;
  for (let bucket = 0; bucket < buckets; bucket++) {
    for (let day = 0; day < days; day++) {
      const touches = touchesByDay[(bucket * channels.length + test.channel) * days + day]!;
      if (day >= firstDay) ofFittedDays += touches;
      if (day >= test.firstDay && day <= test.lastDay) inside += touches;
    }
  }
  if (inside === 0 || ofFittedDays === 0 || !(test.standardError > 0)) return [];
  const share = (inside / ofFittedDays) * test.part;
  return [{ channel, incremental: test.incremental, standardError: test.standardError, share }];
}

function conclude(
  { statistics, signatures, isOwned, tests }: IncrementalTask,
  { fit, intended, markEdges, markWeights }: AllowedFit,
  factors: Float64Array,
  level: number,
): IncrementalFit {
  const { layout, theta, pilot } = fit;
  const { fitted, effectsFrom, strata, stratumOf, firstDay } = layout;
  const n = fitted.length;
  const rates = new Float64Array(statistics.channels.length * LAG_BINS);
  const selectionRates = new Float64Array(statistics.channels.length);
  fitted.forEach((channel, i) => {
    selectionRates[channel] = theta[strata + i]!;
    for (let bin = 0; bin < LAG_BINS; bin++) {
      rates[channel * LAG_BINS + bin] = theta[effectsFrom + i * LAG_BINS + bin]! * factors[i]!;
    }
  });
  const own = creditOf(fit);
  const usualRate = usualRateOf(fit);
  const channels = statistics.channels.map((channel, index): ChannelEffect => {
    const i = fitted.indexOf(index);
    if (i < 0) {
      const tested = testedEffect(statistics, tests, layout, index);
      if (tested === null || signatures[index]?.isFlagged !== true) return describeHeld(channel, signatures[index]);
      return describeTested(channel, signatures[index], tested, usualRate, rates.subarray(index * LAG_BINS));
    }
    const sorted = Float64Array.from({ length: fit.draws }, (_, draw) => fit.drawn[draw * n + i]!).sort();
    const effectByLag = [...rates.subarray(index * LAG_BINS, (index + 1) * LAG_BINS)];
    return {
      channel,
      conversions: own[i]! * factors[i]!,
      low: quantileOf(sorted, (1 - level) / 2),
      high: quantileOf(sorted, (1 + level) / 2),
      perTouch: effectByLag.reduce((sum, rate, bin) => sum + rate * widthOf(bin), 0),
      halfLifeDays: halfLifeOf(effectByLag),
      effectByLag,
      selected: fit.selected[i]!,
      intended: intended[i]!,
      chanceOfEffect: fit.chanceOfEffect[i]!,
      calibration: factors[i]!,
    };
  });
  return {
    channels,
    level,
    conversions: fit.conversions,
    firstDay,
    overdispersion: fit.overdispersion,
    converged: pilot.converged,
    season: [...pilot.season],
    rates: [...rates],
    stratumRates: Array.from({ length: SIZE_CLASSES }, (_, size) => theta[stratumOf[size]!]!),
    selectionRates: [...selectionRates],
    markWeights: [...markWeights],
    markEdges,
    intentRates: [0, ...theta.subarray(layout.sizes, strata)],
    usedTests: tests.filter(({ channel }) => !isOwned[channel]).map(({ id }) => id),
  };
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

/** Part of a flagged channel's conversions that may be its own doing. */
export const CAPTURED_AT_MOST = 0.3;

/** Own visits and flagged channels get no credit; of the latter a part may be real. */
function describeHeld(channel: string, signature: CaptureSignature | undefined): ChannelEffect {
  const high = signature?.isFlagged === true ? CAPTURED_AT_MOST * signature.excess : 0;
  return {
    ...{ channel, conversions: 0, low: 0, high, perTouch: 0, halfLifeDays: null, effectByLag: [] },
    ...{ selected: 0, intended: 0, chanceOfEffect: 0, calibration: 1 },
  };
}

/** What lift tests say of all of a channel's effect in the window; null where there is none. */
function testedEffect(
  statistics: IncrementalStatistics,
  tests: readonly LiftTest[],
  layout: RateLayout,
  channel: number,
): { mean: number; error: number } | null {
  let weight = 0;
  let sum = 0;
  for (const { incremental, standardError, share } of tests.flatMap((test) =>
    evidenceOf(test, statistics, { ...layout, fitted: [channel] }),
  )) {
    const precision = (share / standardError) ** 2;
    weight += precision;
    sum += (precision * incremental) / share;
  }
  return weight > 0 ? { mean: Math.max(0, sum / weight), error: 1 / Math.sqrt(weight) } : null;
}

/** Conversions of a reached person in a day, on average. */
function usualRateOf({ layout, pilot, conversions }: EffectsFit): number {
  let time = 0;
  for (let size = 0; size < layout.sizes; size++) time += pilot.exposure[size]!;
  return time > 0 ? conversions / time : 0;
}

const CLOSING_BINS = LAG_EDGES_DAYS.indexOf(16 / 24);
const MOST_OF_A_CONVERSION = 0.95;

/**
 * A flagged channel that was tested gets what the tests found: the same part of every conversion that follows its touches at once.
 * @param rates of the channel by lag bin, written here
 */
function describeTested(
  channel: string,
  { excess }: CaptureSignature,
  { mean, error }: { mean: number; error: number },
  usualRate: number,
  rates: Float64Array,
): ChannelEffect {
  const part = Math.min(MOST_OF_A_CONVERSION, excess > 0 ? mean / excess : 0);
  for (let bin = 0; bin < CLOSING_BINS; bin++) rates[bin] = (part / (1 - part)) * usualRate;
  const effectByLag = [...rates.subarray(0, LAG_BINS)];
  return {
    ...{ channel, conversions: mean, low: Math.max(0, mean - 1.645 * error), high: mean + 1.645 * error },
    ...{ perTouch: effectByLag.reduce((sum, rate, bin) => sum + rate * widthOf(bin), 0), effectByLag },
    ...{ halfLifeDays: halfLifeOf(effectByLag), selected: 0, intended: 0, chanceOfEffect: 1, calibration: 0 },
  };
}

const widthOf = (bin: number): number => LAG_EDGES_DAYS[bin + 1]! - LAG_EDGES_DAYS[bin]!;

function halfLifeOf(effectByLag: readonly number[]): number | null {
  const total = effectByLag.reduce((sum, rate, bin) => sum + rate * widthOf(bin), 0);
  if (total <= 0) return null;
  let arrived = 0;
  for (const [bin, rate] of effectByLag.entries()) {
    const here = rate * widthOf(bin);
    if (arrived + here >= total / 2) return LAG_EDGES_DAYS[bin]! + ((total / 2 - arrived) / here) * widthOf(bin);
    arrived += here;
  }
  return LAG_EDGES_DAYS[LAG_BINS]!;
}

function quantileOf(sorted: Float64Array, level: number): number {
  const at = (sorted.length - 1) * level;
  const low = Math.floor(at);
  const high = Math.min(sorted.length - 1, low + 1);
  return sorted[low]! + (sorted[high]! - sorted[low]!) * (at - low);
}
