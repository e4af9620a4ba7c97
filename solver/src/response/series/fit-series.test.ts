import { describe, expect, test } from "vitest";
import { drawNormal } from "../../draw-normal.ts";
import { curveValue } from "../curve-families.ts";
import { fitSeries } from "./fit-series.ts";
import { simulateSeries } from "./series.fixture.ts";
import type { SeriesTask } from "./series-task.ts";

/** Mulberry32. */
function seeded(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const small = (seed: number) =>
  simulateSeries({ periodDays: 1, periods: 150, channels: 2, follows: 0.3, noise: 0.05 }, seeded(seed));
const quick = { draws: 120, families: ["exp", "hill"] as const };

describe("a series", () => {
  test("the same series and the same chance give the same digits", () => {
    const { task } = small(1);
    const once = fitSeries({ ...task, ...quick, random: seeded(2) });
    const again = fitSeries({ ...task, ...quick, random: seeded(2) });
    expect(again).toEqual(once);
  });

  test("units of the outcome and of money change nothing but units", () => {
    const { task } = small(3);
    const plain = fitSeries({ ...task, ...quick, random: seeded(4) });
    const scaled = fitSeries({
      ...{ ...task, ...quick, random: seeded(4), outcome: task.outcome.map((each) => each * 1024) },
      channels: task.channels.map((each) => ({ ...each, pressure: each.pressure.map((x) => x / 4096) })),
    });
    plain.channels.forEach(({ contribution }, i) => {
      expect(scaled.channels[i]!.contribution.mean / 1024).toBeCloseTo(contribution.mean, -1);
    });
  });

  test("contributions by period add up to the total, draw for draw, and curves say what steady spend brings", () => {
    const { task } = small(5);
    const { channels, drawn, draws } = fitSeries({ ...task, ...quick, random: seeded(6) });
    const rows = task.outcome.length;
    let checked = 0;
    for (let draw = 0; draw < draws; draw += 17) {
      channels.forEach(({ totals, curves, kernels }, i) => {
        const from = (draw * channels.length + i) * rows;
        const sum = drawn.subarray(from, from + rows).reduce((a, b) => a + b, 0);
        expect(sum / totals[draw]!).toBeCloseTo(1, 4);
        expect(kernels[draw]!.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
        expect(curveValue(curves[draw]!, 1)).toBeGreaterThan(0);
        checked++;
      });
    }
    expect(checked).toBeGreaterThan(10);
    for (const { byPeriod, contribution } of channels)
      expect(byPeriod.reduce((a, b) => a + b, 0) / contribution.mean).toBeCloseTo(1, 6);
  });

  test("base, channels and noise are the outcome", () => {
    const { task } = small(7);
    const { base, channels } = fitSeries({ ...task, ...quick, random: seeded(8) });
    const mean = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;
    const explained = mean(base) + channels.reduce((sum, { byPeriod }) => sum + mean(byPeriod), 0);
    expect(explained / mean(task.outcome)).toBeCloseTo(1, 2);
  });

  test("a panel of regions tells more than their sum, and its curves are of all regions together", () => {
    const random = seeded(9);
    const regions = 4;
    const periods = 100;
    const sizes = [1, 2, 3, 4];
    const pressure = new Float64Array(regions * periods);
    const outcome = new Float64Array(regions * periods);
    let truth = 0;
    sizes.forEach((size, region) => {
      let burst = 0;
      for (let t = 0; t < periods; t++) {
        burst = t % 7 === 0 ? Math.exp(drawNormal(random)) : burst;
        const at = region * periods + t;
        pressure[at] = size * 10 * burst;
        const brought = size * 20 * -Math.expm1(-burst);
        truth += brought;
        outcome[at] = 100 * size * (1 + 0.2 * Math.sin(t / 9)) + brought + 3 * size * drawNormal(random);
      }
    });
    const season = [Math.sin, Math.cos].flatMap((wave) =>
      sizes.map((size, of) =>
        outcome.map((_, at) => (Math.floor(at / periods) === of ? size * wave((at % periods) / 9) : 0)),
      ),
    );
    const task: SeriesTask = {
      ...{ outcome, periodDays: 1, regions, sizes, controls: season, random },
      ...{ channels: [{ channel: "tv", pressure }], scatter: outcome.map((_, at) => sizes[Math.floor(at / periods)]!) },
    };
    const [tv] = fitSeries(task).channels;
    expect(tv!.isIdentified).toBe(true);
    expect(tv!.contribution.low).toBeLessThan(truth);
    expect(tv!.contribution.high).toBeGreaterThan(truth);
    const steady = tv!.curves.reduce((sum, curve) => sum + curveValue(curve, 100) / tv!.curves.length, 0);
    expect(steady / (200 * -Math.expm1(-1))).toBeGreaterThan(0.6);
    expect(steady / (200 * -Math.expm1(-1))).toBeLessThan(1.6);
  });

  test("a channel that never varies is not identified, and is thought to be like those that are known", () => {
    const random = seeded(10);
    const periods = 200;
    const outcome = Float64Array.from({ length: periods }, () => 100 + 5 * drawNormal(random));
    const constant = new Float64Array(periods).fill(50);
    const knownReturns = [0.1, 0.12, 0.08, 0.11].map((each) => ({ logReturn: Math.log(each), deviation: 0.1 }));
    const task = { outcome, periodDays: 1, controls: [], channels: [{ channel: "tv", pressure: constant }] };
    const [tv] = fitSeries({ ...task, knownReturns, random }).channels;
    expect(tv!.isIdentified).toBe(false);
    expect(tv!.contribution.mean / (50 * periods)).toBeGreaterThan(0.05);
    expect(tv!.contribution.mean / (50 * periods)).toBeLessThan(0.3);
  });

  test("what cannot be a series is refused with the reason", () => {
    const { task } = small(11);
    const of = (changed: Partial<SeriesTask>) => () => fitSeries({ ...task, random: seeded(1), ...changed });
    expect(of({ outcome: task.outcome.slice(1) })).toThrow("as long as the outcome");
    expect(of({ outcome: task.outcome.map(() => Number.NaN) })).toThrow("finite");
    expect(of({ channels: [{ channel: "tv", pressure: task.outcome.map(() => 0) }] })).toThrow('"tv" needs spend');
    expect(of({ outcome: task.outcome.map(() => 7) })).toThrow("never changes");
    expect(of({ outcome: task.outcome.slice(0, 20), controls: [], channels: [] })).toThrow("40 are needed");
  });
});

describe("channels whose effect is known from touches", () => {
  test("what is known up to a factor is left to it, and the unknown channel gets what remains", () => {
    const inside: boolean[] = [];
    for (let seed = 20; seed < 26; seed++) {
      const random = seeded(seed);
      const { task, truth } = simulateSeries(
        { periodDays: 1, periods: 200, channels: 1, follows: 0.3, noise: 0.04 },
        random,
      );
      const level = task.outcome.reduce((a, b) => a + b, 0) / 200;
      const expected = Float64Array.from({ length: 200 }, (_, t) => level * 0.2 * (1 + 0.5 * Math.sin(t / 5)));
      const factor = 1 + 0.15 * drawNormal(random);
      const outcome = task.outcome.map((each, t) => each + factor * expected[t]!);
      const fit = fitSeries({ ...task, outcome, known: [{ expected, deviation: 0.15 }], random });
      const { low, high } = fit.channels[0]!.contribution;
      inside.push(low <= truth[0]! && truth[0]! <= high);
    }
    expect(inside.filter(Boolean).length).toBeGreaterThanOrEqual(4);
  });
});

test("a lift test narrows the return that it measured", () => {
  const { task } = small(12);
  const plain = fitSeries({ ...task, ...quick, random: seeded(13) });
  const spend = task.channels[0]!.pressure.reduce((a, b) => a + b, 0);
  const tested = { logReturn: Math.log((3 * plain.channels[0]!.contribution.median) / spend), deviation: 0.02 };
  const channels = task.channels.map((each, i) => (i === 0 ? { ...each, tested } : each));
  const [found] = fitSeries({ ...task, ...quick, channels, random: seeded(13) }).channels;
  expect(found!.contribution.median / (3 * plain.channels[0]!.contribution.median)).toBeCloseTo(1, 0);
  expect(found!.ignorance).toBeLessThan(plain.channels[0]!.ignorance);
});

test("intervals of 90 % hold the truth about so often in markets that were drawn for it", { timeout: 120_000 }, () => {
  let inside = 0;
  let all = 0;
  for (let seed = 1; seed <= 8; seed++) {
    const random = seeded(100 + seed);
    const kind = { periodDays: seed % 2 === 0 ? 7 : 1, periods: 130, channels: 2, follows: 0.4, noise: 0.06 } as const;
    const { task, truth } = simulateSeries(kind, random);
    const { channels } = fitSeries({ ...task, random });
    channels.forEach(({ contribution: { low, high } }, i) => {
      all++;
      if (low <= truth[i]! && truth[i]! <= high) inside++;
    });
  }
  expect(all).toBe(16);
  // Of 16 at 90 %, fewer than 11 would be a chance of 1 in 300.
  expect(inside).toBeGreaterThanOrEqual(11);
});
