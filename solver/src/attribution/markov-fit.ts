import { ModelError } from "../model-error.ts";
import { sumOf } from "./compensated-sum.ts";

/** What a Markov chain says about its channels; arrays are in the order of `channels`. */
export interface MarkovFit {
  readonly channels: readonly string[];
  /** Chance that a journey converts; 1 where unconverted journeys are not counted. */
  readonly conversionProbability: number;
  /** Share of conversions that would be lost without the channel, in [0, 1]. These overlap and add up to more than 1. */
  readonly removalEffect: Float64Array;
  /** The channel's part of the sum of removal effects: adds up to 1. */
  readonly share: Float64Array;
  readonly valueRemovalEffect: Float64Array;
  /** Adds up to 1 as well. Where the conversions carry no value it equals `share`. */
  readonly valueShare: Float64Array;
  /** Sentences about what is odd in the journeys and how it was dealt with. */
  readonly warnings: string[];
}

/** What a solved chain knows: chances and values by journey, in all and what goes through each channel. */
export interface SolvedChain {
  readonly channels: readonly string[];
  readonly conversionProbability: number;
  readonly conversionLost: Float64Array;
  readonly valuePerJourney: number;
  readonly valueLost: Float64Array;
  readonly warnings: string[];
}

/**
 * Removal effects and shares of a solved chain.
 * @throws ModelError when nothing converts, or nothing that converts passes through a channel: there is no credit to
 *   share out then, and equal parts would be an invention
 */
export function concludeFit(chain: SolvedChain): MarkovFit {
  if (!(chain.conversionProbability > 0)) {
    throw new ModelError(
      "No journey converts: a Markov model has nothing to credit; widen the dates or check the import.",
    );
  }
  const removalEffect = partsOf(chain.conversionLost, chain.conversionProbability);
  if (sumOf(removalEffect) === 0) {
    throw new ModelError("No conversion passes through a channel: a Markov model has no channel to credit.");
  }
  const hasValue = chain.valuePerJourney > 0;
  const valueRemovalEffect = hasValue
    ? partsOf(chain.valueLost, chain.valuePerJourney)
    : new Float64Array(chain.channels.length);
  return {
    channels: chain.channels,
    conversionProbability: chain.conversionProbability,
    removalEffect,
    share: partsOf(removalEffect, sumOf(removalEffect)),
    valueRemovalEffect,
    valueShare: hasValue
      ? partsOf(valueRemovalEffect, sumOf(valueRemovalEffect))
      : partsOf(removalEffect, sumOf(removalEffect)),
    warnings: chain.warnings,
  };
}

function partsOf(amounts: Float64Array, whole: number): Float64Array {
  return amounts.map((amount) => amount / whole);
}
