import type { ChannelSets } from "./channel-sets.ts";

/** Shapley values of one game, in the order of the channels. */
export interface ShapleyValues {
  readonly values: Float64Array;
  /** Standard error of each value; null where they are exact. */
  readonly standardErrors: Float64Array | null;
}

/** Two games on the same sets: what a journey inside a set brings on average, counted in conversions and in value. */
export interface RateGames {
  readonly conversions: ShapleyValues;
  readonly value: ShapleyValues;
}

/**
 * Shapley values of the games v(S) = conversions (or value) of the journeys whose channels all lie in S / those journeys,
 * and 0 where there are none. All 2^n sets are looked at: what journeys of exactly each set did is added up over its
 * subsets one channel at a time, n 2^n additions.
 *
 *     value of c = sum over S without c of |S|! (n - |S| - 1)! / n! (v(S + c) - v(S))
 */
export function exactRateGames(sets: ChannelSets): RateGames {
  const n = sets.channelCount;
  const journeys = sumOverSubsets(
    sets,
    sets.conversions.map((conversions, set) => conversions + sets.nulls[set]!),
  );
  const valuesOf = (amounts: Float64Array): ShapleyValues => {
    const worth = sumOverSubsets(sets, amounts);
    for (let set = 0; set < worth.length; set++) if (journeys[set]! > 0) worth[set]! /= journeys[set]!;
    return { values: averageMargins(worth, n), standardErrors: null };
  };
  return { conversions: valuesOf(sets.conversions), value: valuesOf(sets.value) };
}

/** For every set of channels, as a number with a bit for each, the amounts of all sets inside it. */
function sumOverSubsets({ channelCount, offsets, members }: ChannelSets, amounts: Float64Array): Float64Array {
  const sums = new Float64Array(2 ** channelCount);
  amounts.forEach((amount, set) => {
    let bits = 0;
    for (let entry = offsets[set]!; entry < offsets[set + 1]!; entry++) bits |= 1 << members[entry]!;
    sums[bits]! += amount;
  });
  for (let channel = 0; channel < channelCount; channel++) {
    const bit = 1 << channel;
    for (let set = 0; set < sums.length; set++) if ((set & bit) !== 0) sums[set]! += sums[set ^ bit]!;
  }
  return sums;
}

function averageMargins(worth: Float64Array, n: number): Float64Array {
  const sizes = new Uint8Array(worth.length);
  for (let set = 1; set < sizes.length; set++) sizes[set] = sizes[set >> 1]! + (set & 1);
  const weights = new Float64Array(n);
  // |S|! (n - |S| - 1)! / n!, from one size to the next.
  weights[0] = 1 / n;
  for (let size = 1; size < n; size++) weights[size] = (weights[size - 1]! * size) / (n - size);
  const values = new Float64Array(n);
  for (let channel = 0; channel < n; channel++) {
    const bit = 1 << channel;
    let value = 0;
    for (let set = 0; set < worth.length; set++) {
      if ((set & bit) === 0) value += weights[sizes[set]!]! * (worth[set | bit]! - worth[set]!);
    }
    values[channel] = value;
  }
  return values;
}

/**
 * The same values from random orders of arrival, each order followed by its reverse: what a channel brings when it comes
 * early and when it comes late varies against each other. The standard error is that of the mean over pairs.
 * @param pairs how many orders are drawn, at least 2
 */
export function sampledRateGames(sets: ChannelSets, pairs: number, random: () => number): RateGames {
  const n = sets.channelCount;
  const conversions = startMoments(n);
  const value = startMoments(n);
  const arrival = Uint32Array.from({ length: n }, (_, channel) => channel);
  for (let pair = 0; pair < pairs; pair++) {
    shuffle(arrival, random);
    const there = arrivalMargins(sets, arrival);
    const back = arrivalMargins(sets, arrival.toReversed());
    addPair(conversions, there.conversions, back.conversions);
    addPair(value, there.value, back.value);
  }
  return { conversions: concludeMoments(conversions, pairs), value: concludeMoments(value, pairs) };
}

/**
 * What each channel adds when channels arrive in this order. A set of journeys counts from the arrival of its last member,
 * so that one pass over the sets serves all n arrivals.
 */
function arrivalMargins(sets: ChannelSets, arrival: Uint32Array): { conversions: Float64Array; value: Float64Array } {
  const n = sets.channelCount;
  const places = new Uint32Array(n);
  arrival.forEach((channel, place) => {
    places[channel] = place;
  });
  const arrived = { conversions: new Float64Array(n), value: new Float64Array(n), journeys: new Float64Array(n) };
  const { offsets, members, conversions, value, nulls } = sets;
  let entry = 0;
  for (let set = 0; set < conversions.length; set++) {
    const end = offsets[set + 1]!;
    let last = 0;
    for (; entry < end; entry++) {
      const place = places[members[entry]!]!;
      if (place > last) last = place;
    }
    arrived.conversions[last]! += conversions[set]!;
    arrived.value[last]! += value[set]!;
    arrived.journeys[last]! += conversions[set]! + nulls[set]!;
  }
  return {
    conversions: marginsOf(arrived.conversions, arrived.journeys, arrival),
    value: marginsOf(arrived.value, arrived.journeys, arrival),
  };
}

function marginsOf(amounts: Float64Array, journeys: Float64Array, arrival: Uint32Array): Float64Array {
  const margins = new Float64Array(arrival.length);
  let [amount, journeysSoFar, worth] = [0, 0, 0];
  arrival.forEach((channel, place) => {
    amount += amounts[place]!;
    journeysSoFar += journeys[place]!;
    const grown = journeysSoFar > 0 ? amount / journeysSoFar : 0;
    margins[channel] = grown - worth;
    worth = grown;
  });
  return margins;
}

/** Running mean and squared distance from it (Welford 1962), by channel. */
interface Moments {
  count: number;
  readonly mean: Float64Array;
  readonly squares: Float64Array;
}

function startMoments(n: number): Moments {
  return { count: 0, mean: new Float64Array(n), squares: new Float64Array(n) };
}

function addPair(moments: Moments, there: Float64Array, back: Float64Array): void {
  moments.count++;
  there.forEach((margin, channel) => {
    const middle = (margin + back[channel]!) / 2;
    const gap = middle - moments.mean[channel]!;
    moments.mean[channel]! += gap / moments.count;
    moments.squares[channel]! += gap * (middle - moments.mean[channel]!);
  });
}

function concludeMoments({ mean, squares }: Moments, pairs: number): ShapleyValues {
  return { values: mean, standardErrors: squares.map((sum) => Math.sqrt(sum / (pairs - 1) / pairs)) };
}

function shuffle(list: Uint32Array, random: () => number): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
}
