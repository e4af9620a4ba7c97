import { quantile } from "../../quantile.ts";
import type { CaptureSignature } from "./demand-capture.ts";
import type { EffectsFit } from "./fit-effects.ts";
import { LAG_BINS, LAG_EDGES_DAYS } from "./lag-curves.ts";
import type { TestedEffect } from "./lift-evidence.ts";
import type { IncrementalStatistics } from "./statistics.ts";

/** What the model says of a channel; conversions are of the fitted days and of people who were reached. */
export interface ChannelEffect {
  readonly channel: string;
  readonly conversions: number;
  readonly low: number;
  readonly high: number;
  readonly perTouch: number;
  /** Time by which half of the effect has come; null where there is none. */
  readonly halfLifeDays: number | null;
  /** Conversions a touch in a day, by lag bin; none where nothing was fitted. */
  readonly effectByLag: readonly number[];
  /** Conversions that go with the touches and are not caused by them (negative: the touches go to people who buy less). */
  readonly selected: number;
  readonly chanceOfEffect: number;
  /** Conversions that the effect would have but for people's intent, which their visits show. */
  readonly intended: number;
  /** What lift tests made of it: their factor on the model's own figure, 1 where there is none. */
  readonly calibration: number;
  /** Lift tests alone tell the effect: the model has no figure of its own. */
  readonly isTested: boolean;
  /**
   * By lag bin: what a touch takes of a conversion, over all that others take of it. Only of a channel that lift tests alone tell, and
   * of the touches shortly before a conversion; none elsewhere.
   */
  readonly oddsByLag: readonly number[];
}

/** Of the intervals. */
export const EFFECT_LEVEL = 0.9;
/** So many standard errors on both sides hold this share of a normal distribution. */
const ERRORS_AT_LEVEL = 1.645;

interface FittedEffect {
  readonly conversions: number;
  readonly effectByLag: readonly number[];
  readonly intended: number;
  readonly calibration: number;
}

/** @param place of the channel among the fitted ones */
export function describeFitted(
  channel: string,
  fit: EffectsFit,
  place: number,
  { conversions, effectByLag, intended, calibration }: FittedEffect,
): ChannelEffect {
  const channels = fit.layout.fitted.length;
  const drawn = Float64Array.from({ length: fit.draws }, (_, draw) => fit.drawn[draw * channels + place]!);
  return {
    ...{ channel, conversions, effectByLag, intended, calibration, isTested: false, oddsByLag: [] },
    low: quantile(drawn, (1 - EFFECT_LEVEL) / 2),
    high: quantile(drawn, (1 + EFFECT_LEVEL) / 2),
    ...{ perTouch: perTouchOf(effectByLag), halfLifeDays: halfLifeOf(effectByLag) },
    ...{ selected: fit.selected[place]!, chanceOfEffect: fit.chanceOfEffect[place]! },
  };
}

/** Part of a flagged channel's conversions that may be its own doing. */
const CAPTURED_AT_MOST = 0.3;

/** Own visits and flagged channels get no credit; of the latter a part may be real. */
export function describeHeld(channel: string, signature: CaptureSignature | undefined): ChannelEffect {
  const high = signature?.isFlagged === true ? CAPTURED_AT_MOST * signature.excess : 0;
  return {
    ...{ channel, conversions: 0, low: 0, high, perTouch: 0, halfLifeDays: null, effectByLag: [] },
    ...{ selected: 0, intended: 0, chanceOfEffect: 0, calibration: 1, isTested: false, oddsByLag: [] },
  };
}

/** Touches that a conversion follows within sixteen hours. */
const CLOSING_BINS = LAG_EDGES_DAYS.indexOf(16 / 24);
const MOST_OF_A_CONVERSION = 0.95;
const HALVINGS = 100;

/** How many touches of the channel came shortly before each conversion of the fitted days that any came before. */
export function closingTouches(
  { conversions }: IncrementalStatistics,
  channel: number,
  firstDay: number,
): Float64Array {
  const { before, day } = conversions;
  const counts: number[] = [];
  for (let row = 0; row < day.length; row++) {
    if (day[row]! < firstDay) continue;
    let count = 0;
    for (let at = before.offsets[row]!; at < before.offsets[row + 1]!; at++)
      if (before.channel[at] === channel && before.bin[at]! < CLOSING_BINS) count += before.count[at]!;
    if (count > 0) counts.push(count);
  }
  return Float64Array.from(counts);
}

/**
 * A flagged channel that was tested gets what the tests found, out of the conversions that follow its touches at once: each touch takes
 * the same part, whatever else the conversion follows, so that all of them together add up to the tests' figure.
 * @param closing touches shortly before each conversion that any came before
 * @param usualRate conversions of a reached person in a day
 * Law: the parts of the conversions add up to the mean of the tests, as long as that is at most 95 % of them.
 */
export function describeTested(
  channel: string,
  closing: Float64Array,
  { mean, standardError }: TestedEffect,
  usualRate: number,
): ChannelEffect {
  const odds = oddsThatTake(closing, mean);
  const atOnce = (value: number) => Array.from({ length: LAG_BINS }, (_, bin) => (bin < CLOSING_BINS ? value : 0));
  const effectByLag = atOnce(odds * usualRate);
  const reach = ERRORS_AT_LEVEL * standardError;
  return {
    ...{ channel, conversions: mean, low: Math.max(0, mean - reach), high: mean + reach, effectByLag },
    ...{ perTouch: perTouchOf(effectByLag), halfLifeDays: halfLifeOf(effectByLag), oddsByLag: atOnce(odds) },
    ...{ selected: 0, intended: 0, chanceOfEffect: 1, calibration: 1, isTested: true },
  };
}

/** Odds of a touch such that conversions with so many touches give up `wanted` of themselves; never more than 95 % of them. */
function oddsThatTake(closing: Float64Array, wanted: number): number {
  if (closing.length === 0 || wanted <= 0) return 0;
  const target = Math.min(wanted, MOST_OF_A_CONVERSION * closing.length);
  const taken = (odds: number) => closing.reduce((sum, touches) => sum + (touches * odds) / (1 + touches * odds), 0);
  let low = 0;
  // One touch takes the least: at these odds even so 95 % are taken.
  let high = MOST_OF_A_CONVERSION / (1 - MOST_OF_A_CONVERSION);
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (taken(middle) < target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const widthOf = (bin: number): number => LAG_EDGES_DAYS[bin + 1]! - LAG_EDGES_DAYS[bin]!;

const perTouchOf = (effectByLag: readonly number[]): number =>
  effectByLag.reduce((sum, rate, bin) => sum + rate * widthOf(bin), 0);

function halfLifeOf(effectByLag: readonly number[]): number | null {
  const total = perTouchOf(effectByLag);
  if (total <= 0) return null;
  let arrived = 0;
  for (const [bin, rate] of effectByLag.entries()) {
    const here = rate * widthOf(bin);
    if (arrived + here >= total / 2) return LAG_EDGES_DAYS[bin]! + ((total / 2 - arrived) / here) * widthOf(bin);
    arrived += here;
  }
  return LAG_EDGES_DAYS[LAG_BINS]!;
}
