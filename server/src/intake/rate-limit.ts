/** How fast one workspace may send, in events; what was not used may be used at once, up to a number of seconds' worth. */
export interface Rate {
  readonly eventsPerSecond: number;
  readonly burstSeconds: number;
}

export const DEFAULT_RATE: Rate = { eventsPerSecond: 200_000, burstSeconds: 10 };

/** A bucket of tokens for each workspace: one token an event. The time is passed in. */
export class RateLimit {
  readonly #rate: Rate;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  /**
   * Takes the tokens of a request. One that is larger than the bucket passes when the bucket is full, and leaves it in debt.
   * @returns 0 when it may pass, otherwise the seconds after which it will
   */
  take(workspaceId: string, events: number, nowMs: number): number {
    const { eventsPerSecond, burstSeconds } = this.#rate;
    const full = eventsPerSecond * burstSeconds;
    const bucket = this.#buckets.get(workspaceId) ?? { tokens: full, at: nowMs };
    const tokens = Math.min(full, bucket.tokens + ((nowMs - bucket.at) / 1000) * eventsPerSecond);
    const needed = Math.min(events, full);
    if (tokens < needed) {
      this.#buckets.set(workspaceId, { tokens, at: nowMs });
      return Math.ceil((needed - tokens) / eventsPerSecond);
    }
    this.#buckets.set(workspaceId, { tokens: tokens - events, at: nowMs });
    return 0;
  }
}
