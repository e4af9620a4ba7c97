/** Counts what writes, and can hold it back for a moment in which nothing of this process changes. */
export class WriteGate {
  times = 0;
  #running = 0;
  #closed: Promise<void> | null = null;
  #whenIdle: (() => void) | null = null;

  /** Runs what writes, as soon as nobody holds the gate. What failed may have written all the same. */
  async pass<T>(work: () => Promise<T>, { isCounted = true } = {}): Promise<T> {
    while (this.#closed !== null) await this.#closed;
    this.#running++;
    try {
      return await work();
    } finally {
      this.#running--;
      if (isCounted) this.times++;
      if (this.#running === 0) this.#whenIdle?.();
    }
  }

  /** Waits until what was begun has ended, and runs the work while nothing new begins. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    while (this.#closed !== null) await this.#closed;
    let open = () => {};
    this.#closed = new Promise((done) => {
      open = done;
    });
    try {
      if (this.#running > 0) {
        await new Promise<void>((done) => {
          this.#whenIdle = done;
        });
        this.#whenIdle = null;
      }
      return await work();
    } finally {
      this.#closed = null;
      open();
    }
  }
}
