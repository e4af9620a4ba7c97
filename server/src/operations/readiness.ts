import { settleWithin } from "../settle-within.ts";

/** A part that has to work before requests are worth sending here. @returns what is wrong with it, in a sentence; null where nothing is */
export type PartProblem = () => Promise<string | null>;

export interface Readiness {
  readonly status: "ready" | "loading" | "stopping" | "unavailable";
  /** What is not ready and why, by part; empty where everything is. */
  readonly problems: Readonly<Record<string, string>>;
}

const ANSWER_WITHIN_MS = 5_000;
/** Anybody may ask: however often that happens, the parts are asked no more often than this. */
const STANDS_FOR_MS = 1_000;

async function problemOf(ask: PartProblem): Promise<string | null> {
  const settled = await settleWithin(ask(), ANSWER_WITHIN_MS);
  if (settled.kind === "ready") return settled.value;
  return settled.kind === "failed" ? "it does not answer" : `it did not answer within ${ANSWER_WITHIN_MS / 1000} s`;
}

/** Whether this server should get requests: it has loaded, its parts answer, and nobody has told it to stop. */
export class ReadinessCheck {
  #parts: Readonly<Record<string, PartProblem>> | null = null;
  #isStopping = false;
  #last: { readonly at: number; readonly answer: Promise<Readiness> } | null = null;

  /** From now on it is ready as long as these parts are. */
  loaded(parts: Readonly<Record<string, PartProblem>>): void {
    this.#parts = parts;
    this.#last = null;
  }

  stopping(): void {
    this.#isStopping = true;
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** Never throws: a part that cannot be asked is a part that is not ready. */
  async ask(now = Date.now()): Promise<Readiness> {
    if (this.#isStopping)
      return { status: "stopping", problems: { server: "it was told to stop and takes no new work" } };
    if (this.#parts === null) return { status: "loading", problems: { server: "it is still loading its data" } };
    if (this.#last === null || now - this.#last.at >= STANDS_FOR_MS)
      this.#last = { at: now, answer: askParts(this.#parts) };
    return this.#last.answer;
  }
}

async function askParts(parts: Readonly<Record<string, PartProblem>>): Promise<Readiness> {
  const asked = await Promise.all(
    Object.entries(parts).map(async ([name, ask]) => [name, await problemOf(ask)] as const),
  );
  const problems = Object.fromEntries(asked.filter((each): each is [string, string] => each[1] !== null));
  return { status: Object.keys(problems).length === 0 ? "ready" : "unavailable", problems };
}
