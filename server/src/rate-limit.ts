/** How fast somebody may go; what was not used may be used at once, up to a number of seconds' worth. */
export interface Rate {
  readonly eventsPerSecond: number;
  readonly burstSeconds: number;
}

/** So many times a minute, however they lie in it. */
export const perMinute = (events: number): Rate => ({ eventsPerSecond: events / 60, burstSeconds: 60 });

/** More than are ever at work at once; a bucket beyond it takes the place of the one that was used longest ago. */
const MOST_BUCKETS = 20_000;

/** A bucket of tokens for each name: one token an event. The time is passed in. */
export class RateLimit {
  readonly #rate: Rate;
  readonly #mostBuckets: number;
  /** The one that was used last comes last. */
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(rate: Rate, mostBuckets = MOST_BUCKETS) {
    this.#rate = rate;
    this.#mostBuckets = mostBuckets;
  }

  /** How many names are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  /**
   * Takes the tokens of a request. One that is larger than the bucket passes when the bucket is full, and leaves it in debt.
   * @returns 0 when it may pass, otherwise the seconds after which it will
   */
  take(name: string, events: number, nowMs: number): number {
    const { eventsPerSecond, burstSeconds } = this.#rate;
    const full = eventsPerSecond * burstSeconds;
    const bucket = this.#buckets.get(name) ?? { tokens: full, at: nowMs };
    const tokens = Math.min(full, bucket.tokens + ((nowMs - bucket.at) / 1000) * eventsPerSecond);
    const needed = Math.min(events, full);
    const mayPass = tokens >= needed;
    this.#keep(name, mayPass ? tokens - events : tokens, nowMs);
    return mayPass ? 0 : Math.ceil((needed - tokens) / eventsPerSecond);
  }

  #keep(name: string, tokens: number, at: number): void {
    this.#buckets.delete(name);
    this.#buckets.set(name, { tokens, at });
    for (const oldest of this.#buckets.keys()) {
      if (this.#buckets.size <= this.#mostBuckets) break;
      this.#buckets.delete(oldest);
    }
  }
}
