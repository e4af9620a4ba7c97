import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { uniformFrom } from "../experiments/panel.fixture.ts";
import { sumOf } from "./compensated-sum.ts";
import { creditPathsByOrderedShapley } from "./ordered-shapley.ts";
import { CHANNELS, convertingRows } from "./paths.arbitrary.ts";
import { aggregatePaths, type PathRow } from "./paths.ts";
import { creditPathsByShapley, fitShapley, type ShapleyWorth } from "./shapley.ts";

const rowsWithNulls = convertingRows.filter((rows) => rows.some((row) => (row.nulls ?? 0) > 0));
const random = uniformFrom(1);

describe("Shapley values", () => {
  test.each(["rate", "count"] as const)("by %s equal the mean over all orders of arrival", (worth) => {
    fc.assert(
      fc.property(rowsWithNulls, (rows) => {
        const fit = fitShapley(aggregatePaths(rows, CHANNELS), { worth, random });
        for (const [amount, effect] of [["conversions", fit.effect] as const, ["value", fit.valueEffect] as const]) {
          const expected = meanOverArrivals(rows, worth, amount);
          effect.forEach((each, channel) => {
            expect(each).toBeCloseTo(expected[channel]!, 9);
          });
        }
      }),
      { numRuns: 40 },
    );
  });

  test("by rate add up to the conversion rate of all journeys", () => {
    fc.assert(
      fc.property(rowsWithNulls, (rows) => {
        const journeys = sumOf(rows.map((row) => row.conversions + (row.nulls ?? 0)));
        const fit = fitShapley(aggregatePaths(rows), { random });
        expect(sumOf(fit.effect)).toBeCloseTo(sumOf(rows.map((row) => row.conversions)) / journeys, 12);
      }),
    );
  });

  test("that are sampled lie within four standard errors of the exact ones", () => {
    const draw = uniformFrom(17);
    const rows = simulateRows(30_000, 9, draw);
    const paths = aggregatePaths(rows);
    const exact = fitShapley(paths, { random });
    const sampled = fitShapley(paths, { random: draw, permutations: 400, mostExact: 5 });
    expect(exact.effectError).toBeNull();
    sampled.effect.forEach((effect, channel) => {
      const error = sampled.effectError![channel]!;
      expect(error).toBeGreaterThan(0);
      expect(Math.abs(effect - exact.effect[channel]!)).toBeLessThan(4 * error);
      expect(Math.abs(sampled.valueEffect[channel]! - exact.valueEffect[channel]!)).toBeLessThan(
        4 * sampled.valueEffectError![channel]!,
      );
    });
  });

  test("by rate are sampled above 20 channels, and 20 are exact", () => {
    const draw = uniformFrom(23);
    const fitOf = (channels: number) =>
      fitShapley(aggregatePaths(simulateRows(2_000, channels, draw)), { random: draw, permutations: 50 });
    expect(fitOf(21).effectError).not.toBeNull();
    expect(fitOf(20).effectError).toBeNull();
  });
});

describe("Shapley credit", () => {
  test("is nothing for a channel that goes with converting less, and a warning names it", () => {
    const paths = aggregatePaths([
      { path: ["Search"], conversions: 300, value: 300, nulls: 700 },
      { path: ["Popup"], conversions: 0, value: 0, nulls: 500 },
      { path: ["Search", "Popup"], conversions: 50, value: 50, nulls: 950 },
    ]);
    const credit = creditPathsByShapley(paths, { random });
    expect(credit.fit.effect[1]).toBeLessThan(0);
    expect([...credit.conversions]).toEqual([350, 0]);
    expect(credit.warnings[0]).toMatch(/fewer conversions with Popup than without/);
  });

  test("by rate comes with a warning where it exceeds the conversions that a channel touched, and by count never does", () => {
    const paths = aggregatePaths([
      { path: ["Search"], conversions: 1_000, value: 0, nulls: 99_000 },
      { path: ["Rare"], conversions: 2, value: 0, nulls: 2 },
    ]);
    const byRate = creditPathsByShapley(paths, { random });
    expect(byRate.conversions[1]).toBeGreaterThan(500);
    expect(byRate.warnings.join()).toMatch(/Rare: more conversions are credited than there are with a touch of it/);
    expect([...creditPathsByShapley(paths, { worth: "count", random }).conversions]).toEqual([
      expect.closeTo(1_000, 9),
      expect.closeTo(2, 9),
    ]);
  });

  test("by rate is refused where every journey converts, counted or not", () => {
    for (const nulls of [null, 0]) {
      const paths = aggregatePaths([{ path: ["A", "B"], conversions: 5, value: 0, nulls }]);
      expect(() => creditPathsByShapley(paths, { random })).toThrow(/No unconverted journey is counted/);
    }
  });

  test("by place adds up to the Shapley value by count", () => {
    fc.assert(
      fc.property(convertingRows, fc.integer({ min: 1, max: 8 }), (rows, positions) => {
        const paths = aggregatePaths(rows);
        const ordered = creditPathsByOrderedShapley(paths, { positions });
        const plain = creditPathsByShapley(paths, { worth: "count", random });
        paths.channels.forEach((_, channel) => {
          expect(ordered.conversions[channel]).toBeCloseTo(plain.conversions[channel]!, 10);
          expect(ordered.value[channel]).toBeCloseTo(plain.value[channel]!, 7);
          const places = ordered.conversionsByPosition.subarray(channel * positions, (channel + 1) * positions);
          expect(sumOf(places)).toBeCloseTo(ordered.conversions[channel]!, 10);
        });
      }),
    );
  });

  test("by place is booked where the touches stand", () => {
    const paths = aggregatePaths([{ path: ["A", "B", "A"], conversions: 8, value: 0, nulls: null }]);
    const { conversionsByPosition } = creditPathsByOrderedShapley(paths, { positions: 4 });
    expect([...conversionsByPosition]).toEqual([2, 0, 2, 0, 0, 4, 0, 0]);
  });
});

/** The definition: what each channel adds to those before it, on average over all orders in which they can arrive. */
function meanOverArrivals(rows: readonly PathRow[], worth: ShapleyWorth, amount: "conversions" | "value"): number[] {
  const worthOf = (channels: ReadonlySet<string>): number => {
    const inside = rows.filter((row) => row.path.every((channel) => channels.has(channel)));
    const total = sumOf(inside.map((row) => row[amount]));
    const journeys = sumOf(inside.map((row) => row.conversions + (row.nulls ?? 0)));
    if (worth === "count") return total;
    return journeys > 0 ? total / journeys : 0;
  };
  const arrivals = ordersOf(CHANNELS);
  const added = new Map<string, number>(CHANNELS.map((channel) => [channel, 0]));
  for (const arrival of arrivals) {
    arrival.forEach((channel, place) => {
      const margin = worthOf(new Set(arrival.slice(0, place + 1))) - worthOf(new Set(arrival.slice(0, place)));
      added.set(channel, added.get(channel)! + margin);
    });
  }
  return CHANNELS.map((channel) => added.get(channel)! / arrivals.length);
}

function ordersOf<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, at) => ordersOf(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
}

/** Journeys of one to four touches, where later channels convert more. */
function simulateRows(count: number, channels: number, draw: () => number): PathRow[] {
  return Array.from({ length: count }, () => {
    const touches = Array.from({ length: 1 + Math.floor(4 * draw()) }, () => Math.floor(channels * draw()));
    const chance = touches.reduce((sum, channel) => sum + channel / channels / 10, 0);
    const conversions = draw() < chance ? 1 : 0;
    return {
      path: touches.map((c) => `C${c}`),
      conversions,
      value: conversions * (1 + draw()),
      nulls: 1 - conversions,
    };
  });
}
