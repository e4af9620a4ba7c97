/** What a model knows of a channel: revenue that one unit of its money brings beyond what would have come anyway. */
export interface KnownChannel {
  readonly channel: string;
  /** Of one period, in money. */
  readonly spend: number;
  /** Incremental revenue for one unit of spend; null where the model says nothing of the channel: unseen is not zero. */
  readonly mean: number | null;
  readonly standardError: number | null;
  /** A 90 % interval of the mean, used where there is no standard error. */
  readonly low: number | null;
  readonly high: number | null;
  /** Words of the model: a channel with one of `HOLDING_FLAGS` keeps its spend until it is tested. */
  readonly flags: readonly string[];
}

export interface SuggestOptions {
  /** Part of a channel's spend that a plan may move. */
  readonly movableShare: number;
  /** Standard error of a test, relative to the mean that it measures. */
  readonly testPrecision: number;
}

export interface TestSuggestion {
  readonly channel: string;
  readonly spend: number;
  readonly mean: number | null;
  readonly standardError: number | null;
  /** What the money earns in the other channels. */
  readonly reference: number;
  /** Expected gain of one period from deciding after a test, in money; null where nothing says how sure the mean is. */
  readonly value: number | null;
  /** The spend is held whatever the mean says, so that a test would be the first thing to move it. */
  readonly isHeld: boolean;
}

const HOLDING_FLAGS: readonly string[] = ["demand-capture", "not-identified", "low-coverage"];
const NORMAL_90 = 1.6448536269514722;

/** E|X| of a normal X. */
function meanAbsolute(mean: number, sd: number): number {
  if (sd === 0) return Math.abs(mean);
  const z = mean / sd;
  return sd * Math.sqrt(2 / Math.PI) * Math.exp((-z * z) / 2) + mean * (1 - 2 * normalBelow(-z));
}

/** Standard normal distribution, absolute error below 1e-7. Source: Abramowitz and Stegun 26.2.17. */
function normalBelow(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail =
    (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z > 0 ? 1 - tail : tail;
}

function uncertaintyOf({ standardError, low, high }: KnownChannel): number | null {
  if (standardError !== null) return standardError;
  return low === null || high === null ? null : (high - low) / (2 * NORMAL_90);
}

/**
 * Where a test is worth most: the expected value of sample information about one move. Of a channel's spend S a share m may move to the
 * others, which earn r for each unit, or from them. With the mean e of what the channel earns and its standard error s, moving the right way
 * now is worth m S |e - r|. A test with standard error t moves the mean by a normal amount of standard deviation d = s^2 / sqrt(s^2 + t^2),
 * so that deciding after it is worth m S E|N(e - r, d)|. The value of the test is the difference; where the spend is held the move now is
 * worth nothing, and all of it counts.
 * Laws: never negative; in proportion to the spend; 0 for a channel of which everything is known; rises with the standard error.
 */
export function suggestTests(channels: readonly KnownChannel[], options: SuggestOptions): TestSuggestion[] {
  const seen = channels.filter(({ mean }) => mean !== null);
  const all = seen.reduce((sum, { spend }) => sum + spend, 0);
  const earned = seen.reduce((sum, { spend, mean }) => sum + spend * mean!, 0);
  /** For one unit of spend. */
  const worthOf = (gap: number, size: number, sd: number, isHeld: boolean): number => {
    const error = options.testPrecision * Math.max(size, sd);
    const learnt = sd === 0 ? 0 : sd ** 2 / Math.hypot(sd, error);
    return options.movableShare * Math.max(0, meanAbsolute(gap, learnt) - (isHeld ? 0 : Math.abs(gap)));
  };
  return channels
    .filter(({ spend }) => spend > 0)
    .map((known): TestSuggestion => {
      const { channel, spend, mean, flags } = known;
      const others = mean === null ? all : all - spend;
      const reference = others > 0 ? (earned - (mean === null ? 0 : spend * mean)) / others : 1;
      const isHeld = flags.some((flag) => HOLDING_FLAGS.includes(flag));
      const sd = uncertaintyOf(known);
      const value = mean === null || sd === null ? null : worthOf(mean - reference, Math.abs(mean), sd, isHeld) * spend;
      return { channel, spend, mean, standardError: sd, reference, value, isHeld };
    })
    .sort((a, b) => (b.value ?? -1) - (a.value ?? -1) || b.spend - a.spend);
}
