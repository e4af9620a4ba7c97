import { ModelError } from "../model-error.ts";

export type PathRule =
  | "first"
  | "last"
  | "last-non-direct"
  | "linear"
  | "time-decay"
  | "position-based"
  | "w-shaped"
  | "first-paid"
  | "last-paid"
  | "last-click";

/** Shares of a conversion for the first and the last touch; what is left goes to those between them in equal parts. */
export interface PositionWeights {
  readonly first: number;
  readonly last: number;
}

/** 40 / 20 / 40, also called U-shaped. */
const DEFAULT_POSITION_WEIGHTS: PositionWeights = { first: 0.4, last: 0.4 };
/** For the first, the middle and the last touch each; the others have the tenth that is left. */
const W_SHARE = 0.3;

export interface PathRuleOptions {
  readonly positionWeights?: PositionWeights;
  /** Names of the channels that are no marketing, for "last-non-direct". */
  readonly directChannels?: readonly string[];
  /** Names of the channels that cost money, for "first-paid" and "last-paid". */
  readonly paidChannels?: readonly string[];
}

/** Writes the share of each touch of a path into `shares`, which is all 0: they add up to 1. */
export type ShareTouches = (path: Uint32Array, shares: Float64Array) => void;

/**
 * @param isOneOf tells which indices of channels carry one of the given names
 * @throws ModelError for rules that aggregated paths are too little for, for names that are needed and not given, and for
 *   position weights that are no shares
 */
export function touchShares(
  rule: PathRule,
  { positionWeights = DEFAULT_POSITION_WEIGHTS, directChannels, paidChannels }: PathRuleOptions,
  isOneOf: (names: readonly string[]) => (channel: number) => boolean,
): ShareTouches {
  switch (rule) {
    case "first":
      return allTo(() => 0);
    case "last":
      return allTo((path) => path.length - 1);
    case "last-non-direct": {
      const isDirect = isOneOf(requireNames(rule, directChannels, "direct"));
      return allTo((path) => lastAt(path, (channel) => !isDirect(channel)) ?? path.length - 1);
    }
    case "first-paid": {
      const isPaid = isOneOf(requireNames(rule, paidChannels, "paid"));
      return allTo((path) => firstAt(path, isPaid) ?? 0);
    }
    case "last-paid": {
      const isPaid = isOneOf(requireNames(rule, paidChannels, "paid"));
      return allTo((path) => lastAt(path, isPaid) ?? path.length - 1);
    }
    case "linear":
      return (path, shares) => shares.fill(1 / path.length, 0, path.length);
    case "position-based":
      return positionBased(positionWeights);
    case "w-shaped":
      return shareAsW;
    case "time-decay":
      throw new ModelError(
        "Time decay needs the time of each touch, and aggregated paths carry none; run it on events, or choose first, last, linear or position-based.",
      );
    case "last-click":
      throw new ModelError(
        "Last click needs to know which touches were clicks, and aggregated paths do not say; run it on events, or choose last or last-paid.",
      );
  }
}

function requireNames(rule: PathRule, names: readonly string[] | undefined, kind: string): readonly string[] {
  if (names !== undefined) return names;
  throw new ModelError(`The rule ${rule} needs to know which channels are ${kind}: name them.`);
}

function allTo(positionOf: (path: Uint32Array) => number): ShareTouches {
  return (path, shares) => {
    shares[positionOf(path)] = 1;
  };
}

function firstAt(path: Uint32Array, isWanted: (channel: number) => boolean): number | null {
  for (let position = 0; position < path.length; position++) if (isWanted(path[position]!)) return position;
  return null;
}

function lastAt(path: Uint32Array, isWanted: (channel: number) => boolean): number | null {
  for (let position = path.length - 1; position >= 0; position--) if (isWanted(path[position]!)) return position;
  return null;
}

/** On two touches the shares of the ends are scaled up to the whole: 40 / 40 becomes 50 / 50. */
function positionBased({ first, last }: PositionWeights): ShareTouches {
  if (!(first >= 0 && last >= 0 && first + last <= 1)) {
    throw new ModelError(
      `Position weights ${first} and ${last}: give two shares that are not negative and add up to at most 1.`,
    );
  }
  const ends = first + last;
  const firstOfTwo = ends > 0 ? first / ends : 0.5;
  return ({ length }, shares) => {
    if (length === 1) {
      shares[0] = 1;
      return;
    }
    if (length > 2) shares.fill((1 - ends) / (length - 2), 1, length - 1);
    shares[0] = length === 2 ? firstOfTwo : first;
    shares[length - 1] = length === 2 ? 1 - firstOfTwo : last;
  };
}

/**
 * 30 / 30 / 30 for the first, the middle and the last touch, 10 for all others together. Of two touches in the middle the
 * earlier one counts. Up to three touches have equal parts.
 */
function shareAsW({ length }: Uint32Array, shares: Float64Array): void {
  if (length <= 3) {
    shares.fill(1 / length, 0, length);
    return;
  }
  shares.fill((1 - 3 * W_SHARE) / (length - 3), 0, length);
  shares[0] = W_SHARE;
  shares[Math.floor((length - 1) / 2)] = W_SHARE;
  shares[length - 1] = W_SHARE;
}
