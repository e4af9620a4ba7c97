const MINUTE_MS = 60_000;
/** What was written in the last moment of a minute has been recorded by then. */
const RECORDED_WITHIN_MS = 2_000;

/** Later than anything that arrives. */
export const NO_END_MS = Date.UTC(2100, 0, 1);

/**
 * Until when events that keep arriving count as data for a workspace's pages: until the last full minute, unless somebody works the
 * pages' answers out beforehand. Then pages stay where they are until the next answers are all there, and what has to be worked out
 * meanwhile stands on the data that the next ones stand on.
 */
export class Pace {
  readonly #now: () => number;
  #shown: number | null = null;
  #ahead: number | null = null;

  constructor(now: () => number = () => Date.now()) {
    this.#now = now;
  }

  get lastFullMinuteMs(): number {
    return Math.floor((this.#now() - RECORDED_WITHIN_MS) / MINUTE_MS) * MINUTE_MS;
  }

  /** What pages show. */
  get shownUntilMs(): number {
    return this.#shown ?? this.lastFullMinuteMs;
  }

  /** What is worked out now. */
  get workedUntilMs(): number {
    return this.#ahead ?? this.shownUntilMs;
  }

  /** Pages stay at what they show. */
  hold(): void {
    this.#shown ??= this.lastFullMinuteMs;
  }

  /** The next answers are being worked out. */
  workAhead(untilMs: number): void {
    this.#ahead = untilMs;
  }

  /** They are there. */
  arrive(untilMs: number): void {
    this.#shown = untilMs;
    this.#ahead = null;
  }

  /** Nobody works anything out beforehand any more. */
  release(): void {
    this.#shown = null;
    this.#ahead = null;
  }
}
