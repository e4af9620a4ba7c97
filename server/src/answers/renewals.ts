import { setTimeout } from "node:timers/promises";

/** After work of so long, a question is left alone for as long five times over: data that keeps arriving must not keep the machine at work. */
const REST = 5;
/** And however many questions there are, nothing is done for as long three times over: what arrives needs the machine as well. */
const REST_OF_ALL = 3;
const MOST_REMEMBERED = 1_000;

/** Works out answers once more, one after the other and for nobody, each of them only now and then. */
export class Renewals {
  readonly #restUntil = new Map<string, number>();
  readonly #underway = new Set<string>();
  #last: Promise<unknown> = Promise.resolve();

  /** Does the work in its turn, unless it is underway or was done a moment ago. What fails is told to whoever asks next. */
  ask(question: string, work: () => Promise<unknown>): void {
    if (this.#underway.has(question) || (this.#restUntil.get(question) ?? 0) > performance.now()) return;
    this.#underway.add(question);
    this.#last = this.#last.then(async () => {
      const began = performance.now();
      await work().catch(() => undefined);
      const ended = performance.now();
      this.#underway.delete(question);
      this.#rest(question, ended + (ended - began) * REST);
      await setTimeout((ended - began) * REST_OF_ALL, undefined, { ref: false });
    });
  }

  #rest(question: string, until: number): void {
    this.#restUntil.delete(question);
    this.#restUntil.set(question, until);
    for (const oldest of this.#restUntil.keys()) {
      if (this.#restUntil.size <= MOST_REMEMBERED) break;
      this.#restUntil.delete(oldest);
    }
  }
}
