/**
 * How each model shares one journey between its touches, as an SQL array of weights over `channels` / `touched_at`.
 * They need not add up to 1: the credit query divides by their sum. `touches` is the number of touches; a lambda must not look at
 * an array other than its own, which would be copied for every element.
 */
export const TOUCH_WEIGHTS = {
  first: "arrayMap(i -> toFloat64(i = 1), arrayEnumerate(channels))",
  last: "arrayMap(i -> toFloat64(i = touches), arrayEnumerate(channels))",
  linear: "arrayMap(i -> 1., arrayEnumerate(channels))",
  /**
   * Halves with every {halfLifeDays} between touch and conversion. Counted from the last touch, which changes no share and keeps
   * the largest weight at 1: from the conversion, all weights of a short half-life would vanish.
   */
  "time-decay":
    "arrayMap(at -> exp2(-(toUnixTimestamp64Milli(touched_at[-1]) - toUnixTimestamp64Milli(at)) / ({halfLifeDays:Float64} * 86400000)), touched_at)",
  /** 40 % to the first and to the last touch, 20 % shared between the others; two touches share evenly. */
  "position-based": `arrayMap(i -> multiIf(
      touches <= 2, 1.,
      i = 1, {firstShare:Float64},
      i = touches, {lastShare:Float64},
      (1 - {firstShare:Float64} - {lastShare:Float64}) / (touches - 2)), arrayEnumerate(channels))`,
  /** In proportion to the channels' removal effects; a journey whose channels all have none is shared evenly. */
  markov: `arrayMap(channel -> transform(channel, {channelNames:Array(String)}, {channelWeights:Array(Float64)}, 0.) + 1e-300, channels)`,
} as const;

export type TouchModel = keyof typeof TOUCH_WEIGHTS;
