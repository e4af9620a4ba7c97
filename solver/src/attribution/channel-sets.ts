import { addTerm, finishSums, startSums } from "./compensated-sum.ts";
import { PairNumbers } from "./pair-numbers.ts";
import type { AggregatedPaths } from "./paths.ts";

/**
 * Journeys by the set of channels that they touch, whatever the order and the repeats. Set s is
 * `members[offsets[s]] ... members[offsets[s + 1] - 1]`, ascending; every set appears once.
 */
export interface ChannelSets {
  readonly channelCount: number;
  readonly offsets: Uint32Array;
  readonly members: Uint32Array;
  readonly conversions: Float64Array;
  readonly value: Float64Array;
  readonly nulls: Float64Array;
}

/** Sets of the journeys that somebody took. */
export function channelSetsOf(paths: AggregatedPaths): ChannelSets {
  const { offsets, states, conversions, value, nulls } = paths;
  const collector = collectSets(paths.channels.length, conversions.length);
  const stamps = new Uint32Array(paths.channels.length);
  const members: number[] = [];
  for (let row = 0; row < conversions.length; row++) {
    if (conversions[row]! + nulls[row]! + value[row]! === 0) continue;
    members.length = 0;
    for (let touch = offsets[row]!; touch < offsets[row + 1]!; touch++) {
      const channel = states[touch]!;
      if (stamps[channel] === row + 1) continue;
      stamps[channel] = row + 1;
      insertAscending(members, channel);
    }
    collector.put(members, row);
  }
  return collector.finish({ conversions, value, nulls });
}

/** The same journeys seen through some of the channels only: sets that differ in others become one, maybe the empty one. */
export function narrowSets(sets: ChannelSets, isKept: Uint8Array): ChannelSets {
  const collector = collectSets(sets.channelCount, sets.conversions.length);
  const members: number[] = [];
  for (let set = 0; set < sets.conversions.length; set++) {
    members.length = 0;
    for (let entry = sets.offsets[set]!; entry < sets.offsets[set + 1]!; entry++) {
      if (isKept[sets.members[entry]!] === 1) members.push(sets.members[entry]!);
    }
    collector.put(members, set);
  }
  return collector.finish(sets);
}

type Amounts = Pick<ChannelSets, "conversions" | "value" | "nulls">;

interface SetCollector {
  /** Files row `row` under a set of ascending members. */
  put(members: readonly number[], row: number): void;
  finish(amounts: Amounts): ChannelSets;
}

/** Sets are ways through a tree of ascending channels, so that finding one takes a look-up a member. */
function collectSets(channelCount: number, rowCount: number): SetCollector {
  const tree = new PairNumbers();
  const setAtNode: number[] = [-1];
  const offsets = [0];
  const allMembers: number[] = [];
  const setOfRow = new Int32Array(rowCount).fill(-1);
  return {
    put(members, row) {
      let node = 0;
      for (let at = 0; at < members.length; at++) {
        node = tree.numberOf(node, members[at]!) + 1;
        if (node === setAtNode.length) setAtNode.push(-1);
      }
      if (setAtNode[node] === -1) {
        setAtNode[node] = offsets.length - 1;
        for (let at = 0; at < members.length; at++) allMembers.push(members[at]!);
        offsets.push(allMembers.length);
      }
      setOfRow[row] = setAtNode[node]!;
    },
    finish(amounts) {
      const add = (terms: Float64Array): Float64Array => {
        const sums = startSums(offsets.length - 1);
        for (let row = 0; row < rowCount; row++) if (setOfRow[row] !== -1) addTerm(sums, setOfRow[row]!, terms[row]!);
        return finishSums(sums);
      };
      return {
        channelCount,
        offsets: Uint32Array.from(offsets),
        members: Uint32Array.from(allMembers),
        conversions: add(amounts.conversions),
        value: add(amounts.value),
        nulls: add(amounts.nulls),
      };
    },
  };
}

/** Sets have few members: shifting them along takes a quarter of the time of sorting each set. */
function insertAscending(members: number[], channel: number): void {
  let at = members.length;
  members.push(channel);
  for (; at > 0 && members[at - 1]! > channel; at--) members[at] = members[at - 1]!;
  members[at] = channel;
}
