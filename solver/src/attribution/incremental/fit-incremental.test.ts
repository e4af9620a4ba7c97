import { describe, expect, test } from "vitest";
import { uniformFrom } from "../../experiments/panel.fixture.ts";
import { fitIncremental, type IncrementalFit, type IncrementalTask } from "./fit-incremental.ts";
import type { LiftTest } from "./lift-evidence.ts";
import { type SimulatedPeople, simulateTask } from "./market.fixture.ts";

const SEARCH = { name: "Search", touches: 3, effect: 0.03, halfLifeDays: 0.5 };
const SOCIAL = { name: "Social", touches: 4, effect: 0.012, halfLifeDays: 4 };
const DISPLAY = { name: "Display", touches: 5, effect: 0, halfLifeDays: 1 };
const MARKET: SimulatedPeople = { people: 12_000, days: 120, base: 0.3, channels: [SEARCH, SOCIAL, DISPLAY] };

/** Seeded anew each time: what is fitted twice gets the same random numbers. */
const fit = (task: IncrementalTask): IncrementalFit | null => fitIncremental({ ...task, random: uniformFrom(99) });
const plain = fit(simulateTask(MARKET))!;
const effectOf = (found: IncrementalFit, name: string) => found.channels.find(({ channel }) => channel === name)!;

describe("the incremental model", () => {
  test("finds in its intervals what touches cause, and how late", () => {
    for (const { name, touches, effect, halfLifeDays } of [SEARCH, SOCIAL]) {
      const found = effectOf(plain, name);
      // The first fifth of the days, at most 30, only says which touches were before.
      const caused = MARKET.people * touches * effect * (96 / 120);
      // What chance made of the conversions that are caused on average is no error of the model.
      expect(found.low).toBeLessThan(caused + 2 * Math.sqrt(caused));
      expect(found.high).toBeGreaterThan(caused - 2 * Math.sqrt(caused));
      expect(Math.abs(found.perTouch / effect - 1)).toBeLessThan(0.25);
      expect(Math.abs(Math.log(found.halfLifeDays! / halfLifeDays))).toBeLessThan(Math.log(2));
    }
    const nothing = effectOf(plain, "Display");
    expect(nothing.low).toBeLessThan(20);
    expect(nothing.conversions).toBeLessThan(0.03 * plain.conversions);
  });

  test("does not look at names", () => {
    const renamed = { ...MARKET, channels: MARKET.channels.map((each, i) => ({ ...each, name: `${9 - i}` })) };
    const found = fit(simulateTask(renamed))!;
    expect(found.channels.map(({ channel: _, ...rest }) => rest)).toEqual(
      plain.channels.map(({ channel: _, ...rest }) => rest),
    );
  });

  test("finds the same in another order of the channels, but for the chance of its draws", () => {
    const task = simulateTask(MARKET);
    const order = [2, 0, 1];
    const found = fit(reorder(task, order))!;
    expect(found.channels.map(({ channel }) => channel)).toEqual(["Display", "Search", "Social"]);
    for (const expected of plain.channels) {
      const other = effectOf(found, expected.channel);
      const width = expected.high - expected.low;
      expect(Math.abs(other.conversions - expected.conversions)).toBeLessThan(0.1 * width);
      expect(Math.abs(other.low - expected.low)).toBeLessThan(0.15 * width);
      expect(Math.abs(other.high - expected.high)).toBeLessThan(0.15 * width);
    }
  });

  test("finds as much for a touch when everybody is there twice, and twice as much in all", () => {
    const doubled = fit(simulateTask({ ...MARKET, copies: 2 }))!;
    for (const { name } of [SEARCH, SOCIAL]) {
      expect(Math.abs(effectOf(doubled, name).perTouch / effectOf(plain, name).perTouch - 1)).toBeLessThan(0.06);
      expect(Math.abs(effectOf(doubled, name).conversions / effectOf(plain, name).conversions - 2)).toBeLessThan(0.12);
    }
  });

  test("gives nothing to a channel without touches, and the others what they had", () => {
    const silent = { name: "Silent", touches: 0, effect: 0.1, halfLifeDays: 1 };
    const found = fit(simulateTask({ ...MARKET, channels: [...MARKET.channels, silent] }))!;
    const { conversions, perTouch, low, selected } = effectOf(found, "Silent");
    expect({ conversions, perTouch, low, selected }).toEqual({ conversions: 0, perTouch: 0, low: 0, selected: 0 });
    const written = JSON.stringify(found, (key, value: unknown) => (key === "halfLifeDays" ? 0 : value));
    expect(written).not.toContain("null");
    for (const { name } of [SEARCH, SOCIAL]) {
      expect(Math.abs(effectOf(found, name).conversions / effectOf(plain, name).conversions - 1)).toBeLessThan(0.05);
    }
  });

  test("gives own visits and flagged channels nothing, and says how much of the latter may be real", () => {
    const task = simulateTask(MARKET);
    const signatures = task.signatures.map((each, i) => (i === 0 ? { ...each, isFlagged: true, excess: 500 } : each));
    const found = fit({ ...task, signatures, isOwned: [false, true, false] })!;
    expect(effectOf(found, "Search")).toMatchObject({ conversions: 0, low: 0, high: 150 });
    expect(effectOf(found, "Social")).toMatchObject({ conversions: 0, low: 0, high: 0 });
    expect(fit({ ...task, isOwned: [true, true, true] })).toBeNull();
  });

  test("has nothing to say where nobody converted", () => {
    expect(fit(simulateTask({ ...MARKET, people: 200, base: 0, channels: [DISPLAY] }))).toBeNull();
  });
});

/** The same task with the channel that was at `order[i]` at place i. */
function reorder(task: IncrementalTask, order: readonly number[]): IncrementalTask {
  const { statistics, people } = task;
  const { channels, days, buckets, conversions } = statistics;
  const byChannel = (values: Float64Array, width: number) => {
    const moved = new Float64Array(values.length);
    for (let group = 0; group < values.length / width / channels.length; group++) {
      order.forEach((from, to) => {
        const start = (group * channels.length + from) * width;
        moved.set(values.subarray(start, start + width), (group * channels.length + to) * width);
      });
    }
    return moved;
  };
  const counts = (rows: typeof conversions.history) => ({
    ...rows,
    channel: rows.channel.map((channel) => order.indexOf(channel)),
  });
  const { history, before, after } = conversions;
  expect(people.touches.length).toBe(buckets * channels.length);
  return {
    ...task,
    statistics: {
      ...statistics,
      channels: order.map((from) => channels[from]!),
      touchesByDay: byChannel(statistics.touchesByDay, days),
      touchesByHour: byChannel(statistics.touchesByHour, 24),
      conversions: { ...conversions, history: counts(history), before: counts(before), after: counts(after) },
    },
    people: { ...people, touches: byChannel(people.touches, 1) },
    signatures: order.map((from, to) => ({ ...task.signatures[from]!, channel: to })),
  };
}

describe("without signal", () => {
  test.each([1, 2, 3])("market %i: intervals begin next to nothing, and credit is small", (seed) => {
    const channels = MARKET.channels.map((each) => ({ ...each, effect: 0 }));
    const found = fit(simulateTask({ ...MARKET, seed, channels }))!;
    for (const { low } of found.channels) expect(low).toBeLessThan(0.01 * found.conversions);
    const credited = found.channels.reduce((sum, { conversions }) => sum + conversions, 0);
    expect(credited).toBeLessThan(0.06 * found.conversions);
  });

  test("a handful of conversions leaves what was assumed before, with wide intervals", () => {
    for (const [people, base] of [
      [40, 0.1],
      [20, 0.2],
      [100, 0.1],
      [400, 0.03],
    ] as const) {
      for (const seed of [2, 3]) {
        const found = fit(simulateTask({ ...MARKET, people, base, seed }))!;
        expect(found.conversions).toBeLessThan(100);
        const credited = found.channels.reduce((sum, { conversions }) => sum + conversions, 0);
        expect(credited).toBeLessThan(found.conversions);
        for (const { low, high, conversions } of found.channels) {
          expect(high).toBeGreaterThan(conversions);
          expect(high - low).toBeGreaterThan(0.5 * conversions);
        }
      }
    }
  });
});

describe("lift tests", () => {
  const half: Omit<LiftTest, "incremental"> = {
    ...{ id: "holdout", channel: 1, firstDay: 24, lastDay: 119, standardError: 5, part: 0.5 },
  };

  test("of days that only say which touches were before are held against the effect of those days", () => {
    const own = effectOf(plain, "Social").conversions;
    const test = { ...half, firstDay: 0, incremental: (0.5 * 0.6 * own * 120) / 96 };
    const social = effectOf(fit({ ...simulateTask(MARKET), tests: [test] })!, "Social");
    expect(Math.abs(social.conversions / own - 0.6)).toBeLessThan(0.05);
  });

  test("that agree leave the credit; that disagree move it and what it is made of", () => {
    const task = simulateTask(MARKET);
    const own = effectOf(plain, "Social").conversions;
    for (const factor of [1, 0.6]) {
      const found = fit({ ...task, tests: [{ ...half, incremental: 0.5 * factor * own }] })!;
      const social = effectOf(found, "Social");
      expect(found.usedTests).toEqual(["holdout"]);
      expect(Math.abs(social.conversions / own - factor)).toBeLessThan(0.05);
      expect(social.perTouch / effectOf(plain, "Social").perTouch).toBeCloseTo(social.calibration, 6);
      expect(social.high - social.low).toBeLessThan(effectOf(plain, "Social").high - effectOf(plain, "Social").low);
    }
  });
});
