import type { ConversionRows, SparseCounts } from "@touchline/solver";

/** A conversion as the engine tells it, its counts flat. */
interface ToldConversion {
  readonly day: number;
  readonly hour: number;
  readonly bucket: number;
  readonly history: readonly number[];
  readonly earlier: readonly number[];
  readonly later: readonly number[];
}

/** @param width 2 for channel and count, 3 with the bin between them */
export function sparse(lists: readonly (readonly number[])[], width: 2 | 3): SparseCounts {
  const offsets = new Uint32Array(lists.length + 1);
  lists.forEach((list, row) => {
    offsets[row + 1] = offsets[row]! + list.length / width;
  });
  const entries = offsets[lists.length]!;
  const channel = new Uint16Array(entries);
  const bin = new Uint8Array(entries);
  const count = new Float32Array(entries);
  let at = 0;
  for (const list of lists) {
    for (let i = 0; i < list.length; i += width) {
      channel[at] = list[i]!;
      if (width === 3) bin[at] = list[i + 1]!;
      count[at] = list[i + width - 1]!;
      at++;
    }
  }
  return { offsets, channel, bin, count };
}

/** Conversions in a fraction of the memory that they came with. */
export function packConversions(rows: readonly ToldConversion[]): ConversionRows {
  const counts = (of: (row: ToldConversion) => readonly number[], width: 2 | 3) => sparse(rows.map(of), width);
  return {
    day: Uint16Array.from(rows, ({ day }) => day),
    hour: Uint8Array.from(rows, ({ hour }) => hour),
    bucket: Uint8Array.from(rows, ({ bucket }) => bucket),
    history: counts(({ history }) => history, 2),
    before: counts(({ earlier }) => earlier, 3),
    after: counts(({ later }) => later, 3),
  };
}

type Numbers = Uint8Array | Uint16Array | Uint32Array | Float32Array;

function joinNumbers<A extends Numbers>(into: new (length: number) => A, parts: readonly A[]): A {
  const all = new into(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function joinSparse(parts: readonly SparseCounts[]): SparseCounts {
  const offsets = new Uint32Array(1 + parts.reduce((rows, part) => rows + part.offsets.length - 1, 0));
  let [row, entries] = [0, 0];
  for (const part of parts) {
    for (const offset of part.offsets.subarray(1)) offsets[++row] = entries + offset;
    entries += part.channel.length;
  }
  return {
    offsets,
    channel: joinNumbers(Uint16Array, parts.map(({ channel }) => channel) as Uint16Array<ArrayBuffer>[]),
    bin: joinNumbers(Uint8Array, parts.map(({ bin }) => bin) as Uint8Array<ArrayBuffer>[]),
    count: joinNumbers(Float32Array, parts.map(({ count }) => count) as Float32Array<ArrayBuffer>[]),
  };
}

/** The conversions of all parts, one part after the other. */
export function joinConversions(parts: readonly ConversionRows[]): ConversionRows {
  return {
    day: joinNumbers(Uint16Array, parts.map(({ day }) => day) as Uint16Array<ArrayBuffer>[]),
    hour: joinNumbers(Uint8Array, parts.map(({ hour }) => hour) as Uint8Array<ArrayBuffer>[]),
    bucket: joinNumbers(Uint8Array, parts.map(({ bucket }) => bucket) as Uint8Array<ArrayBuffer>[]),
    history: joinSparse(parts.map(({ history }) => history)),
    before: joinSparse(parts.map(({ before }) => before)),
    after: joinSparse(parts.map(({ after }) => after)),
  };
}
