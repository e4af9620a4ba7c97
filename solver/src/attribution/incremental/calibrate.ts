import { drawNormal } from "../../draw-normal.ts";
import { meansOf } from "./effect-draws.ts";

/** A lift test in the model's terms. */
export interface LiftEvidence {
  /** Place among the fitted channels. */
  readonly channel: number;
  /** Conversions that the test found. */
  readonly incremental: number;
  readonly standardError: number;
  /** Part of the channel's effect over the whole window that the test switched off or on. */
  readonly share: number;
}

export interface CalibrationOptions {
  readonly random: () => number;
  /**
   * How far each channel's effect could be intent that the touches only went with: 0 for touches aimed at nobody in
   * particular. What a test finds of one channel is taken to hold for the intent of all.
   */
  readonly suspicion: Float64Array;
}

/**
 * Deviation of the model's own error, relative, that only tests show: of one channel at least, and of intent in all channels that
 * are suspicious of it, where a test measured one of them.
 */
const OWN_BIAS = 0.03;
const SHARED_BIAS = 0.5;
const SUSPICIOUS = 0.2;

/**
 * Updates drawn effects by lift tests, all channels jointly (an ensemble Kalman update with perturbed tests). A large
 * sample makes the draws narrow, but not right: before the tests speak every draw gets an error of its own and one that
 * suspicious channels share, so that a test outranks observation.
 * @param drawn draws x channels, changed in place
 * @returns the factor by which each channel's mean moved
 * Law: without tests nothing moves on average; a test that agrees moves nothing and narrows; a perfectly exact test is met.
 * Source: Evensen 1994 for the ensemble; Ng, Wang and Dai 2021 for calibrating by tests.
 */
export function calibrateByTests(
  drawn: Float64Array,
  channels: number,
  tests: readonly LiftEvidence[],
  { random, suspicion }: CalibrationOptions,
): Float64Array {
  const draws = drawn.length / channels;
  const before = meansOf(drawn, channels);
  const own = Math.max(OWN_BIAS, gapBetween(before, tests));
  const intent = tests.some(({ channel }) => suspicion[channel]! > SUSPICIOUS) ? SHARED_BIAS : 0;
  for (let draw = 0; draw < draws; draw++) {
    const shared = drawNormal(random);
    for (let c = 0; c < channels; c++) {
      const common = intent * suspicion[c]!;
      const factor = Math.exp(own * drawNormal(random) + common * shared - 0.5 * (own * own + common * common));
      drawn[draw * channels + c]! *= factor;
    }
  }
  for (const test of tests) updateBy(test, drawn, channels, random);
  const after = meansOf(drawn, channels);
  return after.map((mean, c) => (before[c]! > 0 ? mean / before[c]! : 1));
}

/** What the tests say of the model's error: root of the mean squared relative gap, less what the tests' own error explains. */
function gapBetween(means: Float64Array, tests: readonly LiftEvidence[]): number {
  let squares = 0;
  let counted = 0;
  for (const { channel, incremental, standardError, share } of tests) {
    const expected = means[channel]! * share;
    if (expected <= 0) continue;
    const gap = Math.log(Math.max(incremental, 0.05 * expected) / expected);
    squares += Math.max(0, gap * gap - (standardError / Math.max(expected, incremental)) ** 2);
    counted++;
  }
  return counted === 0 ? 0 : Math.min(1, Math.sqrt(squares / counted));
}

function updateBy(
  { channel, incremental, standardError, share }: LiftEvidence,
  drawn: Float64Array,
  channels: number,
  random: () => number,
): void {
  const draws = drawn.length / channels;
  const means = meansOf(drawn, channels);
  const covariance = new Float64Array(channels);
  for (let draw = 0; draw < draws; draw++) {
    const gap = drawn[draw * channels + channel]! - means[channel]!;
    for (let c = 0; c < channels; c++) covariance[c]! += (gap * (drawn[draw * channels + c]! - means[c]!)) / draws;
  }
  const variance = share * share * covariance[channel]! + standardError * standardError;
  if (variance <= 0) return;
  for (let draw = 0; draw < draws; draw++) {
    const seen = incremental + standardError * drawNormal(random);
    const surprise = seen - share * drawn[draw * channels + channel]!;
    for (let c = 0; c < channels; c++) {
      const moved = drawn[draw * channels + c]! + ((share * covariance[c]!) / variance) * surprise;
      drawn[draw * channels + c] = Math.max(0, moved);
    }
  }
}
