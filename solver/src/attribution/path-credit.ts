import { sumOf } from "./compensated-sum.ts";
import type { AggregatedPaths } from "./paths.ts";

/** What a model gives to each channel, in the order of `AggregatedPaths.channels`: adds up to all conversions and all value. */
export interface PathCredit {
  readonly conversions: Float64Array;
  readonly value: Float64Array;
  /** Sentences about what makes these figures weak, or how something odd was dealt with. */
  readonly warnings: readonly string[];
}

/** Below this one conversion more or less moves credit by more than 1 % of all there is. */
const FEW_CONVERSIONS = 100;

/** How seldom chance alone may look like a difference between channels, over all of them together. */
const FALSE_ALARM = 0.05;

/** Sentences about journeys that cannot carry much of a conclusion, whatever the model. */
export function describeEvidence(paths: AggregatedPaths): string[] {
  const conversions = sumOf(paths.conversions);
  if (conversions === 0) {
    return ["No journey converts: there is no credit to give; widen the dates or check the import."];
  }
  const warnings: string[] = [];
  if (conversions < FEW_CONVERSIONS) {
    const counted = Math.round(conversions * 100) / 100;
    warnings.push(
      `Only ${counted} ${counted === 1 ? "conversion carries" : "conversions carry"} these figures: one more or less moves them by up to ${Math.min(100, Math.ceil(100 / conversions))} % of all credit; widen the dates before money follows them.`,
    );
  }
  const counts = countTouched(paths);
  const touched = [...paths.channels.keys()].filter((channel) => counts.journeys[channel]! > 0);
  if (touched.length === 1) {
    warnings.push(
      `All journeys touch ${paths.channels[touched[0]!]} only: every model gives it everything, which says nothing about what it caused.`,
    );
  } else if (paths.nulls.some((nulls) => nulls > 0) && !tellsChannelsApart(paths, counts)) {
    warnings.push(
      "Journeys convert about as often with each channel as without it: what models give them here is their volume or chance, not their effect.",
    );
  }
  return warnings;
}

interface TouchedCounts {
  readonly journeys: Float64Array;
  readonly conversions: Float64Array;
}

/** Journeys that touch each channel, and those of them that convert. */
function countTouched({ channels, offsets, states, conversions, nulls }: AggregatedPaths): TouchedCounts {
  const counts = { journeys: new Float64Array(channels.length), conversions: new Float64Array(channels.length) };
  const stamps = new Uint32Array(channels.length);
  for (let row = 0; row < conversions.length; row++) {
    const end = offsets[row + 1]!;
    for (let touch = offsets[row]!; touch < end; touch++) {
      const channel = states[touch]!;
      if (stamps[channel] === row + 1) continue;
      stamps[channel] = row + 1;
      counts.journeys[channel]! += conversions[row]! + nulls[row]!;
      counts.conversions[channel]! += conversions[row]!;
    }
  }
  return counts;
}

/**
 * Whether some channel's journeys convert more or less often than the others by more than chance would bring (z of two
 * proportions, against a bound that the largest of so many pure chances stays below at least 19 times in 20).
 */
function tellsChannelsApart(paths: AggregatedPaths, counts: TouchedCounts): boolean {
  const conversions = sumOf(paths.conversions);
  const journeys = conversions + sumOf(paths.nulls);
  const rate = conversions / journeys;
  const bound = 2 * Math.log(counts.journeys.filter((count) => count > 0).length / FALSE_ALARM);
  return counts.journeys.some((count, channel) => {
    const variance = count * rate * (1 - rate) * (1 - count / journeys);
    return variance > 0 && (counts.conversions[channel]! - count * rate) ** 2 > bound * variance;
  });
}
