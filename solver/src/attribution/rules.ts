import { ModelError } from "../model-error.ts";
import { addTerm, finishSums, startSums } from "./compensated-sum.ts";
import type { AggregatedPaths } from "./paths.ts";

export type PathRule = "first" | "last" | "linear" | "position-based" | "time-decay";

/** Credit by channel, in the order of `AggregatedPaths.channels`. */
export interface PathCredit {
  readonly conversions: Float64Array;
  readonly value: Float64Array;
}

/** Shares of a conversion for the first and the last touch; what is left goes to those between them in equal parts. */
export interface PositionWeights {
  readonly first: number;
  readonly last: number;
}

export interface PathRuleOptions {
  readonly positionWeights?: PositionWeights;
}

/** 40 / 20 / 40, also called U-shaped. */
const DEFAULT_POSITION_WEIGHTS: PositionWeights = { first: 0.4, last: 0.4 };

/**
 * Shares every path's conversions and value out among its touches by a fixed rule; repeats of a channel are touches of
 * their own.
 * @throws ModelError for "time-decay", which needs the time of each touch, and for position weights that are no shares
 * Law: credit adds up to the totals of the paths; a channel in no path gets nothing.
 */
export function creditPathsByRule(
  paths: AggregatedPaths,
  rule: PathRule,
  { positionWeights = DEFAULT_POSITION_WEIGHTS }: PathRuleOptions = {},
): PathCredit {
  const weigh = touchWeights(rule, positionWeights);
  const conversions = startSums(paths.channels.length);
  const value = startSums(paths.channels.length);
  for (let row = 0; row < paths.conversions.length; row++) {
    const from = paths.offsets[row]!;
    const touches = paths.offsets[row + 1]! - from;
    for (let position = 0; position < touches; position++) {
      const weight = weigh(position, touches);
      if (weight === 0) continue;
      const channel = paths.states[from + position]!;
      addTerm(conversions, channel, paths.conversions[row]! * weight);
      addTerm(value, channel, paths.value[row]! * weight);
    }
  }
  return { conversions: finishSums(conversions), value: finishSums(value) };
}

/** Share of a conversion that the touch at `position` (from 0) gets on a path of `touches`: adds up to 1 over a path. */
type TouchWeight = (position: number, touches: number) => number;

function touchWeights(rule: PathRule, positionWeights: PositionWeights): TouchWeight {
  switch (rule) {
    case "first":
      return (position) => (position === 0 ? 1 : 0);
    case "last":
      return (position, touches) => (position === touches - 1 ? 1 : 0);
    case "linear":
      return (_, touches) => 1 / touches;
    case "position-based":
      return positionBased(positionWeights);
    case "time-decay":
      throw new ModelError(
        "Time decay needs the time of each touch, and aggregated paths carry none; run it on events, or choose first, last, linear or position-based.",
      );
  }
}

/** On two touches the shares of the ends are scaled up to the whole: 40 / 40 becomes 50 / 50. */
function positionBased({ first, last }: PositionWeights): TouchWeight {
  if (!(first >= 0 && last >= 0 && first + last <= 1)) {
    throw new ModelError(
      `Position weights ${first} and ${last}: give two shares that are not negative and add up to at most 1.`,
    );
  }
  const ends = first + last;
  const firstOfTwo = ends > 0 ? first / ends : 0.5;
  return (position, touches) => {
    if (touches === 1) return 1;
    if (touches === 2) return position === 0 ? firstOfTwo : 1 - firstOfTwo;
    if (position === 0) return first;
    if (position === touches - 1) return last;
    return (1 - ends) / (touches - 2);
  };
}
