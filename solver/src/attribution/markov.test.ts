import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { uniformFrom } from "../experiments/panel.fixture.ts";
import { ModelError } from "../model-error.ts";
import { sumOf } from "./compensated-sum.ts";
import { creditPathsByMarkov, fitMarkov, solveWindowChain } from "./markov.ts";
import { CHANNELS, convertingRows } from "./paths.arbitrary.ts";
import { aggregatePaths, type PathRow } from "./paths.ts";
import { buildWindowChain } from "./window-chain.ts";

const orders = fc.integer({ min: 1, max: 4 });

describe("laws of Markov credit, orders 1 to 4", () => {
  test("removal effects are those of a chain walked step by step with the channel taken out", () => {
    fc.assert(
      fc.property(convertingRows, orders, (rows, order) => {
        const fit = fitMarkov(aggregatePaths(rows), { order });
        const intact = walkUntilAllEnded(rows, order, null);
        expectClose(fit.conversionProbability, intact.conversions);
        fit.channels.forEach((channel, index) => {
          const without = walkUntilAllEnded(rows, order, channel);
          expect(fit.removalEffect[index]).toBeCloseTo(1 - without.conversions / intact.conversions, 9);
          expect(fit.valueRemovalEffect[index]).toBeCloseTo(1 - without.value / intact.value, 9);
        });
      }),
    );
  });

  test("credit adds up to all conversions and all value", () => {
    fc.assert(
      fc.property(convertingRows, orders, (rows, order) => {
        const credit = creditPathsByMarkov(aggregatePaths(rows), { order });
        expectClose(sumOf(credit.conversions), sumOf(rows.map((row) => row.conversions)));
        expectClose(sumOf(credit.value), sumOf(rows.map((row) => row.value)));
        expectClose(sumOf(credit.fit.share), 1);
        expectClose(sumOf(credit.fit.valueShare), 1);
      }),
    );
  });

  test("the order of rows and the names of channels change nothing", () => {
    fc.assert(
      fc.property(convertingRows, orders, (rows, order) => {
        const renamed = rows.map((row) => ({ ...row, path: row.path.map((channel) => `the ${channel}`) })).reverse();
        const before = fitMarkov(aggregatePaths(rows), { order });
        const after = fitMarkov(aggregatePaths(renamed), { order });
        before.channels.forEach((channel, index) => {
          expectClose(after.share[after.channels.indexOf(`the ${channel}`)]!, before.share[index]!);
        });
      }),
    );
  });

  test("a channel in no journey gets nothing, and twice the journeys give twice the credit", () => {
    fc.assert(
      fc.property(convertingRows, orders, (rows, order) => {
        const known = ["Radio", ...CHANNELS];
        const once = creditPathsByMarkov(aggregatePaths(rows, known), { order });
        const twice = creditPathsByMarkov(aggregatePaths([...rows, ...rows], known), { order });
        expect([once.conversions[0], once.value[0]]).toEqual([0, 0]);
        twice.conversions.forEach((conversions, index) => {
          expectClose(conversions, 2 * once.conversions[index]!);
        });
      }),
    );
  });

  test("where unconverted journeys are not counted, every journey converts", () => {
    fc.assert(
      fc.property(convertingRows, orders, (rows, order) => {
        const fit = fitMarkov(aggregatePaths(rows.map((row) => ({ ...row, nulls: null }))), { order });
        expectClose(fit.conversionProbability, 1);
      }),
    );
  });

  test("at order 1 sweeping over windows and eliminating channels agree to the last digits", () => {
    fc.assert(
      fc.property(convertingRows, (rows) => {
        const paths = aggregatePaths(rows);
        const eliminated = fitMarkov(paths, { order: 1 });
        for (const mergeTouches of [false, true]) {
          const swept = solveWindowChain(paths.channels, buildWindowChain(paths, 1, mergeTouches));
          expectClose(swept.conversionProbability, eliminated.conversionProbability);
          swept.removalEffect.forEach((effect, index) => {
            expectClose(effect, eliminated.removalEffect[index]!);
            expectClose(swept.valueRemovalEffect[index]!, eliminated.valueRemovalEffect[index]!);
          });
        }
      }),
    );
  });
});

describe("Markov credit by example", () => {
  test("one channel takes everything", () => {
    const credit = creditPathsByMarkov(
      aggregatePaths([{ path: ["Search", "Search"], conversions: 3, value: 90, nulls: 7 }]),
    );
    expect([...credit.conversions]).toEqual([3]);
    expect([...credit.value]).toEqual([90]);
    expectClose(credit.fit.conversionProbability, 0.3);
  });

  test("a channel that only unconverted journeys touch gets nothing", () => {
    const rows = [
      { path: ["Search"], conversions: 1, value: 5, nulls: 0 },
      { path: ["Video"], conversions: 0, value: 0, nulls: 9 },
    ];
    for (const order of [1, 2]) expect([...fitMarkov(aggregatePaths(rows), { order }).share]).toEqual([1, 0]);
  });

  test("conversions without value are credited, and no value is", () => {
    const credit = creditPathsByMarkov(aggregatePaths([{ path: ["A", "B"], conversions: 4, value: 0, nulls: 0 }]));
    expect([...credit.conversions]).toEqual([2, 2]);
    expect([...credit.value]).toEqual([0, 0]);
    expect([...credit.fit.valueRemovalEffect]).toEqual([0, 0]);
  });

  test("at order 2 a repeat is a window of its own, unless touches in a row are asked to be one", () => {
    const paths = aggregatePaths([
      { path: ["C", "A", "A", "B"], conversions: 6, value: 6, nulls: 0 },
      { path: ["C", "A", "D"], conversions: 0, value: 0, nulls: 6 },
      { path: ["A", "A", "D"], conversions: 0, value: 0, nulls: 6 },
    ]);
    const removalEffectOfC = (collapse: "windows" | "touches"): number => {
      const fit = fitMarkov(paths, { order: 2, collapse });
      return fit.removalEffect[fit.channels.indexOf("C")]!;
    };
    // As windows "A A" is also where the third row starts, and half of what passes there converts without C.
    expectClose(removalEffectOfC("windows"), 0.5);
    // As touches the third row is "A D" from the start, and only what comes through "C A" gets to "A B".
    expectClose(removalEffectOfC("touches"), 1);
  });

  test.each([0, -1, 1.5, Number.NaN])("an order of %s is refused", (order) => {
    const paths = aggregatePaths([{ path: ["A"], conversions: 1, value: 1, nulls: null }]);
    expect(() => fitMarkov(paths, { order })).toThrow(ModelError);
  });

  test.each([1, 2])("journeys of which none converts are refused at order %i", (order) => {
    const paths = aggregatePaths([{ path: ["A", "B"], conversions: 0, value: 0, nulls: 12 }]);
    expect(() => fitMarkov(paths, { order })).toThrow(/No journey converts/);
    expect(() => fitMarkov(aggregatePaths([]), { order })).toThrow(/No journey converts/);
  });

  test("journeys of thousands of rounds are refused at order 2 rather than answered roughly, and solved at order 1", () => {
    const path = Array.from({ length: 20_000 }, (_, touch) => (touch % 2 === 0 ? "A" : "B"));
    const paths = aggregatePaths([{ path, conversions: 1, value: 1, nulls: 1 }]);
    expect(() => fitMarkov(paths, { order: 2 })).toThrow(/did not settle in 10000 sweeps/);
    expectClose(fitMarkov(paths).conversionProbability, 0.5);
  });

  test("more than 65,000 states are solved, and their credit adds up", () => {
    const random = uniformFrom(7);
    const rows = Array.from({ length: 40_000 }, (): PathRow => {
      const path = Array.from({ length: 3 + Math.floor(5 * random()) }, () => `C${Math.floor(20 * random())}`);
      const conversions = random() < 0.1 ? 1 : 0;
      return { path, conversions, value: 10 * conversions, nulls: 1 - conversions };
    });
    const paths = aggregatePaths(rows);
    expect(buildWindowChain(paths, 4, false).stateCount).toBeGreaterThan(65_000);
    const credit = creditPathsByMarkov(paths, { order: 4 });
    expectClose(sumOf(credit.conversions), sumOf(paths.conversions));
    expectClose(credit.fit.conversionProbability, sumOf(paths.conversions) / rows.length);
  });

  test("value without a conversion is refused with its row", () => {
    const paths = aggregatePaths([
      { path: ["A"], conversions: 1, value: 1, nulls: null },
      { path: ["B"], conversions: 0, value: 7, nulls: null },
    ]);
    expect(() => fitMarkov(paths)).toThrow(/Row 2: a value of 7 without a conversion/);
  });
});

/**
 * A second method: sends the weight of all journeys through the chain one step at a time until nothing of it is left.
 * States are strings, a state with the removed channel swallows what enters it, and equal windows are not collapsed.
 * @returns conversions and value by journey
 */
function walkUntilAllEnded(
  rows: readonly PathRow[],
  order: number,
  removed: string | null,
): { conversions: number; value: number } {
  const steps = new Map<string, Map<string, number>>();
  const add = (from: string, to: string, weight: number): void => {
    const row = steps.get(from) ?? new Map<string, number>();
    steps.set(from, row.set(to, (row.get(to) ?? 0) + weight));
  };
  const converted = new Map<string, { conversions: number; value: number }>();
  for (const { path, conversions, value, nulls } of rows) {
    const weight = conversions + (nulls ?? 0);
    if (weight === 0) continue;
    const windows = Array.from({ length: Math.max(1, path.length - order + 1) }, (_, at) =>
      path.slice(at, at + order).join(">"),
    );
    windows.forEach((window, at) => {
      add(at === 0 ? "start" : windows[at - 1]!, window, weight);
    });
    const last = windows.at(-1)!;
    add(last, "end", weight);
    const before = converted.get(last) ?? { conversions: 0, value: 0 };
    converted.set(last, { conversions: before.conversions + conversions, value: before.value + value });
  }

  const collected = { conversions: 0, value: 0 };
  let mass = new Map([["start", 1]]);
  for (let left = 1; left > 1e-14; left = sumOf(mass.values())) {
    const moved = new Map<string, number>();
    for (const [from, here] of mass) {
      const row = steps.get(from)!;
      const total = sumOf(row.values());
      collected.conversions += (here * (converted.get(from)?.conversions ?? 0)) / total;
      collected.value += (here * (converted.get(from)?.value ?? 0)) / total;
      for (const [to, weight] of row) {
        if (to === "end" || (removed !== null && to.split(">").includes(removed))) continue;
        moved.set(to, (moved.get(to) ?? 0) + (here * weight) / total);
      }
    }
    mass = moved;
  }
  return collected;
}

function expectClose(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-12 * Math.max(Math.abs(actual), Math.abs(expected)));
}
