import type { Mark } from "./standing.ts";

/** Characters of JSON that are kept at most: some 100 MB of objects. */
const MOST_CHARACTERS = 32_000_000;
/** A larger answer would push everybody's out. */
const LARGEST = MOST_CHARACTERS / 8;

interface Answer {
  readonly mark: Mark;
  readonly value: unknown;
  readonly characters: number;
}

interface Underway {
  readonly mark: Mark;
  readonly value: Promise<unknown>;
}

const isSame = (a: Mark, b: Mark): boolean => a.ground === b.ground && a.age === b.age;

/**
 * Answers by question, each with the mark of what it stands on: it is good as long as the mark is the same, and never after. Whoever
 * asks what somebody is asking already waits for that answer. The ones asked for longest ago go first.
 */
export class KeptAnswers {
  readonly #most: number;
  readonly #answers = new Map<string, Answer>();
  readonly #underway = new Map<string, Underway>();
  #characters = 0;

  constructor(most = MOST_CHARACTERS) {
    this.#most = most;
  }

  get characters(): number {
    return this.#characters;
  }

  /** @throws whatever the work throws: failures are not kept, and only who asked first has them */
  async find<T>(question: string, mark: Mark, work: () => Promise<T>): Promise<T> {
    const kept = this.#answers.get(question);
    if (kept?.mark.ground === mark.ground && mark.age - kept.mark.age <= (mark.mayLag ? 1 : 0)) {
      this.#answers.delete(question);
      this.#answers.set(question, kept);
      if (kept.mark.age !== mark.age) this.#join(question, mark, work).catch(() => undefined);
      return kept.value as T;
    }
    return this.#join(question, mark, work);
  }

  async #join<T>(question: string, mark: Mark, work: () => Promise<T>): Promise<T> {
    const underway = this.#underway.get(question);
    if (underway === undefined || !isSame(underway.mark, mark)) return this.#work(question, mark, work);
    try {
      return (await underway.value) as T;
    } catch {
      // The first one may have been refused for what concerns nobody else, as too many questions at once.
      return this.find(question, mark, work);
    }
  }

  async #work<T>(question: string, mark: Mark, work: () => Promise<T>): Promise<T> {
    const entry = { mark, value: work() };
    this.#underway.set(question, entry);
    try {
      const value = await entry.value;
      this.#keep(question, { mark, value, characters: JSON.stringify(value)?.length ?? 0 });
      return value;
    } finally {
      if (this.#underway.get(question) === entry) this.#underway.delete(question);
    }
  }

  #keep(question: string, answer: Answer): void {
    this.#drop(question);
    if (answer.characters > Math.min(LARGEST, this.#most)) return;
    this.#answers.set(question, answer);
    this.#characters += answer.characters;
    for (const oldest of this.#answers.keys()) {
      if (this.#characters <= this.#most) break;
      this.#drop(oldest);
    }
  }

  #drop(question: string): void {
    this.#characters -= this.#answers.get(question)?.characters ?? 0;
    this.#answers.delete(question);
  }
}
