import { addTerm, finishSums, startSums, sumOf } from "./compensated-sum.ts";
import { describeEvidence, type PathCredit } from "./path-credit.ts";
import type { AggregatedPaths } from "./paths.ts";
import { type PathRule, type PathRuleOptions, touchShares } from "./touch-shares.ts";

/**
 * Shares every path's conversions and value out among its touches by a fixed rule; repeats of a channel are touches of
 * their own. A path without the kind of touch that a rule looks for is shared by the plain rule ("last-non-direct" and
 * "last-paid" by last, "first-paid" by first), and a warning says how many conversions that concerns.
 * @throws ModelError for "time-decay" and "last-click", which aggregated paths are too little for, for names of direct or
 *   paid channels that are needed and not given, and for position weights that are no shares
 * Law: credit adds up to the totals of the paths; a channel in no path gets nothing; more conversions on a path lower no
 *   channel's credit.
 */
export function creditPathsByRule(paths: AggregatedPaths, rule: PathRule, options: PathRuleOptions = {}): PathCredit {
  const shareTouches = touchShares(rule, options, (names) => channelsNamed(paths, names));
  const conversions = startSums(paths.channels.length);
  const value = startSums(paths.channels.length);
  const shares = new Float64Array(longestPath(paths));
  for (let row = 0; row < paths.conversions.length; row++) {
    if (paths.conversions[row] === 0 && paths.value[row] === 0) continue;
    const path = paths.states.subarray(paths.offsets[row]!, paths.offsets[row + 1]!);
    shares.fill(0, 0, path.length);
    shareTouches(path, shares);
    for (let position = 0; position < path.length; position++) {
      const share = shares[position]!;
      if (share === 0) continue;
      addTerm(conversions, path[position]!, paths.conversions[row]! * share);
      addTerm(value, path[position]!, paths.value[row]! * share);
    }
  }
  return {
    conversions: finishSums(conversions),
    value: finishSums(value),
    warnings: [...describeEvidence(paths), ...describeFallback(paths, rule, options)],
  };
}

function longestPath({ offsets }: AggregatedPaths): number {
  return offsets.reduce((longest, offset, row) => (row === 0 ? 0 : Math.max(longest, offset - offsets[row - 1]!)), 0);
}

function channelsNamed({ channels }: AggregatedPaths, names: readonly string[]): (channel: number) => boolean {
  const wanted = new Set(names);
  const isNamed = Uint8Array.from(channels, (channel) => (wanted.has(channel) ? 1 : 0));
  return (channel) => isNamed[channel] === 1;
}

function describeFallback(paths: AggregatedPaths, rule: PathRule, options: PathRuleOptions): string[] {
  const plain = rule === "first-paid" ? "first" : "last";
  if (rule === "last-non-direct") {
    const isDirect = channelsNamed(paths, options.directChannels ?? []);
    const only = conversionsOfPaths(paths, (channels) => channels.every(isDirect));
    return only === 0 ? [] : [`${only} conversions have direct touches only: they go to the ${plain} of them.`];
  }
  if (rule === "first-paid" || rule === "last-paid") {
    const isPaid = channelsNamed(paths, options.paidChannels ?? []);
    const without = conversionsOfPaths(paths, (channels) => !channels.some(isPaid));
    return without === 0
      ? []
      : [`${without} conversions have no paid touch: they go to the ${plain} touch of any kind.`];
  }
  return [];
}

function conversionsOfPaths(paths: AggregatedPaths, isMeant: (channels: Uint32Array) => boolean): number {
  const meant = paths.conversions.filter((_, row) =>
    isMeant(paths.states.subarray(paths.offsets[row]!, paths.offsets[row + 1]!)),
  );
  return Math.round(sumOf(meant) * 100) / 100;
}
