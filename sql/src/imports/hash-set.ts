/** Slots of the first segment; the later ones have twice as many each, up to 32 MB. */
const FIRST_SLOTS = 1 << 16;
const MOST_SLOTS = 1 << 23;
/** Fuller, and looking for what is not there takes too many steps. */
const FULLEST = 0.8;

interface Segment {
  /** The upper halves of hashes, beginning where the lower half says; 0 where there is none. */
  readonly slots: Uint32Array;
  used: number;
}

/**
 * Hashes of 64 bits, about five bytes each. A hash that was added is always found; of those that were not, one in hundreds of millions
 * is found as well.
 */
export class HashSet64 {
  readonly #segments: Segment[] = [];
  #size = 0;

  /** How many were added and were not there. */
  get size(): number {
    return this.#size;
  }

  has(upper: number, lower: number): boolean {
    const kept = upper === 0 ? 1 : upper;
    return this.#segments.some(({ slots }) => slots[placeOf(slots, kept, lower)] === kept);
  }

  add(upper: number, lower: number): void {
    if (this.has(upper, lower)) return;
    const kept = upper === 0 ? 1 : upper;
    const segment = this.#open();
    segment.slots[placeOf(segment.slots, kept, lower)] = kept;
    segment.used++;
    this.#size++;
  }

  #open(): Segment {
    const last = this.#segments.at(-1);
    if (last !== undefined && last.used < last.slots.length * FULLEST) return last;
    const length = last === undefined ? FIRST_SLOTS : Math.min(MOST_SLOTS, last.slots.length * 2);
    const next = { slots: new Uint32Array(length), used: 0 };
    this.#segments.push(next);
    return next;
  }
}

/** Where a hash stands in a segment, or would stand. */
function placeOf(slots: Uint32Array, kept: number, lower: number): number {
  const mask = slots.length - 1;
  let place = lower & mask;
  for (let there = slots[place]!; there !== 0 && there !== kept; there = slots[place]!) place = (place + 1) & mask;
  return place;
}
