import { settleWithin } from "../settle-within.ts";

/** A part that the server cannot work without. */
export type Part = "warehouse" | "accounts";

/** Asks a part for a sign of life. @throws whatever, where it gives none */
export type Pings = Readonly<Record<Part, () => Promise<unknown>>>;

/** How long a part may take: beyond, it does not answer. */
const ANSWER_WITHIN_MS = 3_000;
/** Nobody makes the parts be asked more often than this, however often they come. */
const KEPT_MS = 1_000;

const SILENT: Readonly<Record<Part, string>> = {
  warehouse: "the warehouse does not answer: events are refused with 503 and figures wait until it does",
  accounts: "the database of accounts does not answer: nobody can sign in and no plan be decided until it does",
};

/** What a supervisor is told; `parts` has a sentence for each part that is not well. */
export interface Readiness {
  readonly status: "ready" | "loading" | "stopping" | "not ready";
  readonly parts: Readonly<Partial<Record<Part, string>>>;
}

/** Whether this server can do its work now. Addresses and reasons of the inside are in the log, because anybody may ask. */
export class ReadinessCheck {
  readonly #pings: () => Pings | null;
  #isStopping = false;
  #last: { at: number; answer: Promise<Readiness> } | null = null;

  /** @param pings how the parts are asked; null while the data is still being prepared */
  constructor(pings: () => Pings | null) {
    this.#pings = pings;
  }

  /** From here on nothing new should be sent here. */
  stop(): void {
    this.#isStopping = true;
  }

  async ask(now = Date.now()): Promise<Readiness> {
    if (this.#isStopping) return { status: "stopping", parts: {} };
    const pings = this.#pings();
    if (pings === null) return { status: "loading", parts: {} };
    if (this.#last === null || now - this.#last.at >= KEPT_MS) this.#last = { at: now, answer: askParts(pings) };
    return this.#last.answer;
  }
}

async function askParts(pings: Pings): Promise<Readiness> {
  const parts: Partial<Record<Part, string>> = {};
  await Promise.all(
    (Object.keys(pings) as Part[]).map(async (part) => {
      const settled = await settleWithin(
        Promise.resolve().then(() => pings[part]()),
        ANSWER_WITHIN_MS,
      );
      if (settled.kind !== "ready") parts[part] = SILENT[part];
    }),
  );
  return { status: Object.keys(parts).length === 0 ? "ready" : "not ready", parts };
}
