import { ModelError } from "../model-error.ts";
import { sumByChannel } from "./arrange-sets.ts";
import { channelSetsOf } from "./channel-sets.ts";
import { sumOf } from "./compensated-sum.ts";
import type { MarkovOptions } from "./markov.ts";
import { type AggregatedPaths, renumberChannels, withoutRepeats } from "./paths.ts";
import { CONVERTED, countSteps, ENDED, fillStepChances } from "./step-chances.ts";

/** The model that foretells: the conversions that it credits to each channel of the training paths, or a Markov chain. */
export type ScoringModel =
  | { readonly kind: "credit"; readonly conversions: Float64Array }
  | ({ readonly kind: "markov" } & MarkovOptions);

/**
 * Chance that each path converts, in the order of `paths`, from what a model has learnt on `train`. Put beside what the
 * journeys did, it says how well a model tells buyers from others; that is not whether its credit is caused.
 *
 * "markov": the journey is over, and was last seen in its last k touches: P(converts | it ends there), with the chances of
 * `fillStepChances`, so that rare windows lean on shorter ones.
 *
 * "credit" (every other model): each channel that the path touches gives an independent chance to convert,
 *
 *     P = 1 - product over the path's distinct channels of (1 - s r_c),  r_c = credited conversions / journeys touched
 *
 * with the one factor s that makes the training journeys convert as often as they did.
 *
 * No chance is surer than training allows: all keep a distance of 1 / (2 x training journeys + 2) from 0 and 1. Channels
 * are matched by name; one that training did not see has r_c = 0.
 * @throws ModelError when training has no journey that converts or none that does not
 * Law: renaming and reordering channels and repeating rows change no chance.
 */
export function scoreJourneys(train: AggregatedPaths, paths: AggregatedPaths, model: ScoringModel): Float64Array {
  const conversions = sumOf(train.conversions);
  const nulls = sumOf(train.nulls);
  if (conversions === 0 || nulls === 0) {
    throw new ModelError(
      "Journeys can be scored only where training has both converted and unconverted ones; count unconverted journeys or widen the dates.",
    );
  }
  const aligned = renumberChannels(paths, train.channels);
  const scores =
    model.kind === "markov" ? scoreByChain(train, aligned, model) : scoreByCredit(train, aligned, model.conversions);
  const margin = 1 / (2 * (conversions + nulls) + 2);
  return scores.map((score) => Math.min(1 - margin, Math.max(margin, score)));
}

function scoreByChain(
  train: AggregatedPaths,
  paths: AggregatedPaths,
  { order = 1, collapse = "windows" }: MarkovOptions,
): Float64Array {
  const prepare = (each: AggregatedPaths): AggregatedPaths => (collapse === "touches" ? withoutRepeats(each) : each);
  const counts = countSteps(prepare(train), order);
  const { offsets, states } = prepare(paths);
  const converted = new Float64Array(order + 1);
  const ended = new Float64Array(order + 1);
  return paths.conversions.map((_, row) => {
    const end = { from: offsets[row]!, at: offsets[row + 1]! };
    fillStepChances(counts, states, end, CONVERTED, converted);
    fillStepChances(counts, states, end, ENDED, ended);
    return converted[order]! / (converted[order]! + ended[order]!);
  });
}

function scoreByCredit(train: AggregatedPaths, paths: AggregatedPaths, credited: Float64Array): Float64Array {
  if (credited.length !== train.channels.length) {
    throw new ModelError(`${credited.length} credits were given for ${train.channels.length} channels of the paths.`);
  }
  const sets = channelSetsOf(train);
  const converted = sumByChannel(sets, sets.conversions);
  const unconverted = sumByChannel(sets, sets.nulls);
  const rates = new Float64Array(paths.channels.length);
  credited.forEach((credit, channel) => {
    const journeys = converted[channel]! + unconverted[channel]!;
    rates[channel] = journeys > 0 ? credit / journeys : 0;
  });
  const scaled = scaleRates(rates, sets);
  const stamps = new Uint32Array(paths.channels.length);
  return paths.conversions.map((_, row) => {
    let misses = 1;
    for (let touch = paths.offsets[row]!; touch < paths.offsets[row + 1]!; touch++) {
      const channel = paths.states[touch]!;
      if (stamps[channel] === row + 1) continue;
      stamps[channel] = row + 1;
      misses *= 1 - scaled[channel]!;
    }
    return 1 - misses;
  });
}

const HALVINGS = 60;

/** s r_c with the s that gets the training conversions right, by bisection: the expected number grows with s. */
function scaleRates(rates: Float64Array, sets: ReturnType<typeof channelSetsOf>): Float64Array {
  const target = sumOf(sets.conversions);
  const scaleBy = (scale: number): Float64Array => rates.map((rate) => Math.min(1, scale * rate));
  const expected = (chances: Float64Array): number => {
    let sum = 0;
    for (let set = 0; set < sets.conversions.length; set++) {
      let misses = 1;
      for (let entry = sets.offsets[set]!; entry < sets.offsets[set + 1]!; entry++) {
        misses *= 1 - chances[sets.members[entry]!]!;
      }
      sum += (sets.conversions[set]! + sets.nulls[set]!) * (1 - misses);
    }
    return sum;
  };
  let [low, high] = [0, 1];
  while (high < 2 ** HALVINGS && expected(scaleBy(high)) < target) [low, high] = [high, 2 * high];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (expected(scaleBy(middle)) < target) low = middle;
    else high = middle;
  }
  return scaleBy(high);
}
