import { describe, expect, test } from "vitest";
import { uniformFrom } from "../../experiments/panel.fixture.ts";
import { assembleRates } from "./assemble-rates.ts";
import { LAG_BINS, LAG_EDGES_DAYS } from "./lag-curves.ts";
import { type IncrementalStatistics, SIZE_CLASSES, type SparseCounts, sizeClassOf } from "./statistics.ts";

const DAYS = 50;
const FIRST_DAY = 10; // A fifth of the days.
const BUCKETS = 2;
const CHANNELS = ["Owned", "Search", "Social"];

interface Touch {
  readonly person: number;
  readonly channel: number;
  /** In hours; in the middle of one, where touches of an hour are taken to be. */
  readonly at: number;
}

const random = uniformFrom(11);
const TOUCHES: Touch[] = Array.from({ length: 80 }, () => ({
  person: Math.floor(random() * 12),
  channel: Math.floor(random() * 3),
  at: Math.floor(random() * DAYS * 24) + 0.5,
}));
/** Persons 0 to 11; each hour of the day has as many conversions as another, so that no hour counts for more. */
const SALES = Array.from({ length: 24 * 4 }, (_, i) => ({
  person: i % 12,
  at: (FIRST_DAY + 2 + Math.floor(random() * (DAYS - FIRST_DAY - 2))) * 24 + (i % 24) + 0.6,
}));

function sparse(rows: readonly (readonly (readonly [number, number])[])[]): SparseCounts {
  const all = rows.flat();
  const offsets = new Uint32Array(rows.length + 1);
  rows.forEach((row, r) => {
    offsets[r + 1] = offsets[r]! + row.length;
  });
  return {
    offsets,
    channel: Uint16Array.from(all, ([channel]) => channel),
    bin: Uint8Array.from(all, ([, bin]) => bin),
    count: new Float32Array(all.length).fill(1),
  };
}

const binOf = (hours: number): number => LAG_EDGES_DAYS.findLastIndex((edge) => edge * 24 <= hours);
const touchesOf = (person: number) => TOUCHES.filter((touch) => touch.person === person);

function tinyWorld(): { statistics: IncrementalStatistics; people: { people: Float64Array; touches: Float64Array } } {
  const touchesByDay = new Float64Array(BUCKETS * 3 * DAYS);
  const touches = new Float64Array(BUCKETS * 3);
  for (const { person, channel, at } of TOUCHES) {
    const place = (person % BUCKETS) * 3 + channel;
    touchesByDay[place * DAYS + Math.floor(at / 24)]! += 1;
    if (channel > 0) touches[place]! += 1;
  }
  const people = new Float64Array(BUCKETS * SIZE_CLASSES);
  for (let person = 0; person < 12; person++) {
    const reached = touchesOf(person).filter(({ channel }) => channel > 0).length;
    if (reached > 0) people[(person % BUCKETS) * SIZE_CLASSES + sizeClassOf(reached)]! += 1;
  }
  const before = SALES.map(({ person, at }) =>
    touchesOf(person)
      .filter((touch) => touch.at <= at)
      .map((touch) => [touch.channel, binOf(at - touch.at)] as const),
  );
  return {
    statistics: {
      ...{ channels: CHANNELS, days: DAYS, buckets: BUCKETS, touchesByDay },
      // All hours of the day alike: the hours of single touches are not known to the model.
      touchesByHour: new Float64Array(3 * 24).fill(1),
      conversions: {
        day: Uint16Array.from(SALES, ({ at }) => at / 24),
        hour: Uint8Array.from(SALES, ({ at }) => at % 24),
        bucket: Uint8Array.from(SALES, ({ person }) => person % BUCKETS),
        history: sparse(SALES.map(({ person }) => touchesOf(person).map(({ channel }) => [channel, 0] as const))),
        before: sparse(before),
        after: sparse(SALES.map(() => [])),
      },
    },
    people: { people, touches },
  };
}

describe("what the model is fitted on", () => {
  const { statistics, people } = tinyWorld();
  const { data, layout, bucketExposure } = assembleRates(statistics, people, [1, 2]);
  const window = DAYS - FIRST_DAY;

  test("effects have the time that people spent in each lag bin after touches, by adding up minutes", () => {
    expect(layout.firstDay).toBe(FIRST_DAY);
    const expected = new Float64Array(2 * LAG_BINS * window);
    for (const { channel, at } of TOUCHES) {
      if (channel === 0) continue;
      // The day is known, the hour is not: each one equally likely.
      for (let hour = 0; hour < 24; hour++) {
        const start = Math.floor(at / 24) + (hour + 0.5) / 24;
        const step = 1 / 96;
        for (let later = step / 2; later < 60; later += step) {
          const day = Math.floor(start + later) - FIRST_DAY;
          if (day < 0 || day >= window) continue;
          expected[((channel - 1) * LAG_BINS + binOf(later * 24)) * window + day]! += step / 24;
        }
      }
    }
    for (let e = 0; e < 2 * LAG_BINS; e++) {
      for (let day = 0; day < window; day++) {
        const found = data.exposure[(layout.effectsFrom + e) * window + day]!;
        expect(Math.abs(found - expected[e * window + day]!)).toBeLessThan(1e-6 + 0.01 * found);
      }
    }
  });

  test("people and their touches are there on every day that counts, and buckets add up to all", () => {
    const all = people.people.reduce((sum, each) => sum + each, 0);
    for (let day = 0; day < window; day++) {
      let base = 0;
      for (let stratum = 0; stratum < layout.sizes; stratum++) base += data.exposure[stratum * window + day]!;
      expect(base).toBe(all);
    }
    for (let f = 0; f < layout.terms; f++) {
      const byDay = data.exposure.subarray(f * window, (f + 1) * window).reduce((sum, each) => sum + each, 0);
      let byBucket = 0;
      for (let bucket = 0; bucket < BUCKETS; bucket++) byBucket += bucketExposure[bucket * layout.terms + f]!;
      expect(Math.abs(byBucket - byDay)).toBeLessThan(1e-9 * Math.max(1, byDay));
    }
  });

  test("each conversion has its touches by channel and lag, terms rising", () => {
    const { effectsFrom, strata } = layout;
    expect(data.weight.length).toBe(SALES.length);
    SALES.forEach(({ person, at }, row) => {
      const entries = new Map<number, number>();
      for (let entry = data.offsets[row]!; entry < data.offsets[row + 1]!; entry++) {
        if (entry > data.offsets[row]!) expect(data.term[entry]).toBeGreaterThan(data.term[entry - 1]!);
        entries.set(data.term[entry]!, data.amount[entry]!);
      }
      const reaching = touchesOf(person).filter(({ channel }) => channel > 0);
      for (const channel of [1, 2]) {
        const own = reaching.filter((touch) => touch.channel === channel);
        const left = DAYS - Math.floor(at / 24) - 0.5;
        const history = (own.length * DAYS) / (DAYS - Math.min(7, left));
        expect(entries.get(strata + channel - 1) ?? 0).toBeCloseTo(history, 4);
        for (let bin = 0; bin < LAG_BINS; bin++) {
          const near = own.filter((touch) => touch.at <= at && binOf(at - touch.at) === bin).length;
          expect(entries.get(effectsFrom + (channel - 1) * LAG_BINS + bin) ?? 0).toBe(near);
        }
      }
    });
    expect(data.term.every((term) => term < layout.terms)).toBe(true);
  });

  test("conversions of people whom only own visits reached are left out", () => {
    const owned = { ...statistics.conversions.history, channel: statistics.conversions.history.channel.map(() => 0) };
    const conversions = { ...statistics.conversions, history: owned };
    expect(assembleRates({ ...statistics, conversions }, people, [1, 2]).data.weight.length).toBe(0);
  });
});
