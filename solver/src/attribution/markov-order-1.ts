import { ModelError } from "../model-error.ts";
import { addTerm, finishSums, startSums, sumOf } from "./compensated-sum.ts";
import { eliminateStates, expectedReturns, expectedReward, expectedVisits } from "./eliminate-states.ts";
import { concludeFit, type MarkovFit } from "./markov-fit.ts";
import type { AggregatedPaths } from "./paths.ts";

/**
 * How often journeys went from one channel to the next, and where they started and ended: all that an order-1 chain needs.
 *
 *                columns 0 .. n-1     n             n+1
 *     row 0      start -> channel     (no touch)    (no touch)
 *     row i      channel -> channel   conversion    null          (channel i - 1)
 *
 * Repeats (a channel to itself) may be counted or not: they change no result.
 */
export interface TransitionCounts {
  readonly channels: readonly string[];
  /** (n + 1) x (n + 2), row-major. */
  readonly counts: Float64Array;
  /** Total value of the conversions whose last touch is the channel. */
  readonly valueByLastChannel: Float64Array;
}

/**
 * Counts the transitions of aggregated paths, each weighted with its conversions and its unconverted journeys.
 * Law: what enters a channel leaves it.
 */
export function countTransitions(paths: AggregatedPaths): TransitionCounts {
  const n = paths.channels.length;
  const width = n + 2;
  const counts = startSums((n + 1) * width);
  const value = startSums(n);
  for (let row = 0; row < paths.conversions.length; row++) {
    const conversions = paths.conversions[row]!;
    const nulls = paths.nulls[row]!;
    const end = paths.offsets[row + 1]!;
    let before = 0;
    for (let touch = paths.offsets[row]!; touch < end; touch++) {
      const channel = paths.states[touch]!;
      if (channel + 1 !== before) addTerm(counts, before * width + channel, conversions + nulls);
      before = channel + 1;
    }
    addTerm(counts, before * width + n, conversions);
    addTerm(counts, before * width + n + 1, nulls);
    addTerm(value, before - 1, paths.value[row]!);
  }
  return { channels: paths.channels, counts: finishSums(counts), valueByLastChannel: finishSums(value) };
}

/**
 * Removal effects of the channels in an order-1 chain, solved exactly. A channel's removal effect is the share of
 * conversions whose journeys pass through it:
 *
 *     1 - P(conversion without c) / P(conversion)  =  P(a journey reaches c) x P(conversion from c) / P(conversion)
 *
 * The right-hand side has no difference of nearly equal numbers in it, so a channel that matters one part in a billion
 * still gets all its digits. Value is treated alike, each conversion counting with the mean value of its last channel.
 * @throws ModelError for counts that are negative, not finite or of another size than the channels ask for, for value
 *   without a conversion, and when no journey from the start converts through a channel
 * Law: shares add up to 1; renaming or reordering channels changes nothing; counts in another unit change nothing.
 * Source: Anderl et al. 2016, "Mapping the customer journey".
 */
export function solveMarkovOrder1(transitions: TransitionCounts): MarkovFit {
  refuseFaultyCounts(transitions);
  const { channels, counts, valueByLastChannel } = transitions;
  const n = channels.length;
  const width = n + 2;
  const started = sumOf(counts.subarray(0, width));

  // Only states that can still convert stay in the chain; a step to any other is an exit with nothing in hand. So the
  // system has a solution even where journeys go round for ever.
  const converting = channelsThatReach(transitions, (channel) => counts[(channel + 1) * width + n]! > 0);
  const size = converting.length;
  const stateOf = new Int32Array(n).fill(-1);
  converting.forEach((channel, state) => {
    stateOf[channel] = state;
  });
  const weights = new Float64Array(size * size);
  const exits = new Float64Array(size);
  const starts = new Float64Array(size);
  const conversionRewards = new Float64Array(size);
  const valueRewards = new Float64Array(size);
  converting.forEach((channel, state) => {
    const row = (channel + 1) * width;
    let leaving = 0;
    for (let column = 0; column < width; column++) if (column !== channel) leaving += counts[row + column]!;
    exits[state] = (counts[row + n]! + counts[row + n + 1]!) / leaving;
    for (let column = 0; column < n; column++) {
      if (column === channel) continue;
      const next = stateOf[column]!;
      if (next < 0) exits[state]! += counts[row + column]! / leaving;
      else weights[state * size + next] = counts[row + column]! / leaving;
    }
    starts[state] = counts[channel]! / started;
    conversionRewards[state] = counts[row + n]! / leaving;
    valueRewards[state] = valueByLastChannel[channel]! / leaving;
  });

  const chain = eliminateStates(weights, exits);
  const visits = expectedVisits(chain, starts);
  const returns = expectedReturns(chain);
  const lostWithout = (rewards: Float64Array): Float64Array => {
    const lost = new Float64Array(n);
    const reward = expectedReward(chain, rewards);
    converting.forEach((channel, state) => {
      lost[channel] = (visits[state]! / returns[state]!) * reward[state]!;
    });
    return lost;
  };
  const expectedFromStart = (rewards: Float64Array): number =>
    sumOf(visits.map((visit, state) => visit * rewards[state]!));

  return concludeFit({
    channels,
    conversionProbability: expectedFromStart(conversionRewards) + counts[n]! / started,
    conversionLost: lostWithout(conversionRewards),
    valuePerJourney: expectedFromStart(valueRewards),
    valueLost: lostWithout(valueRewards),
    warnings: describeOddities(transitions),
  });
}

function refuseFaultyCounts({ channels, counts, valueByLastChannel }: TransitionCounts): void {
  const n = channels.length;
  const width = n + 2;
  if (counts.length !== (n + 1) * width || valueByLastChannel.length !== n) {
    throw new ModelError(
      `Transition counts of ${n} channels are ${n + 1} x ${width} numbers and ${n} values; got ${counts.length} and ${valueByLastChannel.length}.`,
    );
  }
  if (new Set(channels).size !== n)
    throw new ModelError("A channel is named twice; add its transition counts up first.");
  const nameOfRow = (row: number): string => (row === 0 ? "the start" : `channel ${channels[row - 1]}`);
  counts.forEach((count, cell) => {
    if (Number.isFinite(count) && count >= 0) return;
    throw new ModelError(
      `A transition from ${nameOfRow(Math.floor(cell / width))} is counted ${count} times; count it anew.`,
    );
  });
  valueByLastChannel.forEach((value, channel) => {
    if (!Number.isFinite(value) || value < 0) {
      throw new ModelError(
        `The value that ends in ${nameOfRow(channel + 1)} is ${value}; it must be finite and not negative.`,
      );
    }
    if (value > 0 && counts[(channel + 1) * width + n] === 0) {
      throw new ModelError(
        `A value of ${value} ends in ${nameOfRow(channel + 1)}, but no conversion does; count its conversions.`,
      );
    }
  });
  if (!counts.subarray(0, width).some((count) => count > 0)) {
    throw new ModelError("No journey starts: a Markov model needs at least one; widen the dates or check the import.");
  }
}

/** Channels from which some way leads to a channel that `isTarget`, those included, in the order of their indices. */
function channelsThatReach({ channels, counts }: TransitionCounts, isTarget: (channel: number) => boolean): number[] {
  const width = channels.length + 2;
  const reaching = new Set([...channels.keys()].filter(isTarget));
  for (const target of reaching) {
    for (const before of channels.keys()) if (counts[(before + 1) * width + target]! > 0) reaching.add(before);
  }
  return [...reaching].sort((a, b) => a - b);
}

/** Channels that some journey gets to from the start. */
function channelsReached({ channels, counts }: TransitionCounts): Set<number> {
  const width = channels.length + 2;
  const reached = new Set([...channels.keys()].filter((channel) => counts[channel]! > 0));
  for (const from of reached) {
    for (const next of channels.keys()) if (counts[(from + 1) * width + next]! > 0) reached.add(next);
  }
  return reached;
}

function describeOddities(transitions: TransitionCounts): string[] {
  const { channels, counts } = transitions;
  const n = channels.length;
  const width = n + 2;
  const reached = channelsReached(transitions);
  const ending = new Set(
    channelsThatReach(
      transitions,
      (channel) => counts[(channel + 1) * width + n]! + counts[(channel + 1) * width + n + 1]! > 0,
    ),
  );
  const endless = channels.filter((_, channel) => reached.has(channel) && !ending.has(channel));
  const unreached = channels.filter(
    (_, channel) =>
      !reached.has(channel) && counts.subarray((channel + 1) * width, (channel + 2) * width).some((c) => c > 0),
  );
  const warnings: string[] = [];
  if (counts[n]! > 0) {
    warnings.push(
      `${counts[n]} conversions had no touch before them; they count towards the chance of converting and no channel's removal loses them.`,
    );
  }
  if (endless.length > 0) {
    warnings.push(
      `Journeys that get to ${endless.join(", ")} never end in these counts; they are taken as not converting.`,
    );
  }
  if (unreached.length > 0) {
    warnings.push(
      `No journey gets from the start to ${unreached.join(", ")}, though steps from there are counted; the credit there is 0.`,
    );
  }
  return warnings;
}
