import type { ChannelSets } from "./channel-sets.ts";

/** Sets in an order of their own, over the channels that some journey touches. */
export interface ArrangedSets {
  readonly sets: ChannelSets;
  /** The channel of the original sets that each arranged one is. */
  readonly channelAt: readonly number[];
}

/**
 * Puts channels and sets into an order that comes from the journeys alone: channels by how many journeys touch them, then
 * conversions, value and, only where all are equal, name; sets by their channels. What is drawn at random from arranged
 * sets does not hang on the order in which rows and channels came.
 */
export function arrangeSets(sets: ChannelSets, names: readonly string[]): ArrangedSets {
  const touching = sumByChannel(
    sets,
    sets.conversions.map((conversions, set) => conversions + sets.nulls[set]!),
  );
  const converting = sumByChannel(sets, sets.conversions);
  const worth = sumByChannel(sets, sets.value);
  const channelAt = [...new Set(sets.members)].sort(
    (a, b) =>
      touching[b]! - touching[a]! ||
      converting[b]! - converting[a]! ||
      worth[b]! - worth[a]! ||
      (names[a]! < names[b]! ? -1 : 1),
  );
  const placeOf = new Uint32Array(sets.channelCount);
  channelAt.forEach((channel, place) => {
    placeOf[channel] = place;
  });
  const members = Array.from(sets.conversions, (_, set) =>
    sets.members
      .slice(sets.offsets[set], sets.offsets[set + 1])
      .map((channel) => placeOf[channel]!)
      .sort(),
  );
  const order = [...members.keys()].sort((a, b) => compareSets(members[a]!, members[b]!));
  const offsets = new Uint32Array(order.length + 1);
  order.forEach((set, at) => {
    offsets[at + 1] = offsets[at]! + members[set]!.length;
  });
  const inOrder = (amounts: Float64Array): Float64Array => Float64Array.from(order, (set) => amounts[set]!);
  return {
    channelAt,
    sets: {
      channelCount: channelAt.length,
      offsets,
      members: Uint32Array.from(order.flatMap((set) => [...members[set]!])),
      conversions: inOrder(sets.conversions),
      value: inOrder(sets.value),
      nulls: inOrder(sets.nulls),
    },
  };
}

/** Numbers by arranged channel, by original one: 0 where no journey touches it. */
export function putBack(values: Float64Array, channelAt: readonly number[], channelCount: number): Float64Array {
  const all = new Float64Array(channelCount);
  channelAt.forEach((channel, place) => {
    all[channel] = values[place]!;
  });
  return all;
}

function compareSets(a: Uint32Array, b: Uint32Array): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) if (a[at] !== b[at]) return a[at]! - b[at]!;
  return a.length - b.length;
}

/** Of each channel, the amounts of the sets that have it. */
export function sumByChannel(sets: ChannelSets, amounts: Float64Array): Float64Array {
  const sums = new Float64Array(sets.channelCount);
  for (let set = 0; set < amounts.length; set++) {
    for (let entry = sets.offsets[set]!; entry < sets.offsets[set + 1]!; entry++) {
      sums[sets.members[entry]!]! += amounts[set]!;
    }
  }
  return sums;
}
