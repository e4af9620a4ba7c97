import { describe, expect, test } from "vitest";
import { uniformFrom } from "../experiments/panel.fixture.ts";
import { chooseMarkovOrder } from "./choose-order.ts";
import { type JourneyTruth, simulateJourneys } from "./journeys.fixture.ts";
import { aggregatePaths } from "./paths.ts";

const CHANNELS = ["A", "B", "C", "D", "E"];

/** What comes next hangs on the last touch only. */
const ORDER_1: JourneyTruth = {
  channels: CHANNELS,
  chances: (touches) => {
    const last = touches.at(-1) ?? 0;
    return [...CHANNELS.map((_, next) => 1 + ((3 * last + 2 * next) % 5)), 0.5 + last, 5];
  },
};

/** Converting hangs on the last two touches together, and on neither alone. */
const ORDER_2: JourneyTruth = {
  channels: CHANNELS,
  chances: (touches) => {
    const [before, last] = [touches.at(-2) ?? 0, touches.at(-1) ?? 0];
    return [...CHANNELS.map((_, next) => 1 + ((before + last + next) % 5)), (before + last) % 2 === 0 ? 3 : 0.3, 4];
  },
};

function choose(truth: JourneyTruth, journeys: number, seed: number) {
  const random = uniformFrom(seed);
  return chooseMarkovOrder(simulateJourneys(truth, journeys, random), simulateJourneys(truth, journeys, random), 4);
}

describe("the order of a Markov model", () => {
  test("is 1 where what comes next hangs on the last touch, on any seed", () => {
    for (const seed of [1, 2, 3, 4, 5]) expect(choose(ORDER_1, 10_000, seed).order).toBe(1);
  });

  test("is 2 where it hangs on the last two touches, on any seed", () => {
    for (const seed of [1, 2, 3, 4, 5]) expect(choose(ORDER_2, 10_000, seed).order).toBe(2);
  });

  test("is judged by what was not fitted on: an order too high foretells worse", () => {
    const { logLikelihood, journeys } = choose(ORDER_1, 3_000, 9);
    expect(journeys).toBe(3_000);
    expect(logLikelihood[3]).toBeLessThan(logLikelihood[0]!);
  });

  test("does not hang on the numbering of channels in the held-out journeys", () => {
    const random = uniformFrom(31);
    const train = simulateJourneys(ORDER_2, 5_000, random);
    const heldOut = simulateJourneys(ORDER_2, 2_000, random);
    const turned = {
      ...heldOut,
      channels: [...CHANNELS].reverse(),
      states: heldOut.states.map((state) => CHANNELS.length - 1 - state),
    };
    expect(chooseMarkovOrder(train, turned, 3)).toEqual(chooseMarkovOrder(train, heldOut, 3));
  });

  test("knows no repeats where touches in a row are taken as one", () => {
    const random = uniformFrom(37);
    const train = simulateJourneys(ORDER_1, 2_000, random);
    const heldOut = simulateJourneys(ORDER_1, 2_000, random);
    const merged = chooseMarkovOrder(train, heldOut, 2, { collapse: "touches" });
    // Fewer steps have to be foretold, and none of them is a repeat.
    expect(merged.logLikelihood[0]).toBeGreaterThan(chooseMarkovOrder(train, heldOut, 2).logLikelihood[0]!);
  });

  test("comes with a warning on few journeys, and is refused on none", () => {
    const one = aggregatePaths([{ path: ["A", "B"], conversions: 1, value: 1, nulls: 4 }]);
    const other = aggregatePaths([{ path: ["A", "Unheard of"], conversions: 1, value: 1, nulls: 0 }]);
    const chosen = chooseMarkovOrder(one, other, 2);
    expect(chosen.order).toBe(1);
    expect(chosen.logLikelihood.every(Number.isFinite)).toBe(true);
    expect(chosen.warnings.join()).toMatch(/Only 1 journeys are held out/);
    const none = aggregatePaths([]);
    expect(() => chooseMarkovOrder(one, none, 2)).toThrow(/No journeys are held out/);
    expect(() => chooseMarkovOrder(none, one, 2)).toThrow(/no journeys to fit orders on/);
    expect(() => chooseMarkovOrder(one, one, 0)).toThrow(/whole number from 1/);
  });
});
