import { setTimeout as pause } from "node:timers/promises";
import { WarehouseAway } from "./engine-error.ts";

const LOOK_EVERY_MS = 5_000;
const LOOK_AGAIN_AFTER_MS = 1_000;
/** A busy server may miss one look: commands are given up after this many. */
const MISSES = 2;

interface Looks {
  /** Resolves to whether the server has answered, within a bounded time. */
  readonly ask: () => Promise<boolean>;
  /** Ends the connections of all commands under way: they would wait for an answer that nobody sends. */
  readonly cut: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Knows whether a ClickHouse server answers. A query may take minutes, and a network that was cut says nothing: so the server is asked
 * a small question beside, and commands are given up only when that stays without an answer.
 */
export class ServerPulse {
  readonly #looks: Looks;
  readonly #ended = new AbortController();
  readonly #looking: Promise<void>;
  #silentSince: Date | null = null;

  constructor(looks: Looks) {
    this.#looks = looks;
    this.#looking = this.#look();
  }

  /** When the server was first found silent; null while it answers. */
  get silentSince(): Date | null {
    return this.#silentSince;
  }

  /** @throws WarehouseAway while the server is known to be silent: nobody needs to wait to hear it again */
  requireAnswering(): void {
    if (this.#silentSince !== null) throw new WarehouseAway(this.#silentSince, undefined);
  }

  async #look(): Promise<void> {
    let misses = 0;
    let firstMiss = new Date();
    while (!this.#ended.signal.aborted) {
      const asked = new Date();
      const isThere = await this.#looks.ask();
      if (isThere) {
        misses = 0;
        this.#silentSince = null;
      } else {
        if (misses++ === 0) firstMiss = asked;
        if (misses === MISSES) {
          this.#silentSince = firstMiss;
          await this.#looks.cut().catch(() => undefined);
        }
      }
      const delay = misses === 0 ? LOOK_EVERY_MS : LOOK_AGAIN_AFTER_MS;
      await pause(delay, undefined, { signal: this.#ended.signal, ref: false }).catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    this.#ended.abort();
    await this.#looks.close(); // A look under way would be waited for otherwise.
    await this.#looking;
  }
}
