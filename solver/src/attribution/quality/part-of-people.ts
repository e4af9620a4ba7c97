import {
  type ConversionRows,
  type IncrementalStatistics,
  type ReachedPeople,
  SIZE_CLASSES,
  type SparseCounts,
} from "../incremental/statistics.ts";

/** Statistics of people with the people themselves. */
export interface PeopleAndStatistics {
  readonly statistics: IncrementalStatistics;
  readonly people: ReachedPeople;
}

/** Those of the buckets `from` up to but not including `to`. The hours of the touches stay everybody's: they are a profile only. */
export function statisticsOfBuckets(all: IncrementalStatistics, from: number, to: number): IncrementalStatistics {
  const size = all.channels.length * all.days;
  const rows = [...all.conversions.bucket.keys()].filter((row) => {
    const bucket = all.conversions.bucket[row]!;
    return bucket >= from && bucket < to;
  });
  return {
    ...all,
    buckets: to - from,
    touchesByDay: all.touchesByDay.slice(from * size, to * size),
    conversions: conversionsOf(all.conversions, rows, from),
  };
}

/** The people of the same buckets. @param buckets of all people */
export function peopleOfBuckets(all: ReachedPeople, buckets: number, from: number, to: number): ReachedPeople {
  const channels = all.touches.length / buckets;
  return {
    people: all.people.slice(from * SIZE_CLASSES, to * SIZE_CLASSES),
    touches: all.touches.slice(from * channels, to * channels),
  };
}

function conversionsOf(all: ConversionRows, rows: readonly number[], firstBucket: number): ConversionRows {
  return {
    day: Uint16Array.from(rows, (row) => all.day[row]!),
    hour: Uint8Array.from(rows, (row) => all.hour[row]!),
    bucket: Uint8Array.from(rows, (row) => all.bucket[row]! - firstBucket),
    history: takeRows(all.history, rows),
    before: takeRows(all.before, rows),
    after: takeRows(all.after, rows),
  };
}

function takeRows(all: SparseCounts, rows: readonly number[]): SparseCounts {
  const offsets = new Uint32Array(rows.length + 1);
  rows.forEach((row, i) => {
    offsets[i + 1] = offsets[i]! + all.offsets[row + 1]! - all.offsets[row]!;
  });
  const entries = offsets[rows.length]!;
  const taken = {
    offsets,
    channel: new Uint16Array(entries),
    bin: new Uint8Array(entries),
    count: new Float32Array(entries),
  };
  rows.forEach((row, i) => {
    const [from, to] = [all.offsets[row]!, all.offsets[row + 1]!];
    taken.channel.set(all.channel.subarray(from, to), offsets[i]!);
    taken.bin.set(all.bin.subarray(from, to), offsets[i]!);
    taken.count.set(all.count.subarray(from, to), offsets[i]!);
  });
  return taken;
}
