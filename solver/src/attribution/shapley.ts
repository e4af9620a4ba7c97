import { ModelError } from "../model-error.ts";
import { arrangeSets, putBack, sumByChannel } from "./arrange-sets.ts";
import { type ChannelSets, channelSetsOf } from "./channel-sets.ts";
import { addTerm, finishSums, startSums, sumOf } from "./compensated-sum.ts";
import { describeEvidence, type PathCredit } from "./path-credit.ts";
import { type AggregatedPaths, refuseUncreditable } from "./paths.ts";
import { exactRateGames, type ShapleyValues, sampledRateGames } from "./shapley-values.ts";

/**
 * What a set of channels is worth on its own: tools disagree here without saying so.
 *
 * "rate": conversions of the journeys whose channels all lie in the set, divided by those journeys (0 without any). It
 * asks which channels go with converting more often, and needs unconverted journeys. Values can be negative, and how often
 * a channel is used does not count: one that few journeys touch can get more conversions than it touched. A warning says so.
 *
 * "count": conversions of the journeys whose channels all lie in the set. Then the conversions of journeys with exactly
 * the set are what the set adds beyond its parts, and the Shapley value shares those equally among its members: the
 * "simplified Shapley" of Zhao, Mahboobi and Bagheri 2018 and of tools that start from conversions of exactly each set.
 * It is exact for any number of channels, never negative, and looks at converting journeys only.
 */
export type ShapleyWorth = "rate" | "count";

export interface ShapleyOptions {
  /** "rate" where not given. */
  readonly worth?: ShapleyWorth;
  /** Uniform in [0, 1): the same sequence gives the same result. Used for "rate" with more than `mostExact` channels. */
  readonly random: () => number;
  /** Orders of arrival that are drawn where all sets are too many: 2,000 where not given. */
  readonly permutations?: number;
  /** Up to how many channels all 2^n sets are looked at: 20 where not given, which takes under a second and 40 MB. */
  readonly mostExact?: number;
}

/** Arrays are in the order of `channels`. */
export interface ShapleyFit {
  readonly channels: readonly string[];
  /** Shapley values as they come, negative ones too: points of conversion rate, or conversions where the worth is "count". */
  readonly effect: Float64Array;
  readonly valueEffect: Float64Array;
  /** Standard errors of the two by sampling; null where they are exact. */
  readonly effectError: Float64Array | null;
  readonly valueEffectError: Float64Array | null;
  /** Each channel's part of the credit: adds up to 1, no part negative. */
  readonly share: Float64Array;
  readonly valueShare: Float64Array;
  readonly warnings: readonly string[];
}

const MOST_EXACT = 20;
const PERMUTATIONS = 2_000;
/** A conversion rate of fewer journeys is a guess. */
const FEW_JOURNEYS = 30;
/** What rounding can leave of a value that is 0. */
const NOTHING = 1e-12;

/**
 * Shapley values of channels and the credit from them. Only presence counts: order and repeats of touches do not.
 * Under "rate" a channel can come out below 0: journeys with it convert less often than without. Booked conversions
 * cannot be given out negatively, so such a channel gets nothing, the others are scaled to add up, and a warning names it.
 * @throws ModelError when nothing converts, a value comes without a conversion, or "rate" is asked for where no
 *   unconverted journey is counted
 * Law: shares add up to 1; renaming and reordering channels changes nothing; a channel in no journey gets nothing.
 * Source: Shapley 1953.
 */
export function fitShapley(paths: AggregatedPaths, options: ShapleyOptions): ShapleyFit {
  const { worth = "rate" } = options;
  refuseUncreditable(paths, "a Shapley model");
  const sets = channelSetsOf(paths);
  // Channels in no journey are worth nothing, and each would double the number of sets.
  const arranged = arrangeSets(sets, paths.channels);
  const games =
    worth === "count"
      ? {
          conversions: equalParts(arranged.sets, arranged.sets.conversions),
          value: equalParts(arranged.sets, arranged.sets.value),
        }
      : rateGames(arranged.sets, options);
  const spread = (values: Float64Array): Float64Array => putBack(values, arranged.channelAt, paths.channels.length);
  const [effect, valueEffect] = [spread(games.conversions.values), spread(games.value.values)];
  const share = partsAboveZero(effect);
  const { conversions, value } = games;
  return {
    channels: paths.channels,
    effect,
    valueEffect,
    effectError: conversions.standardErrors === null ? null : spread(conversions.standardErrors),
    valueEffectError: value.standardErrors === null ? null : spread(value.standardErrors),
    share,
    valueShare: partsAboveZero(sumOf(paths.value) > 0 ? valueEffect : effect),
    warnings: [
      ...describeNegative(paths.channels, effect, "conversions"),
      ...describeNegative(paths.channels, valueEffect, "units of value"),
      ...(worth === "rate"
        ? [...describeOverpaid(paths.channels, sets, share), ...describeRareAlone(paths.channels, sets)]
        : []),
    ],
  };
}

/** Credit by channel from Shapley values: share x total. Law: it adds up to the conversions and the value of the paths. */
export function creditPathsByShapley(
  paths: AggregatedPaths,
  options: ShapleyOptions,
): PathCredit & { fit: ShapleyFit } {
  const fit = fitShapley(paths, options);
  const conversions = sumOf(paths.conversions);
  const value = sumOf(paths.value);
  return {
    conversions: fit.share.map((share) => share * conversions),
    value: fit.valueShare.map((share) => share * value),
    warnings: [...fit.warnings, ...describeEvidence(paths)],
    fit,
  };
}

function rateGames(
  sets: ChannelSets,
  { random, permutations = PERMUTATIONS, mostExact = MOST_EXACT }: ShapleyOptions,
): { conversions: ShapleyValues; value: ShapleyValues } {
  if (!sets.nulls.some((nulls) => nulls > 0)) {
    throw new ModelError(
      "No unconverted journey is counted, so every set of channels converts always and rates tell nothing apart; count unconverted journeys, or choose the worth by count.",
    );
  }
  return sets.channelCount <= mostExact
    ? exactRateGames(sets)
    : sampledRateGames(sets, Math.max(2, Math.ceil(permutations / 2)), random);
}

/** The members of each set share its amount equally. */
function equalParts(sets: ChannelSets, amounts: Float64Array): ShapleyValues {
  const values = startSums(sets.channelCount);
  amounts.forEach((amount, set) => {
    const [from, to] = [sets.offsets[set]!, sets.offsets[set + 1]!];
    for (let entry = from; entry < to; entry++) addTerm(values, sets.members[entry]!, amount / (to - from));
  });
  return { values: finishSums(values), standardErrors: null };
}

/** There always is one above 0: all together they are the worth of all channels, which is that of every conversion. */
function partsAboveZero(effect: Float64Array): Float64Array {
  const above = effect.map((each) => Math.max(0, each));
  const whole = sumOf(above);
  return above.map((each) => each / whole);
}

function describeNegative(channels: readonly string[], effect: Float64Array, what: string): string[] {
  const largest = effect.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  const below = channels.filter((_, channel) => effect[channel]! < -NOTHING * largest);
  if (below.length === 0) return [];
  const taken = -sumOf(effect.filter((each) => each < 0));
  const given = sumOf(effect.filter((each) => each > 0));
  return [
    `Journeys bring fewer ${what} with ${below.join(", ")} than without: a Shapley value is below 0 and its credit is set to 0, for which the others get ${((100 * taken) / given).toFixed(1)} % less than theirs.`,
  ];
}

function describeOverpaid(channels: readonly string[], sets: ChannelSets, share: Float64Array): string[] {
  const conversions = sumOf(sets.conversions);
  const touched = sumByChannel(sets, sets.conversions);
  const over = channels.filter((_, channel) => share[channel]! * conversions > touched[channel]! * (1 + NOTHING));
  if (over.length === 0) return [];
  return [
    `${over.join(", ")}: more conversions are credited than there are with a touch of it, because the Shapley value by rate does not count how often a channel is used; the worth by count never does that.`,
  ];
}

/** How often journeys with one channel only convert weighs 1 / n in its Shapley value by rate, however few they are. */
function describeRareAlone(channels: readonly string[], sets: ChannelSets): string[] {
  const alone = new Float64Array(channels.length);
  for (let set = 0; set < sets.conversions.length; set++) {
    const [from, to] = [sets.offsets[set]!, sets.offsets[set + 1]!];
    if (to - from === 1) alone[sets.members[from]!]! += sets.conversions[set]! + sets.nulls[set]!;
  }
  const touching = sumByChannel(
    sets,
    sets.conversions.map((conversions, set) => conversions + sets.nulls[set]!),
  );
  const rare = channels.filter((_, channel) => touching[channel]! > 0 && alone[channel]! < FEW_JOURNEYS);
  if (rare.length === 0 || touching.filter((count) => count > 0).length === 1) return [];
  return [
    `Fewer than ${FEW_JOURNEYS} journeys touch nothing but ${rare.join(", ")}: how often those convert is a guess that weighs in the Shapley value by rate.`,
  ];
}
