import { Worker } from "node:worker_threads";

interface Thread {
  readonly file: URL;
  /** What failures say of it. */
  readonly name: string;
  /** How long it is kept for the next task; without it as long as the process lives, which it never keeps alive. */
  readonly idleMs?: number;
}

/** `late`: the time was over before there was an answer. */
export type ThreadAnswer<A> = { readonly kind: "answered"; readonly answer: A } | { readonly kind: "late" };

/**
 * A thread beside the one that serves, begun with its first task and warm for the next one. Tasks take their turns, and the clock of each
 * begins with its turn; one that takes too long ends the thread, because nothing else stops what runs there.
 */
export class WarmThread<T, A> {
  readonly #thread: Thread;
  #warm: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(thread: Thread) {
    this.#thread = thread;
  }

  /** @throws Error where the thread ended without an answer */
  do(task: T, withinMs: number): Promise<ThreadAnswer<A>> {
    const ended = this.#turn.then(() => this.#doNow(task, withinMs));
    this.#turn = ended.catch(() => undefined);
    return ended;
  }

  async #doNow(task: T, withinMs: number): Promise<ThreadAnswer<A>> {
    clearTimeout(this.#idle);
    this.#warm ??= new Worker(this.#thread.file);
    const worker = this.#warm;
    // Only while somebody waits may the thread keep the process alive.
    worker.ref();
    let clock: NodeJS.Timeout | undefined;
    try {
      const ended = await new Promise<ThreadAnswer<A>>((done, failed) => {
        clock = setTimeout(() => done({ kind: "late" }), withinMs);
        worker.once("message", (answer: A) => done({ kind: "answered", answer }));
        worker.once("error", failed);
        worker.once("exit", () => failed(new Error(`${this.#thread.name} ended without an answer`)));
        worker.postMessage(task);
      });
      if (ended.kind === "late") this.#end(worker);
      return ended;
    } catch (error) {
      this.#end(worker);
      throw error;
    } finally {
      clearTimeout(clock);
      worker.removeAllListeners("message").removeAllListeners("error").removeAllListeners("exit");
      // One that breaks down while nobody waits takes nothing with it: the next task begins another.
      worker.on("error", () => undefined).once("exit", () => this.#forget(worker));
      worker.unref();
      const { idleMs } = this.#thread;
      if (idleMs !== undefined) this.#idle = setTimeout(() => this.#end(worker), idleMs).unref();
    }
  }

  #end(worker: Worker): void {
    this.#forget(worker);
    void worker.terminate();
  }

  #forget(worker: Worker): void {
    if (this.#warm === worker) this.#warm = undefined;
  }
}
