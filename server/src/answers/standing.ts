import { answersMark } from "@touchline/sql";
import { todayIn } from "../calendar-days.ts";
import { auditHeads, type WorkspaceStore } from "../store/index.ts";
import type { Workspace } from "../workspace.ts";

/**
 * What an answer stands on. `results`: data and settings, of events that keep arriving those until the moment that pages show. `data`: the
 * same as it is now. `decisions`: results, and what people have written into the workspace's store, all of which is in its audit.
 */
export type Ground = "results" | "data" | "decisions";

/** How long a process believes what it has not changed itself: others may work on the same data. */
const BELIEVED_MS = 1_000;
/** After so long, results are worked out again: they may say how far a day has come. */
const QUARTER_MS = 900_000;
/** After so long, what is `data` is worked out again: it says how long ago something was. */
const MINUTE_MS = 60_000;
/** For so many of those an answer may be shown while the next one is worked out. */
const MOST_AGES = 2;

/** What an answer is good for. */
export interface Mark {
  /** With another one, the answer is none. */
  readonly ground: string;
  /** Events that keep arriving, where the answer counts them one by one. */
  readonly flow: string;
  /** Counts up with the clock. */
  readonly age: number;
  /** When it was taken, in milliseconds since 1970. */
  readonly at: number;
  /** For so long at least, its answer may be shown while one is worked out that has seen more of what flows in. */
  readonly lagMs: number;
}

export const isSameMark = (a: Mark, b: Mark): boolean => a.ground === b.ground && a.flow === b.flow && a.age === b.age;

interface Marks {
  readonly settled: string;
  readonly made: string;
  readonly live: string;
  readonly others: string;
  readonly timeZone: string;
}

interface Believed<T> {
  readonly value: Promise<T>;
  readonly until: number;
  readonly writes: number;
}

/** Knows what the answers of each workspace stand on, by marks that change when it does. */
export class Standing {
  readonly #now: () => number;
  readonly #marks = new Map<string, Believed<Marks>>();
  readonly #decisions = new Map<string, Believed<number>>();

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Nothing is believed any more: something was changed that is not written through the warehouse. */
  forget(): void {
    this.#marks.clear();
    this.#decisions.clear();
  }

  /** @param liveUntilMs of events that keep arriving, those before count in results */
  async markOf(workspace: Workspace, store: WorkspaceStore, ground: Ground, liveUntilMs: number): Promise<Mark> {
    const marks = await this.#marksOf(workspace, liveUntilMs);
    const at = this.#now();
    if (ground === "data") {
      const { made, others, live } = marks;
      return { ground: `${made} ${others}`, flow: live, ...ageOf(at, MINUTE_MS) };
    }
    const results = resultsOn(marks, at);
    const mark = { flow: "", ...ageOf(at, QUARTER_MS) };
    if (ground === "results") return { ...mark, ground: results };
    const decision = await this.#believed(this.#decisions, workspace.id, workspace, () => lastDecision(store));
    return { ...mark, ground: `${results} ${decision}` };
  }

  /** What all results of a workspace stand on. */
  async groundOfResults(workspace: Workspace, liveUntilMs: number): Promise<string> {
    return resultsOn(await this.#marksOf(workspace, liveUntilMs), this.#now());
  }

  #marksOf(workspace: Workspace, liveUntilMs: number): Promise<Marks> {
    const key = `${workspace.id} ${liveUntilMs}`;
    return this.#believed(this.#marks, key, workspace, () => fetchMarks(workspace, liveUntilMs));
  }

  #believed<T>(
    known: Map<string, Believed<T>>,
    key: string,
    { warehouse: { writes } }: Workspace,
    ask: () => Promise<T>,
  ): Promise<T> {
    const now = this.#now();
    const before = known.get(key);
    if (before !== undefined && before.until > now && before.writes === writes) return before.value;
    for (const [name, { until }] of known) if (until <= now) known.delete(name);
    const entry = { value: ask(), until: now + BELIEVED_MS, writes };
    known.set(key, entry);
    entry.value.catch(() => {
      if (known.get(key) === entry) known.delete(key);
    });
    return entry.value;
  }
}

/** What a day is depends on the zone: another day, other results. */
const resultsOn = ({ settled, others, timeZone }: Marks, at: number): string =>
  `${settled} ${others} ${todayIn(timeZone || "UTC", new Date(at))}`;

const ageOf = (at: number, stepMs: number): Pick<Mark, "age" | "at" | "lagMs"> => ({
  age: Math.floor(at / stepMs),
  at,
  lagMs: MOST_AGES * stepMs,
});

/** Aside, because the answers that are there already must not wait behind those that are being worked out. */
async function fetchMarks({ warehouse }: Workspace, liveUntilMs: number): Promise<Marks> {
  const [marks] = await warehouse.askAside(answersMark, { liveUntilMs });
  return marks!;
}

/** The place of the last entry in the audit: every change of what people decide on adds one. */
async function lastDecision(store: WorkspaceStore): Promise<number> {
  const [head] = await store.select(auditHeads);
  return head?.seq ?? 0;
}
