import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { uniformFrom } from "../experiments/panel.fixture.ts";
import { ModelError } from "../model-error.ts";
import { creditPathsByLogistic } from "./bagged-logistic.ts";
import { sumOf } from "./compensated-sum.ts";
import { creditPathsByMarkov } from "./markov.ts";
import { creditPathsByOrderedShapley } from "./ordered-shapley.ts";
import type { PathCredit } from "./path-credit.ts";
import { CHANNELS, convertingRows } from "./paths.arbitrary.ts";
import { type AggregatedPaths, aggregatePaths, type PathRow } from "./paths.ts";
import { creditPathsByRule } from "./rules.ts";
import { creditPathsByShapley } from "./shapley.ts";
import type { PathRule } from "./touch-shares.ts";

type Model = (paths: AggregatedPaths) => PathCredit;

const byRule =
  (rule: PathRule): Model =>
  (paths) =>
    creditPathsByRule(paths, rule, {
      directChannels: paths.channels.filter((channel) => channel.endsWith("Email")),
      paidChannels: paths.channels.filter((channel) => channel.endsWith("Search") || channel.endsWith("Video")),
    });
const RULES: Record<string, Model> = {
  first: byRule("first"),
  last: byRule("last"),
  "last-non-direct": byRule("last-non-direct"),
  linear: byRule("linear"),
  "position-based": byRule("position-based"),
  "w-shaped": byRule("w-shaped"),
  "first-paid": byRule("first-paid"),
  "last-paid": byRule("last-paid"),
};
const DETERMINISTIC: Record<string, Model> = {
  ...RULES,
  "markov, order 1": (paths) => creditPathsByMarkov(paths),
  "markov, order 3": (paths) => creditPathsByMarkov(paths, { order: 3 }),
  "markov, order 2, touches merged": (paths) => creditPathsByMarkov(paths, { order: 2, collapse: "touches" }),
  "shapley by count": (paths) => creditPathsByShapley(paths, { worth: "count", random: Math.random }),
  "shapley by rate": (paths) => creditPathsByShapley(paths, { random: Math.random }),
  "ordered shapley": (paths) => creditPathsByOrderedShapley(paths),
};
const MODELS: Record<string, Model> = {
  ...DETERMINISTIC,
  "shapley by rate, sampled": (paths) =>
    creditPathsByShapley(paths, { random: uniformFrom(5), permutations: 20, mostExact: 0 }),
  "bagged logistic": (paths) => creditPathsByLogistic(paths, { random: uniformFrom(6), bags: 5 }),
};

const KNOWN = ["Radio", ...CHANNELS];

/** Credit of a model, or null where it refuses these journeys in words: some random tables have nothing to tell apart. */
function creditOrRefusal(model: Model, rows: readonly PathRow[], known: readonly string[] = KNOWN): PathCredit | null {
  try {
    return model(aggregatePaths(rows, known));
  } catch (error) {
    if (error instanceof ModelError) return null;
    throw error;
  }
}

describe.each(Object.entries(MODELS))("laws of %s", (_, model) => {
  test("credit adds up to all conversions and all value, and none is negative", () => {
    let given = 0;
    fc.assert(
      fc.property(convertingRows, (rows) => {
        const credit = creditOrRefusal(model, rows);
        if (credit === null) return;
        given++;
        expect(relativeGap(sumOf(credit.conversions), sumOf(rows.map((row) => row.conversions)))).toBeLessThan(1e-12);
        expect(relativeGap(sumOf(credit.value), sumOf(rows.map((row) => row.value)))).toBeLessThan(1e-12);
        expect([...credit.conversions, ...credit.value].every((each) => each >= 0)).toBe(true);
      }),
    );
    expect(given).toBeGreaterThan(20);
  });

  test("a channel in no journey gets nothing, and names change nothing", () => {
    fc.assert(
      fc.property(convertingRows, (rows) => {
        const credit = creditOrRefusal(model, rows);
        const named = (channel: string): string => `the ${channel}`;
        const renamed = rows.map((row) => ({ ...row, path: row.path.map(named) }));
        const after = creditOrRefusal(model, renamed, KNOWN.map(named));
        expect(after === null).toBe(credit === null);
        if (credit === null || after === null) return;
        expect([credit.conversions[0], credit.value[0]]).toEqual([0, 0]);
        expect(after.conversions).toEqual(credit.conversions);
        expect(after.value).toEqual(credit.value);
      }),
    );
  });

  test("the order of rows and of channels changes nothing", () => {
    fc.assert(
      fc.property(convertingRows, (rows) => {
        const credit = creditOrRefusal(model, rows);
        const turned = creditOrRefusal(model, rows.toReversed(), KNOWN.toReversed());
        expect(turned === null).toBe(credit === null);
        if (credit === null || turned === null) return;
        expectClose(turned.conversions.toReversed(), credit.conversions);
        expectClose(turned.value.toReversed(), credit.value);
      }),
    );
  });
});

describe.each(Object.entries(DETERMINISTIC))("laws of %s, which draws nothing", (_, model) => {
  test("twice the journeys give twice the credit", () => {
    fc.assert(
      fc.property(convertingRows, (rows) => {
        const once = creditOrRefusal(model, rows);
        const twice = creditOrRefusal(model, [...rows, ...rows]);
        expect(twice === null).toBe(once === null);
        if (once === null || twice === null) return;
        const doubled = (credit: Float64Array): Float64Array => credit.map((each) => 2 * each);
        expectClose(twice.conversions, doubled(once.conversions));
        expectClose(twice.value, doubled(once.value));
      }),
    );
  });
});

describe.each(Object.entries(RULES))("the rule %s", (_, model) => {
  test("takes nothing from any channel when a path converts more often", () => {
    fc.assert(
      fc.property(convertingRows, fc.nat({ max: 24 }), fc.integer({ min: 1, max: 50 }), (rows, pick, more) => {
        const grown = rows.map((row, at) =>
          at === pick % rows.length
            ? { ...row, conversions: row.conversions + more, value: row.value + 10 * more }
            : row,
        );
        const before = model(aggregatePaths(rows, KNOWN));
        const after = model(aggregatePaths(grown, KNOWN));
        after.conversions.forEach((credit, channel) => {
          expect(credit).toBeGreaterThanOrEqual(before.conversions[channel]! * (1 - 1e-14));
          expect(after.value[channel]).toBeGreaterThanOrEqual(before.value[channel]! * (1 - 1e-14));
        });
      }),
    );
  });
});

describe.each(Object.entries(MODELS))("too little to go by: %s", (name, model) => {
  const asRule = name in RULES;
  const search = (conversions: number, nulls: number | null): PathRow[] => [
    { path: ["Search"], conversions, value: 10 * conversions, nulls },
  ];

  test("journeys of which none converts are refused, or credited with nothing and a warning", () => {
    const credit = creditOrRefusal(model, search(0, 50));
    expect(credit === null).toBe(!asRule);
    if (credit === null) return;
    expect(sumOf(credit.conversions)).toBe(0);
    expect(credit.warnings.join()).toMatch(/No journey converts/);
  });

  test("one channel is credited with everything, with a warning that this says nothing", () => {
    const credit = model(aggregatePaths(search(150, 50)));
    expect([...credit.conversions]).toEqual([150]);
    expect(credit.warnings.join()).toMatch(/touch Search only/);
  });

  test("three conversions come with a warning of how much one of them moves", () => {
    const rows = [...search(3, 5), { path: ["Video"], conversions: 0, value: 0, nulls: 8 }];
    expect(model(aggregatePaths(rows)).warnings.join()).toMatch(/Only 3 conversions.* up to 34 %/);
  });

  test("labels drawn by chance come with a warning that nothing tells channels apart", () => {
    const draw = uniformFrom(41);
    const rows = Array.from({ length: 3_000 }, (): PathRow => {
      const path = Array.from({ length: 1 + Math.floor(3 * draw()) }, () => CHANNELS[Math.floor(5 * draw())]!);
      const conversions = draw() < 0.1 ? 1 : 0;
      return { path, conversions, value: 0, nulls: 1 - conversions };
    });
    const told = rows.map((row) => (row.path.includes("Video") ? { ...row, conversions: 1, nulls: 0 } : row));
    const noSignal = /as often with each channel as without it/;
    expect(model(aggregatePaths(rows)).warnings.join()).toMatch(noSignal);
    expect(model(aggregatePaths(told)).warnings.join()).not.toMatch(noSignal);
  });

  test("without unconverted journeys a model that needs them refuses or warns", () => {
    const rows = [...search(200, null), { path: ["Video", "Search"], conversions: 200, value: 10, nulls: null }];
    const credit = creditOrRefusal(model, rows);
    if (/rate|logistic/.test(name)) expect(credit).toBeNull();
    else if (name.startsWith("markov")) expect(credit!.warnings.join()).toMatch(/Unconverted journeys are not counted/);
    else expect(credit!.warnings).toEqual([]);
  });
});

function expectClose(actual: Float64Array, expected: Float64Array): void {
  const whole = sumOf(expected);
  actual.forEach((each, at) => {
    expect(Math.abs(each - expected[at]!)).toBeLessThanOrEqual(1e-11 * whole);
  });
}

function relativeGap(a: number, b: number): number {
  return a === b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}
