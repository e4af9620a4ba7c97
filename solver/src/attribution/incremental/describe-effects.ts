import { quantile } from "../../quantile.ts";
import type { CaptureSignature } from "./demand-capture.ts";
import type { EffectsFit } from "./fit-effects.ts";
import { LAG_BINS, LAG_EDGES_DAYS } from "./lag-curves.ts";
import type { TestedEffect } from "./lift-evidence.ts";

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
    ...{ channel, conversions, effectByLag, intended, calibration, isTested: false },
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
    ...{ selected: 0, intended: 0, chanceOfEffect: 0, calibration: 1, isTested: false },
  };
}

const CLOSING_BINS = LAG_EDGES_DAYS.indexOf(16 / 24);
const MOST_OF_A_CONVERSION = 0.95;

/**
 * A flagged channel that was tested gets what the tests found: the same part of every conversion that follows its touches at once.
 * @param usualRate conversions of a reached person in a day
 * Law: of a conversion that one touch precedes, at the usual rate, the touch gets that part.
 */
export function describeTested(
  channel: string,
  { excess }: Pick<CaptureSignature, "excess">,
  { mean, standardError }: TestedEffect,
  usualRate: number,
): ChannelEffect {
  const part = Math.min(MOST_OF_A_CONVERSION, excess > 0 ? mean / excess : 0);
  const rate = (part / (1 - part)) * usualRate;
  const effectByLag = Array.from({ length: LAG_BINS }, (_, bin) => (bin < CLOSING_BINS ? rate : 0));
  const reach = ERRORS_AT_LEVEL * standardError;
  return {
    ...{ channel, conversions: mean, low: Math.max(0, mean - reach), high: mean + reach, effectByLag },
    ...{ perTouch: perTouchOf(effectByLag), halfLifeDays: halfLifeOf(effectByLag) },
    ...{ selected: 0, intended: 0, chanceOfEffect: 1, calibration: 1, isTested: true },
  };
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
