/**
 * Numbers pairs of whole numbers from 0 in the order of their first appearance: a hash table in flat arrays. On a million
 * journeys a Map of number keys took most of the time of building a chain.
 */
export class PairNumbers {
  size = 0;
  private firsts = new Uint32Array(FIRST_ROOM);
  private seconds = new Uint32Array(FIRST_ROOM);
  /** Number + 1 of the pair in each slot, 0 where it is free. At most half are taken. */
  private slots = new Uint32Array(2 * FIRST_ROOM);

  /** The number of a pair, a new one where it was not seen before: then it is the `size` that was. */
  numberOf(first: number, second: number): number {
    const slot = this.slotOf(first, second);
    const taken = this.slots[slot]!;
    if (taken !== 0) return taken - 1;
    if (this.size === this.firsts.length) {
      this.grow();
      return this.numberOf(first, second);
    }
    const number = this.size++;
    this.firsts[number] = first;
    this.seconds[number] = second;
    this.slots[slot] = number + 1;
    return number;
  }

  /** -1 where the pair has no number. */
  find(first: number, second: number): number {
    return this.slots[this.slotOf(first, second)]! - 1;
  }

  firstOf(number: number): number {
    return this.firsts[number]!;
  }

  secondOf(number: number): number {
    return this.seconds[number]!;
  }

  private slotOf(first: number, second: number): number {
    const mask = this.slots.length - 1;
    let hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second + 1, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & mask;
    for (let taken = this.slots[slot]!; taken !== 0; taken = this.slots[slot]!) {
      if (this.firsts[taken - 1] === first && this.seconds[taken - 1] === second) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private grow(): void {
    const room = 2 * this.firsts.length;
    const [firsts, seconds] = [this.firsts, this.seconds];
    this.firsts = new Uint32Array(room);
    this.firsts.set(firsts);
    this.seconds = new Uint32Array(room);
    this.seconds.set(seconds);
    this.slots = new Uint32Array(2 * room);
    for (let number = 0; number < this.size; number++) {
      this.slots[this.slotOf(firsts[number]!, seconds[number]!)] = number + 1;
    }
  }
}

const FIRST_ROOM = 1024;
