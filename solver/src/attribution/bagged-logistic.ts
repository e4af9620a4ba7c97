import { drawNormal } from "../draw-normal.ts";
import { ModelError } from "../model-error.ts";
import { arrangeSets, putBack } from "./arrange-sets.ts";
import { type ChannelSets, channelSetsOf, narrowSets } from "./channel-sets.ts";
import { addTerm, finishSums, startSums, sumOf } from "./compensated-sum.ts";
import { fitLogistic } from "./logistic-fit.ts";
import { describeEvidence, type PathCredit } from "./path-credit.ts";
import { type AggregatedPaths, refuseUncreditable } from "./paths.ts";

export interface LogisticOptions {
  /** Uniform in [0, 1): the same sequence gives the same result. */
  readonly random: () => number;
  /** How many regressions are averaged: 100 where not given. */
  readonly bags?: number;
  /** Parts of the journeys and of the channels that each regression sees: a half of both where not given. */
  readonly journeyShare?: number;
  readonly channelShare?: number;
  /** Strength of the pull to 0: that of one journey or so for each coefficient. 1 where not given. */
  readonly ridge?: number;
}

/** Arrays are in the order of `channels`. */
export interface LogisticFit {
  readonly channels: readonly string[];
  /** Mean over the bags of what the channel's presence adds to the log-odds of converting. */
  readonly coefficient: Float64Array;
  /** Spread of the coefficient from bag to bag (standard deviation). */
  readonly spread: Float64Array;
  /** Part of the bags in which the coefficient is above 0. */
  readonly positiveShare: Float64Array;
  readonly share: Float64Array;
  readonly valueShare: Float64Array;
  readonly warnings: readonly string[];
}

/**
 * Bagged logistic regression: many small regressions of converting on which channels a journey touched, each on a random
 * part of the journeys and of the channels, averaged. On each path credit is shared in proportion to the mean coefficients
 * above 0 of its distinct channels; where a path has none, equally, and a warning counts those.
 *
 * This is correlation, not cause: channels aimed at people who would have bought get large coefficients. It is here
 * because others report it.
 * @throws ModelError when nothing converts, no unconverted journey is counted, a value comes without a conversion, or no
 *   channel's coefficient is above 0
 * Law: credit adds up; a channel in no journey gets nothing; the same random numbers give the same result.
 * Source: Shao and Li 2011, "Data-driven multi-touch attribution models".
 */
export function creditPathsByLogistic(
  paths: AggregatedPaths,
  options: LogisticOptions,
): PathCredit & { fit: LogisticFit } {
  refuseUncreditable(paths, "a logistic model");
  if (!paths.nulls.some((nulls) => nulls > 0)) {
    throw new ModelError(
      "No unconverted journey is counted, so there is nothing to tell converting from: a logistic model needs both; count unconverted journeys.",
    );
  }
  const sets = channelSetsOf(paths);
  const arranged = arrangeSets(sets, paths.channels);
  const inBags = fitBags(arranged.sets, options);
  const spreadOut = (values: Float64Array): Float64Array => putBack(values, arranged.channelAt, paths.channels.length);
  const bagged = {
    coefficient: spreadOut(inBags.coefficient),
    spread: spreadOut(inBags.spread),
    positiveShare: spreadOut(inBags.positiveShare),
  };
  const weights = bagged.coefficient.map((each) => Math.max(0, each));
  if (!weights.some((weight) => weight > 0)) {
    throw new ModelError(
      "Journeys convert more often with no channel than without it: a logistic model has nothing to credit by.",
    );
  }
  const credit = shareByWeights(sets, weights);
  const [conversions, value] = [sumOf(paths.conversions), sumOf(paths.value)];
  const warnings = [...credit.warnings, ...describeUnsure(paths.channels, bagged)];
  const fit: LogisticFit = {
    channels: paths.channels,
    ...bagged,
    share: credit.conversions.map((each) => each / conversions),
    valueShare:
      value > 0 ? credit.value.map((each) => each / value) : credit.conversions.map((each) => each / conversions),
    warnings,
  };
  return { ...credit, warnings: [...warnings, ...describeEvidence(paths)], fit };
}

/** In fewer bags than this above 0, the sign of a coefficient is unsure. */
const SURE = 0.9;

function describeUnsure(
  channels: readonly string[],
  { coefficient, positiveShare }: Pick<LogisticFit, "coefficient" | "positiveShare">,
): string[] {
  const unsure = channels.filter((_, channel) => coefficient[channel]! > 0 && positiveShare[channel]! < SURE);
  if (unsure.length === 0) return [];
  return [
    `The credit of ${unsure.join(", ")} may be chance: the coefficient is not above 0 in all parts of the journeys.`,
  ];
}

function fitBags(
  sets: ChannelSets,
  { random, bags = 100, journeyShare = 0.5, channelShare = 0.5, ridge = 1 }: LogisticOptions,
): Pick<LogisticFit, "coefficient" | "spread" | "positiveShare"> {
  const n = sets.channelCount;
  const seen = Math.max(Math.min(2, n), Math.round(channelShare * n));
  const times = new Float64Array(n);
  const sum = new Float64Array(n);
  const squares = new Float64Array(n);
  const positive = new Float64Array(n);
  for (let bag = 0; bag < bags; bag++) {
    const features = drawFeatures(n, seen, random);
    const drawn = drawJourneys(narrowSets(sets, features.isKept), journeyShare, random);
    // Half of very few journeys may be all of one kind, from which nothing can be learnt.
    if (sumOf(drawn.conversions) === 0 || sumOf(drawn.nulls) === 0) continue;
    const coefficients = fitLogistic(drawn, features, ridge);
    for (let channel = 0; channel < n; channel++) {
      if (features.isKept[channel] === 0) continue;
      const each = coefficients[features.featureOf[channel]! + 1]!;
      times[channel]!++;
      sum[channel]! += each;
      squares[channel]! += each ** 2;
      if (each > 0) positive[channel]!++;
    }
  }
  const mean = (total: Float64Array): Float64Array =>
    total.map((each, channel) => (times[channel]! > 0 ? each / times[channel]! : 0));
  const coefficient = mean(sum);
  return {
    coefficient,
    spread: mean(squares).map((square, channel) => Math.sqrt(Math.max(0, square - coefficient[channel]! ** 2))),
    positiveShare: mean(positive),
  };
}

interface DrawnFeatures {
  readonly count: number;
  readonly featureOf: Int32Array;
  readonly isKept: Uint8Array;
}

function drawFeatures(n: number, count: number, random: () => number): DrawnFeatures {
  const left = Uint32Array.from({ length: n }, (_, channel) => channel);
  const featureOf = new Int32Array(n).fill(-1);
  const isKept = new Uint8Array(n);
  for (let feature = 0; feature < count; feature++) {
    const at = feature + Math.floor(random() * (left.length - feature));
    [left[feature], left[at]] = [left[at]!, left[feature]!];
    featureOf[left[feature]!] = feature;
    isKept[left[feature]!] = 1;
  }
  return { count, featureOf, isKept };
}

/** Each journey is taken a Poisson number of times, `share` on average: for counted journeys a bootstrap without a list. */
function drawJourneys(sets: ChannelSets, share: number, random: () => number): ChannelSets {
  const draw = (counts: Float64Array): Float64Array => counts.map((count) => drawPoisson(count * share, random));
  return { ...sets, conversions: draw(sets.conversions), nulls: draw(sets.nulls) };
}

const MANY = 50;

/** Above a mean of 50 the rounded normal of the same mean and variance: near enough for a bootstrap. */
function drawPoisson(mean: number, random: () => number): number {
  if (mean > MANY) {
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * drawNormal(random)));
  }
  const stop = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > stop; product *= random()) count++;
  return count;
}

function shareByWeights(sets: ChannelSets, weights: Float64Array): PathCredit {
  const conversions = startSums(sets.channelCount);
  const value = startSums(sets.channelCount);
  let shared = 0;
  for (let set = 0; set < sets.conversions.length; set++) {
    if (sets.conversions[set] === 0) continue;
    const members = sets.members.subarray(sets.offsets[set]!, sets.offsets[set + 1]!);
    const whole = members.reduce((sum, channel) => sum + weights[channel]!, 0);
    if (whole === 0) shared += sets.conversions[set]!;
    for (const channel of members) {
      const part = whole > 0 ? weights[channel]! / whole : 1 / members.length;
      addTerm(conversions, channel, sets.conversions[set]! * part);
      addTerm(value, channel, sets.value[set]! * part);
    }
  }
  return {
    conversions: finishSums(conversions),
    value: finishSums(value),
    warnings:
      shared === 0
        ? []
        : [
            `${Math.round(shared * 100) / 100} conversions have touches of channels only with which journeys convert no more often than without: their channels share them equally.`,
          ],
  };
}
