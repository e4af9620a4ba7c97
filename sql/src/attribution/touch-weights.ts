import { isView } from "../journeys/journey-set.ts";

/** Text of a bound parameter of a model: several runs of one statement each have their own. */
export type Bind = (name: string, type: "Float64" | "Array(String)" | "Array(Float64)") => string;

/**
 * How a model shares one journey between its touches, in SQL over the columns of `journeys`; `touches` is their number. The weights
 * need not add up to 1: the credit query divides by their sum, which must be above 0. A lambda must not look at an array other than
 * its own by index, which would be copied for every element: what needs one is a `place`, one number a journey.
 */
interface TouchWeights {
  readonly place: (bind: Bind) => string;
  readonly weights: (bind: Bind, place: string) => string;
}

const POSITIONS = "arrayEnumerate(channels)";
const NO_PLACE = () => "0";

/** All credit goes to the touch at one place. Where the search for it found none (0), it is another. */
function atPlace(found: (bind: Bind) => string, otherwise: "1" | "touches"): TouchWeights {
  return {
    place: (bind) => `ifNull(nullIf(${found(bind)}, 0), ${otherwise})`,
    weights: (_, place) => `arrayMap(i -> toFloat64(i = ${place}), ${POSITIONS})`,
  };
}

const isIn = (channel: string, list: string) => `has(${list}, ${channel})`;

const WEIGHTS = {
  first: atPlace(() => "1", "1"),
  last: atPlace(() => "touches", "touches"),
  "last-non-direct": atPlace(
    (bind) => `arrayLastIndex(channel -> NOT ${isIn("channel", bind("directChannels", "Array(String)"))}, channels)`,
    "touches",
  ),
  linear: { place: NO_PLACE, weights: () => `arrayMap(i -> 1., ${POSITIONS})` },
  /**
   * Halves with every {halfLifeDays} between touch and conversion. Counted from the last touch, which changes no share and keeps
   * the largest weight at 1: from the conversion, all weights of a short half-life would vanish.
   */
  "time-decay": {
    place: () => "toUnixTimestamp64Milli(touched_at[-1])",
    weights: (bind, last) =>
      `arrayMap(at -> exp2(-(${last} - toUnixTimestamp64Milli(at)) / (${bind("halfLifeDays", "Float64")} * 86400000)), touched_at)`,
  },
  /** 40 % to the first and to the last touch, 20 % shared between the others; two touches share evenly. */
  "position-based": {
    place: NO_PLACE,
    weights: (bind) => {
      const [first, last] = [bind("firstShare", "Float64"), bind("lastShare", "Float64")];
      return `arrayMap(i -> multiIf(touches <= 2, 1., i = 1, ${first}, i = touches, ${last}, (1 - ${first} - ${last}) / (touches - 2)), ${POSITIONS})`;
    },
  },
  /** 30 % to the first, the middle and the last touch, 10 % shared between the others. Of two in the middle the earlier one. */
  "w-shaped": {
    place: () => "intDiv(touches + 1, 2)",
    weights: (_, middle) =>
      `arrayMap(i -> multiIf(touches <= 3 OR i IN (1, touches) OR i = ${middle}, 0.3, 0.1 / (touches - 3)), ${POSITIONS})`,
  },
  "first-paid": atPlace(
    (bind) => `arrayFirstIndex(channel -> ${isIn("channel", bind("paidChannels", "Array(String)"))}, channels)`,
    "1",
  ),
  "last-paid": atPlace(
    (bind) => `arrayLastIndex(channel -> ${isIn("channel", bind("paidChannels", "Array(String)"))}, channels)`,
    "touches",
  ),
  /** The last touch at which the person did something; what was only seen counts where nothing else happened. */
  "last-click": atPlace(() => `arrayLastIndex(interaction -> NOT ${isView("interaction")}, interactions)`, "touches"),
  /**
   * The distinct channels share equally, and each splits its part between its touches. How often a touch's channel stands in the
   * journey is its number counted from the first touch plus its number counted from the last one, less one.
   */
  "shapley-ordered": {
    place: NO_PLACE,
    weights: () =>
      "arrayMap((before, after) -> 1. / (before + after - 1), arrayEnumerateUniq(channels), arrayReverse(arrayEnumerateUniq(arrayReverse(channels))))",
  },
  /** In proportion to what a fitted model gives each channel; a journey whose channels all have none is shared evenly. */
  "by-channel": {
    place: NO_PLACE,
    weights: (bind) =>
      `arrayMap(channel -> transform(channel, ${bind("channelNames", "Array(String)")}, ${bind("channelWeights", "Array(Float64)")}, 0.) + 1e-300, channels)`,
  },
} as const satisfies Record<string, TouchWeights>;

export type TouchModel = keyof typeof WEIGHTS;
export const TOUCH_WEIGHTS: Readonly<Record<TouchModel, TouchWeights>> = WEIGHTS;

/** A model with the values of its parameters. */
export interface TouchWeighting {
  readonly touchModel: TouchModel;
  readonly values: Readonly<Record<string, unknown>>;
}
