import { TRPCError } from "@trpc/server";

export interface Shares {
  /** Works that run at once. */
  readonly slots: number;
  /** How many of them one person may have. */
  readonly perPerson: number;
  /** How many more of one person's may wait. */
  readonly waiting: number;
}

const SHARES: Shares = { slots: 6, perPerson: 4, waiting: 100 };

interface Waiting {
  readonly person: string;
  start(): void;
}

/** Lets a number of works run at once, and nobody's take the place of everybody's. Who has the fewest running is served first. */
export class FairShare {
  readonly #shares: Shares;
  readonly #running = new Map<string, number>();
  /** In the order in which they came. */
  readonly #waiting: Waiting[] = [];
  #busy = 0;

  constructor(shares: Shares = SHARES) {
    this.#shares = shares;
  }

  /**
   * Runs the work as soon as it is its person's turn.
   * @throws TRPCError TOO_MANY_REQUESTS when too much of this person's waits already
   */
  async run<T>(person: string, work: () => Promise<T>): Promise<T> {
    if (!this.#hasRoom(person)) await this.#turn(person);
    else this.#enter(person);
    try {
      return await work();
    } finally {
      this.#leave(person);
    }
  }

  #runningOf(person: string): number {
    return this.#running.get(person) ?? 0;
  }

  #hasRoom(person: string): boolean {
    return this.#busy < this.#shares.slots && this.#runningOf(person) < this.#shares.perPerson;
  }

  #turn(person: string): Promise<void> {
    if (this.#waiting.filter((each) => each.person === person).length >= this.#shares.waiting) {
      throw new TRPCError({
        code: "TOO_MANY_REQUESTS",
        message: "too many of your questions are waiting for their answers: wait for those, then ask again",
      });
    }
    return new Promise((start) => this.#waiting.push({ person, start }));
  }

  #enter(person: string): void {
    this.#busy++;
    this.#running.set(person, this.#runningOf(person) + 1);
  }

  #leave(person: string): void {
    this.#busy--;
    const left = this.#runningOf(person) - 1;
    if (left === 0) this.#running.delete(person);
    else this.#running.set(person, left);
    this.#startNext();
  }

  #startNext(): void {
    let next: Waiting | undefined;
    for (const each of this.#waiting) {
      if (!this.#hasRoom(each.person)) continue;
      if (next === undefined || this.#runningOf(each.person) < this.#runningOf(next.person)) next = each;
    }
    if (next === undefined) return;
    this.#waiting.splice(this.#waiting.indexOf(next), 1);
    this.#enter(next.person); // Taken before it begins, so that nobody comes in between.
    next.start();
  }
}

/** The engine is one for the whole process, and so is this. */
export const fairShare = new FairShare();
