import { answersMark } from "@touchline/sql";
import { auditHeads, type WorkspaceStore } from "../store/index.ts";
import { PACE_SECONDS, type Workspace } from "../workspace.ts";

/**
 * What an answer stands on. `results`: data and settings, where events that keep arriving are new once a minute. `data`: the same as it
 * is this second. `decisions`: results, and what people have written into the workspace's store, all of which is in its audit.
 */
export type Ground = "results" | "data" | "decisions";

/** How long a process believes what it has not changed itself: others may work on the same data. */
const BELIEVED_MS = 1_000;
/** Days begin at a full quarter of an hour in every time zone: what depends on the day is never older than that. */
const QUARTER_MS = 900_000;
/** What says how long ago something was. */
const MINUTE_MS = 60_000;

/** What an answer is good for. */
export interface Mark {
  readonly ground: string;
  /** Counts up with the clock. */
  readonly age: number;
  /** Whether an answer of the age before may still be shown while the next one is worked out: it says how long ago something was. */
  readonly mayLag: boolean;
}

interface Marks {
  readonly settled: string;
  readonly live: string;
  readonly others: string;
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

  async markOf(workspace: Workspace, store: WorkspaceStore, ground: Ground): Promise<Mark> {
    const { settled, live, others } = await this.#believed(this.#marks, workspace, () => fetchMarks(workspace));
    const now = this.#now();
    if (ground === "data") {
      return { ground: `${live} ${others}`, age: Math.floor(now / MINUTE_MS), mayLag: true };
    }
    const results = { ground: `${settled} ${others}`, age: Math.floor(now / QUARTER_MS), mayLag: false };
    if (ground === "results") return results;
    const decision = await this.#believed(this.#decisions, workspace, () => lastDecision(store));
    return { ...results, ground: `${results.ground} ${decision}` };
  }

  #believed<T>(known: Map<string, Believed<T>>, { id, warehouse }: Workspace, ask: () => Promise<T>): Promise<T> {
    const now = this.#now();
    const { writes } = warehouse;
    const before = known.get(id);
    if (before !== undefined && before.until > now && before.writes === writes) return before.value;
    const entry = { value: ask(), until: now + BELIEVED_MS, writes };
    known.set(id, entry);
    entry.value.catch(() => {
      if (known.get(id) === entry) known.delete(id);
    });
    return entry.value;
  }
}

/** Aside, because the answers that are there already must not wait behind those that are being worked out. */
async function fetchMarks({ warehouse }: Workspace): Promise<Marks> {
  const [marks] = await warehouse.askAside(answersMark, { liveWindowSeconds: PACE_SECONDS });
  return marks!;
}

/** The place of the last entry in the audit: every change of what people decide on adds one. */
async function lastDecision(store: WorkspaceStore): Promise<number> {
  const [head] = await store.select(auditHeads);
  return head?.seq ?? 0;
}
