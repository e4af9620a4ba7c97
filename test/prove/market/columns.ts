/** Parallel columns that grow: the market makes a million rows. A row is who, when, which channel and campaign, and a tag. */
export class EventColumns {
  person: Uint32Array;
  second: Float64Array;
  channel: Uint8Array;
  campaign: Uint16Array;
  tag: Int32Array;
  length = 0;

  constructor(capacity: number) {
    const size = Math.max(16, Math.ceil(capacity));
    this.person = new Uint32Array(size);
    this.second = new Float64Array(size);
    this.channel = new Uint8Array(size);
    this.campaign = new Uint16Array(size);
    this.tag = new Int32Array(size);
  }

  add(person: number, second: number, channel: number, campaign: number, tag: number): void {
    const at = this.length;
    if (at === this.person.length) this.grow();
    this.person[at] = person;
    this.second[at] = second;
    this.channel[at] = channel;
    this.campaign[at] = campaign;
    this.tag[at] = tag;
    this.length = at + 1;
  }

  private grow(): void {
    const larger = new EventColumns(this.person.length * 2);
    larger.person.set(this.person);
    larger.second.set(this.second);
    larger.channel.set(this.channel);
    larger.campaign.set(this.campaign);
    larger.tag.set(this.tag);
    this.person = larger.person;
    this.second = larger.second;
    this.channel = larger.channel;
    this.campaign = larger.campaign;
    this.tag = larger.tag;
  }
}

/** Rows in order of person and time, and where each person's begin: those of p are order[starts[p]] to order[starts[p + 1] - 1]. */
export interface PersonOrder {
  readonly order: Uint32Array;
  readonly starts: Uint32Array;
}

export function orderByPerson(
  rows: { readonly person: Uint32Array; readonly second: Float64Array; readonly length: number },
  people: number,
): PersonOrder {
  const { person, second, length } = rows;
  const starts = new Uint32Array(people + 1);
  for (let i = 0; i < length; i++) starts[person[i]! + 1]!++;
  for (let p = 0; p < people; p++) starts[p + 1]! += starts[p]!;
  const next = starts.slice();
  const order = new Uint32Array(length);
  for (let i = 0; i < length; i++) order[next[person[i]!]!++] = i;
  for (let p = 0; p < people; p++) sortByTime(order, second, starts[p]!, starts[p + 1]!);
  return { order, starts };
}

/** Insertion for the few rows that most people have; rows of the same second keep their order. */
function sortByTime(order: Uint32Array, second: Float64Array, from: number, to: number): void {
  if (to - from > 64) {
    order.subarray(from, to).sort((a, b) => second[a]! - second[b]! || a - b);
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const row = order[i]!;
    const at = second[row]!;
    let j = i - 1;
    for (; j >= from && second[order[j]!]! > at; j--) order[j + 1] = order[j]!;
    order[j + 1] = row;
  }
}
