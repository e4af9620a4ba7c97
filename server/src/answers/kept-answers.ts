import { isSameMark, type Mark } from "./standing.ts";

/** Characters of JSON that are kept at most: some 100 MB of objects. */
const MOST_CHARACTERS = 32_000_000;
/** A larger answer would push everybody's out. */
const LARGEST = MOST_CHARACTERS / 8;

/** What was worked out, and what it stands on. */
export interface Answer {
  readonly mark: Mark;
  readonly value: unknown;
  readonly characters: number;
  /** How long it took to work out. */
  readonly workMs: number;
}

interface Underway {
  readonly mark: Mark;
  readonly value: Promise<unknown>;
}

/** @param began when the work for it began, on the clock that never goes back */
export const answerOf = (mark: Mark, value: unknown, began: number): Answer => ({
  mark,
  value,
  characters: JSON.stringify(value)?.length ?? 0,
  workMs: performance.now() - began,
});

/** What took long to work out is renewed less often: it may be shown for so many times as long. */
const SHOWN_OF_WORK = 20;
const LONGEST_SHOWN_MS = 900_000;

/** Whether an answer may be shown once more while the next one is worked out. */
function mayBeShown({ mark, workMs }: Answer, now: Mark): boolean {
  const lagMs = Math.max(now.lagMs, Math.min(LONGEST_SHOWN_MS, workMs * SHOWN_OF_WORK));
  return mark.ground === now.ground && now.at - mark.at <= lagMs;
}

/** Works out an answer once more, for nobody, at a time of its own choice. */
type Renew = () => void;

/**
 * Answers by question, each with the mark of what it stands on: it is good as long as the mark is the same. Where only time has passed or
 * events have flowed in, it is shown for a while longer, and renewed. Whoever asks what somebody is asking already waits for that answer.
 * The ones asked for longest ago go first.
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

  /** The answer that is there, if it may be shown. */
  shown(question: string, mark: Mark, renew: Renew): Answer | null {
    const kept = this.#answers.get(question);
    if (kept === undefined) return null;
    const isCurrent = isSameMark(kept.mark, mark);
    if (!isCurrent && !mayBeShown(kept, mark)) return null;
    if (!isCurrent) renew();
    return this.#used(question, kept);
  }

  /** @throws whatever the work throws: failures are not kept, and only who asked first has them */
  async find<T>(question: string, mark: Mark, work: () => Promise<T>): Promise<T> {
    const kept = this.#answers.get(question);
    if (kept !== undefined && isSameMark(kept.mark, mark)) return this.#used(question, kept).value as T;
    return this.#join(question, mark, work);
  }

  #used(question: string, kept: Answer): Answer {
    this.#answers.delete(question);
    this.#answers.set(question, kept);
    return kept;
  }

  has(question: string, mark: Mark): boolean {
    const kept = this.#answers.get(question);
    return kept !== undefined && isSameMark(kept.mark, mark);
  }

  /** Takes over an answer that was worked out. An older one never takes the place of a newer one. */
  take(question: string, answer: Answer): void {
    const kept = this.#answers.get(question);
    if (kept !== undefined && kept.mark.at > answer.mark.at) return;
    this.#drop(question);
    if (answer.characters > Math.min(LARGEST, this.#most)) return;
    this.#answers.set(question, answer);
    this.#characters += answer.characters;
    for (const oldest of this.#answers.keys()) {
      if (this.#characters <= this.#most) break;
      this.#drop(oldest);
    }
  }

  async #join<T>(question: string, mark: Mark, work: () => Promise<T>): Promise<T> {
    const underway = this.#underway.get(question);
    if (underway === undefined || !isSameMark(underway.mark, mark)) return this.#work(question, mark, work);
    try {
      return (await underway.value) as T;
    } catch {
      // The first one may have been refused for what concerns nobody else, as too many questions at once.
      return this.find(question, mark, work);
    }
  }

  async #work<T>(question: string, mark: Mark, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const entry = { mark, value: work() };
    this.#underway.set(question, entry);
    try {
      const value = await entry.value;
      this.take(question, answerOf(mark, value, began));
      return value;
    } finally {
      if (this.#underway.get(question) === entry) this.#underway.delete(question);
    }
  }

  #drop(question: string): void {
    this.#characters -= this.#answers.get(question)?.characters ?? 0;
    this.#answers.delete(question);
  }
}
