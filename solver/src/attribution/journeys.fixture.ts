import type { AggregatedPaths } from "./paths.ts";

/** The truth behind simulated journeys. `chances(touches)` are those of each next channel, then of converting, then of ending. */
export interface JourneyTruth {
  readonly channels: readonly string[];
  readonly chances: (touches: readonly number[]) => readonly number[];
}

/** Journeys drawn step by step, each a row of its own. The first touch is drawn from the channels alone. */
export function simulateJourneys(
  { channels, chances }: JourneyTruth,
  count: number,
  random: () => number,
): AggregatedPaths {
  const offsets = [0];
  const states: number[] = [];
  const conversions = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const touches: number[] = [];
    for (;;) {
      const step = draw(touches.length === 0 ? chances(touches).slice(0, channels.length) : chances(touches), random);
      if (step < channels.length) touches.push(step);
      else {
        conversions[row] = step === channels.length ? 1 : 0;
        break;
      }
    }
    states.push(...touches);
    offsets.push(states.length);
  }
  return {
    channels,
    offsets: Uint32Array.from(offsets),
    states: Uint32Array.from(states),
    conversions,
    value: conversions.map((each) => 10 * each),
    nulls: conversions.map((each) => 1 - each),
    hasNulls: true,
  };
}

function draw(weights: readonly number[], random: () => number): number {
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0);
  for (let at = 0; at < weights.length - 1; at++) {
    left -= weights[at]!;
    if (left < 0) return at;
  }
  return weights.length - 1;
}
