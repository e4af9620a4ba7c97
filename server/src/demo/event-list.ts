/**
 * Touches or purchases of one day: who, when (whole epoch seconds) and a small number that says what.
 * Parallel arrays, because the shop makes millions.
 */
export class EventList {
  readonly seconds: number[] = [];
  readonly people: number[] = [];
  readonly tags: number[] = [];

  get length(): number {
    return this.seconds.length;
  }

  add(second: number, person: number, tag: number): void {
    this.seconds.push(second);
    this.people.push(person);
    this.tags.push(tag);
  }

  /** Positions in order of time; events of the same second stay in the order of their adding. */
  timeOrder(dayStart: number): Float64Array {
    // Second of the day and position in one number: a numeric sort without a comparator is many times faster.
    const keys = new Float64Array(this.length);
    for (let i = 0; i < keys.length; i++) keys[i] = (this.seconds[i]! - dayStart) * POSITIONS + i;
    keys.sort();
    for (let i = 0; i < keys.length; i++) keys[i] = keys[i]! % POSITIONS;
    return keys;
  }
}

const POSITIONS = 2 ** 32;
