import { ModelError } from "../model-error.ts";

/** All journeys that took the same way, counted. `nulls` are those that ended unconverted; null where nobody counted them. */
export interface PathRow {
  readonly path: readonly string[];
  readonly conversions: number;
  readonly value: number;
  readonly nulls: number | null;
}

/**
 * Rows of paths in flat arrays. Path r is `states[offsets[r]] ... states[offsets[r + 1] - 1]`, each an index into `channels`.
 *
 *     offsets  0     3  4        (one more than there are paths)
 *     states   0 1 0 2  ...
 */
export interface AggregatedPaths {
  readonly channels: readonly string[];
  readonly offsets: Uint32Array;
  readonly states: Uint32Array;
  readonly conversions: Float64Array;
  readonly value: Float64Array;
  /** All zero where `hasNulls` is false. */
  readonly nulls: Float64Array;
  readonly hasNulls: boolean;
}

/**
 * Lays rows of paths out for the models. Rows keep their order and are not merged; channels are numbered in the order in
 * which they appear, after `knownChannels`.
 * @param knownChannels channels that get an index, and so a credit of 0, even where no path contains them
 * @throws ModelError naming the row (counted from 1) for an empty path, a touch without a channel, a number that is
 *   negative or not finite, or unconverted journeys that are counted in some rows and not in others
 */
export function aggregatePaths(rows: Iterable<PathRow>, knownChannels: readonly string[] = []): AggregatedPaths {
  const indexOf = new Map<string, number>();
  const numberChannel = (channel: string): number => {
    const known = indexOf.get(channel);
    if (known !== undefined) return known;
    indexOf.set(channel, indexOf.size);
    return indexOf.size - 1;
  };
  for (const channel of knownChannels) numberChannel(channel);

  const offsets = [0];
  const states: number[] = [];
  const conversions: number[] = [];
  const value: number[] = [];
  const nulls: number[] = [];
  let hasNulls: boolean | null = null;
  for (const row of rows) {
    const rowNumber = offsets.length;
    refuseFaultyRow(row, rowNumber);
    hasNulls ??= row.nulls !== null;
    if (hasNulls !== (row.nulls !== null)) {
      throw new ModelError(
        `Row ${rowNumber}: unconverted journeys are counted in some rows and missing in others; give them for every row or for none.`,
      );
    }
    for (const channel of row.path) states.push(numberChannel(channel));
    offsets.push(states.length);
    conversions.push(row.conversions);
    value.push(row.value);
    nulls.push(row.nulls ?? 0);
  }
  return {
    channels: [...indexOf.keys()],
    offsets: Uint32Array.from(offsets),
    states: Uint32Array.from(states),
    conversions: Float64Array.from(conversions),
    value: Float64Array.from(value),
    nulls: Float64Array.from(nulls),
    hasNulls: hasNulls ?? false,
  };
}

function refuseFaultyRow(row: PathRow, rowNumber: number): void {
  if (row.path.length === 0) {
    throw new ModelError(`Row ${rowNumber}: the path is empty; leave out conversions that no touch came before.`);
  }
  if (row.path.includes("")) {
    throw new ModelError(`Row ${rowNumber}: a touch has no channel name; name the channel or leave the touch out.`);
  }
  const amounts = { conversions: row.conversions, value: row.value, nulls: row.nulls ?? 0 };
  for (const [name, amount] of Object.entries(amounts)) {
    if (!Number.isFinite(amount) || amount < 0) {
      throw new ModelError(`Row ${rowNumber}: ${name} is ${amount}; it must be a finite number that is not negative.`);
    }
  }
}

/**
 * @param model named in the message: "a Markov model"
 * @throws ModelError when nothing converts, or a value comes without a conversion
 */
export function refuseUncreditable(paths: AggregatedPaths, model: string): void {
  if (!paths.conversions.some((conversions) => conversions > 0)) {
    throw new ModelError(`No journey converts: ${model} has nothing to credit; widen the dates or check the import.`);
  }
  paths.value.forEach((value, row) => {
    if (value === 0 || paths.conversions[row]! > 0) return;
    throw new ModelError(
      `Row ${row + 1}: a value of ${value} without a conversion; count the conversions that it came from.`,
    );
  });
}

/** The same paths with touches in a row on one channel taken as one. */
export function withoutRepeats(paths: AggregatedPaths): AggregatedPaths {
  const offsets = new Uint32Array(paths.offsets.length);
  const states = new Uint32Array(paths.states.length);
  let length = 0;
  for (let row = 0; row < paths.conversions.length; row++) {
    for (let touch = paths.offsets[row]!; touch < paths.offsets[row + 1]!; touch++) {
      if (length > offsets[row]! && states[length - 1] === paths.states[touch]) continue;
      states[length++] = paths.states[touch]!;
    }
    offsets[row + 1] = length;
  }
  return { ...paths, offsets, states: states.slice(0, length) };
}

/** The same paths with channels numbered as in `channels`; those that are not in it come after, where no model knows them. */
export function renumberChannels(paths: AggregatedPaths, channels: readonly string[]): AggregatedPaths {
  const all = [...new Set([...channels, ...paths.channels])];
  const placeOf = new Map(all.map((channel, place) => [channel, place]));
  const places = Uint32Array.from(paths.channels, (channel) => placeOf.get(channel)!);
  return { ...paths, channels: all, states: paths.states.map((state) => places[state]!) };
}
