import { describe, expect, test } from "vitest";
import { LAG_BINS, LAG_EDGES_DAYS } from "../incremental/lag-curves.ts";
import type { IncrementalStatistics, SparseCounts } from "../incremental/statistics.ts";
import { forecastWeek, type WeekTask } from "./forecast-week.ts";
import { aucErrorWithoutSignal, gainOverConstant } from "./gain-over-constant.ts";
import { lagEvidence } from "./lag-evidence.ts";
import { statisticsOfBuckets } from "./part-of-people.ts";
import { scatterOfCount } from "./scatter-of-count.ts";

const of = (...values: number[]) => Float64Array.from(values);

describe("the gain over one chance for all", () => {
  const journeys = { conversions: of(30, 10), nulls: of(20, 140) };

  test("is zero where every journey has that chance, with no error", () => {
    const gained = gainOverConstant({ ...journeys, scores: of(0.2, 0.2) }, 0.2)!;
    expect(gained.gain).toBeCloseTo(0, 12);
    expect(gained.error).toBeCloseTo(0, 12);
  });

  test("is what the log-likelihood rises by, a journey", () => {
    const { gain, error } = gainOverConstant({ ...journeys, scores: of(0.6, 0.1) }, 0.2)!;
    const better = 30 * Math.log(0.6) + 10 * Math.log(0.1) + 20 * Math.log(0.4) + 140 * Math.log(0.9);
    const plain = 40 * Math.log(0.2) + 160 * Math.log(0.8);
    expect(gain).toBeCloseTo((better - plain) / 200, 12);
    expect(error).toBeGreaterThan(0);
  });

  test("without journeys there is none", () => {
    expect(gainOverConstant({ scores: of(0.5), conversions: of(0), nulls: of(0) }, 0.2)).toBeNull();
    expect(aucErrorWithoutSignal(0, 10)).toBeNull();
    expect(aucErrorWithoutSignal(100, 100)).toBeCloseTo(0.0409, 4);
  });
});

test("the interval of a count is the exact one within a hundredth", () => {
  // Half the 5 % and 95 % quantiles of chi-squared with 2n and 2n + 2 degrees of freedom.
  for (const [count, low, high] of [
    [0, 0, 2.9957],
    [3, 0.8177, 7.7537],
    [20, 13.2546, 29.062],
  ] as const) {
    expect(scatterOfCount(count).low).toBeCloseTo(low, 1);
    expect(scatterOfCount(count).high / high).toBeCloseTo(1, 1);
  }
});

describe("a week foretold", () => {
  const days = 77;
  const flat = (value: number, length = days) => new Float64Array(length).fill(value);
  const task: WeekTask = {
    ...{ booked: flat(100), effects: flat(0), demand: flat(1, 70), knownFrom: 0, weekFrom: 70, effectError: 0.2 },
  };

  test("without effects is the rate of the weeks before", () => {
    const week = forecastWeek(task)!;
    expect(week.expected).toBeCloseTo(700, 6);
    expect(week.withoutTouches).toBeCloseTo(700, 6);
    expect(week.ofTouches).toBe(0);
    expect(week.days).toHaveLength(7);
    expect(week.low).toBeLessThan(700);
    expect(week.high).toBeGreaterThan(700);
  });

  test("days add up to the week", () => {
    const booked = task.booked.map((value, day) => value + 30 * ((day % 7) - 3));
    const week = forecastWeek({ ...task, booked })!;
    expect(week.days.reduce((sum, day) => sum + day.expected, 0)).toBeCloseTo(week.expected, 6);
    expect(week.days[0]!.expected).not.toBeCloseTo(week.days[6]!.expected, 0);
  });

  test("more touches in the week bring more, and a wider interval", () => {
    const touched = { ...task, effects: flat(40) };
    const more = { ...touched, effects: flat(40).map((value, day) => (day >= 70 ? 2 * value : value)) };
    const [before, after] = [forecastWeek(touched)!, forecastWeek(more)!];
    expect(before.expected).toBeCloseTo(700, 6);
    expect(after.expected).toBeCloseTo(980, 6);
    expect(after.withoutTouches).toBeCloseTo(700, 6);
    expect(after.high - after.low).toBeGreaterThan(before.high - before.low);
  });

  test("needs four weeks before it", () => {
    expect(forecastWeek({ ...task, weekFrom: 27, knownFrom: 0 })).toBeNull();
  });
});

/** Sparse rows from lists of [channel, bin, count]. */
function sparse(rows: readonly (readonly [number, number, number])[][]): SparseCounts {
  const entries = rows.flat();
  const offsets = new Uint32Array(rows.length + 1);
  rows.forEach((row, i) => {
    offsets[i + 1] = offsets[i]! + row.length;
  });
  return {
    offsets,
    channel: Uint16Array.from(entries, ([channel]) => channel),
    bin: Uint8Array.from(entries, ([, bin]) => bin),
    count: Float32Array.from(entries, ([, , count]) => count),
  };
}

const DAYS = 100;
/** One channel with ten touches a day in each of two buckets; four conversions. */
const statistics: IncrementalStatistics = {
  channels: ["Search", "Mail"],
  days: DAYS,
  buckets: 2,
  touchesByDay: Float64Array.from({ length: 2 * 2 * DAYS }, (_, i) => (Math.floor(i / DAYS) % 2 === 0 ? 10 : 0)),
  touchesByHour: new Float64Array(48).fill(1),
  conversions: {
    day: Uint16Array.of(50, 51, 52, 53),
    hour: Uint8Array.of(1, 2, 3, 4),
    bucket: Uint8Array.of(0, 1, 1, 0),
    history: sparse([[[0, 0, 3]], [[0, 0, 1]], [[0, 0, 1]], [[0, 0, 2]]]),
    before: sparse([
      [
        [0, 0, 2],
        [0, LAG_EDGES_DAYS.indexOf(14), 1],
      ],
      [[0, LAG_EDGES_DAYS.indexOf(18), 1]],
      [[0, LAG_BINS - 1, 1]],
      [],
    ]),
    after: sparse([[], [[0, 5, 4]], [[0, 0, 1]], []]),
  },
};

describe("what happens around touches", () => {
  const [search, mail] = lagEvidence(statistics);

  test("pairs within a month are all there, on their side of the touch", () => {
    const pairs = (isAfter: boolean) =>
      search!.lags.filter(({ fromDays }) => fromDays >= 0 === isAfter).reduce((sum, lag) => sum + lag.pairs, 0);
    expect(pairs(true)).toBe(4);
    expect(pairs(false)).toBe(5);
    expect(search!.lags.map(({ fromDays }) => fromDays)).toEqual(
      [...search!.lags].map((l) => l.fromDays).sort((a, b) => a - b),
    );
  });

  test("the usual rate is of two weeks to a month away on both sides, and a rate is of touch-days inside the window", () => {
    // 20 touches a day; after: days 14 to 30 that lie before the end; before: the same after the beginning.
    let time = 0;
    for (let day = 0; day < DAYS; day++) {
      time += 20 * Math.max(0, Math.min(DAYS - day - 0.5, 30) - 14);
      time += 20 * Math.max(0, Math.min(day + 0.5, 30) - 14);
    }
    expect(search!.usual).toBeCloseTo(6 / time, 12);
    const first = search!.lags.find(({ fromDays }) => fromDays === 0)!;
    expect(first.rate).toBeCloseTo(2 / (2000 * (2 / 24)), 6);
    expect(first.low).toBeLessThan(first.rate!);
    expect(first.high).toBeGreaterThan(first.rate!);
  });

  test("four touches of one conversion count as one conversion's evidence", () => {
    const far = search!.lags[0]!;
    const one = scatterOfCount(1);
    expect(far.high! / far.rate!).toBeCloseTo(one.high, 6);
  });

  test("a channel without touches says nothing", () => {
    expect(mail).toMatchObject({ touches: 0, usual: null, before: null });
    expect(mail!.lags.every(({ rate }) => rate === null)).toBe(true);
  });
});

test("parts of the people add up to all of them", () => {
  const parts = [statisticsOfBuckets(statistics, 0, 1), statisticsOfBuckets(statistics, 1, 2)];
  expect(parts.map(({ conversions }) => conversions.day.length)).toEqual([2, 2]);
  expect(parts.map(({ conversions }) => [...conversions.bucket])).toEqual([
    [0, 0],
    [0, 0],
  ]);
  const touches = parts.flatMap(({ touchesByDay }) => [...touchesByDay]);
  expect(touches).toEqual([...statistics.touchesByDay]);
  expect(parts.reduce((sum, { conversions }) => sum + conversions.before.count.length, 0)).toBe(4);
  expect([...parts[1]!.conversions.after.count]).toEqual([4, 1]);
});
