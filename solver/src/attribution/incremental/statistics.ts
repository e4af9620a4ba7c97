/** Sparse rows: row r has the entries `offsets[r] ... offsets[r + 1] - 1`. */
export interface SparseCounts {
  readonly offsets: Uint32Array;
  readonly channel: Uint16Array;
  /** Lag bin; all 0 where counts have no lag. */
  readonly bin: Uint8Array;
  readonly count: Float32Array;
}

/** What the incremental model needs to know of a workspace: counts, never journeys. Channels are indices into `channels`. */
export interface IncrementalStatistics {
  readonly channels: readonly string[];
  /** Days of the window that the model is fitted on. */
  readonly days: number;
  /** People are dealt into so many buckets, by a hash: what differs between buckets is chance. */
  readonly buckets: number;
  /** buckets x channels x days. */
  readonly touchesByDay: Float64Array;
  /** channels x 24, by hour of the day in the workspace's zone. */
  readonly touchesByHour: Float64Array;
  readonly conversions: ConversionRows;
}

/** One row a conversion of somebody who was touched inside the window. */
export interface ConversionRows {
  readonly day: Uint16Array;
  readonly hour: Uint8Array;
  readonly bucket: Uint8Array;
  /** Touches of the person over the whole window, by channel. */
  readonly history: SparseCounts;
  /** Touches before the conversion, by channel and lag bin (`LAG_EDGES_DAYS`). */
  readonly before: SparseCounts;
  /** Touches after the conversion, by channel and bin (`AFTERMATH_EDGES_DAYS`). */
  readonly after: SparseCounts;
}

/** Bins of the time between a conversion and the touches that follow it. */
export const AFTERMATH_EDGES_DAYS: readonly number[] = [0, 0.25, 1, 3, 7, 14, 30];

/** People who were reached, by bucket and class of how many touches they had; see `SIZE_EDGES`. */
export interface ReachedPeople {
  /** buckets x classes. */
  readonly people: Float64Array;
  /** buckets x channels: their touches. */
  readonly touches: Float64Array;
}

/** Lower edges of the classes of people by their number of touches. */
export const SIZE_EDGES: readonly number[] = [
  1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 19, 24, 30, 38, 48, 60, 76, 96, 120, 152, 192, 256, 512,
];
export const SIZE_CLASSES = SIZE_EDGES.length;

export function sizeClassOf(touches: number): number {
  let low = 0;
  let high = SIZE_CLASSES;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (SIZE_EDGES[middle]! <= touches) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
