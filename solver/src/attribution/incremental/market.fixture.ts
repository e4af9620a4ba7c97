import { uniformFrom } from "../../experiments/panel.fixture.ts";
import type { IncrementalTask } from "./fit-incremental.ts";
import { LAG_EDGES_DAYS, LONGEST_LAG_DAYS } from "./lag-curves.ts";
import { AFTERMATH_EDGES_DAYS, SIZE_CLASSES, type SparseCounts, sizeClassOf } from "./statistics.ts";

export interface SimulatedChannel {
  readonly name: string;
  /** Of a person, over all days. */
  readonly touches: number;
  /** Conversions that one touch causes. */
  readonly effect: number;
  readonly halfLifeDays: number;
}

export interface SimulatedPeople {
  readonly people: number;
  readonly days: number;
  /** Conversions of a person that come anyway, over all days. */
  readonly base: number;
  readonly channels: readonly SimulatedChannel[];
  /** Everybody as often as this. */
  readonly copies?: number;
  readonly seed?: number;
}

interface Person {
  readonly touches: readonly { readonly at: number; readonly channel: number }[];
  readonly sales: readonly number[];
}

const BUCKETS = 16;

/** What the model is told of simulated people; every touch at random, no own visits and no tests. */
export function simulateTask(market: SimulatedPeople): IncrementalTask {
  const { channels, copies = 1, seed = 1 } = market;
  const random = uniformFrom(seed);
  const drawn = Array.from({ length: market.people }, () => drawPerson(market, random));
  return describePeople(Array.from({ length: copies }, () => drawn).flat(), channels, market.days);
}

function drawPerson({ days, base, channels }: SimulatedPeople, random: () => number): Person {
  const touches: { at: number; channel: number }[] = [];
  const sales: number[] = [];
  channels.forEach(({ touches: mean, effect, halfLifeDays }, channel) => {
    for (let n = poisson(mean, random); n > 0; n--) {
      const at = random() * days;
      touches.push({ at, channel });
      if (random() < effect) sales.push(at - halfLifeDays * Math.log2(1 - random()));
    }
  });
  for (let n = poisson(base, random); n > 0; n--) sales.push(random() * days);
  return { touches, sales: sales.filter((at) => at < days) };
}

function poisson(mean: number, random: () => number): number {
  if (mean === 0) return 0;
  let n = -1;
  for (let left = Math.exp(mean); left >= 1; left *= random()) n++;
  return n;
}

function describePeople(
  people: readonly Person[],
  channels: readonly SimulatedChannel[],
  days: number,
): IncrementalTask {
  const count = channels.length;
  const touchesByDay = new Float64Array(BUCKETS * count * days);
  const touchesByHour = new Float64Array(count * 24);
  const classes = new Float64Array(BUCKETS * SIZE_CLASSES);
  const touches = new Float64Array(BUCKETS * count);
  const rows: { at: number; bucket: number; person: Person }[] = [];
  people.forEach((person, i) => {
    const bucket = i % BUCKETS;
    if (person.touches.length === 0) return;
    classes[bucket * SIZE_CLASSES + sizeClassOf(person.touches.length)]! += 1;
    for (const { at, channel } of person.touches) {
      touches[bucket * count + channel]! += 1;
      touchesByDay[(bucket * count + channel) * days + Math.floor(at)]! += 1;
      touchesByHour[channel * 24 + Math.floor((at % 1) * 24)]! += 1;
    }
    for (const at of person.sales) rows.push({ at, bucket, person });
  });
  const near = (side: 1 | -1, edges: readonly number[], longest: number) =>
    sparse(
      rows.map(({ at, person }) =>
        person.touches
          .map((touch) => ({ channel: touch.channel, distance: side * (touch.at - at) }))
          .filter(({ distance }) => distance >= 0 && distance < longest)
          .map(({ channel, distance }) => [channel, edges.findLastIndex((edge) => edge <= distance)] as const),
      ),
    );
  return {
    statistics: {
      ...{ channels: channels.map(({ name }) => name), days, buckets: BUCKETS, touchesByDay, touchesByHour },
      conversions: {
        day: Uint16Array.from(rows, ({ at }) => at),
        hour: Uint8Array.from(rows, ({ at }) => (at % 1) * 24),
        bucket: Uint8Array.from(rows, (row) => row.bucket),
        history: sparse(rows.map(({ person }) => person.touches.map(({ channel }) => [channel, 0] as const))),
        before: near(-1, LAG_EDGES_DAYS, LONGEST_LAG_DAYS),
        after: near(1, AFTERMATH_EDGES_DAYS, AFTERMATH_EDGES_DAYS.at(-1)!),
      },
    },
    people: { people: classes, touches },
    signatures: channels.map((_, channel) => ({ channel, soonPerTouch: 0, shareSoon: 0, excess: 0, isFlagged: false })),
    isOwned: channels.map(() => false),
    ...{ intent: null, tests: [], random: uniformFrom(99) },
  };
}

/** Pairs of channel and bin, as often as they occur in each row. */
function sparse(rows: readonly (readonly (readonly [number, number])[])[]): SparseCounts {
  const tallies = rows.map((row) => {
    const tally = new Map<number, number>();
    for (const [channel, bin] of row) tally.set(channel * 256 + bin, (tally.get(channel * 256 + bin) ?? 0) + 1);
    return [...tally].sort(([a], [b]) => a - b);
  });
  const all = tallies.flat();
  const offsets = new Uint32Array(rows.length + 1);
  tallies.forEach((tally, row) => {
    offsets[row + 1] = offsets[row]! + tally.length;
  });
  return {
    offsets,
    channel: Uint16Array.from(all, ([place]) => place >> 8),
    bin: Uint8Array.from(all, ([place]) => place & 255),
    count: Float32Array.from(all, ([, count]) => count),
  };
}
