import { eq } from "drizzle-orm";
import type {
  Plan,
  ProposeInput,
  RebalancingCheck,
  RebalancingRunState,
  RebalancingStep,
  RebalancingStepRecord,
} from "../../contract/index.ts";
import { type Actor, rebalancingRuns, type WorkspaceStore } from "../../store/index.ts";
import { heldBy, leaseEnd, type RunRow } from "./lease.ts";

/** What the steps of a run find out, for the steps after them. */
export interface RunFindings {
  readonly watermark: string | null;
  readonly attributionRun: string | null;
  readonly checks: readonly RebalancingCheck[];
  readonly input: ProposeInput | null;
  readonly plan: Plan | null;
}

/** How a run ends, in one English sentence. */
export interface RunEnd {
  readonly state: Exclude<RebalancingRunState, "underway">;
  readonly outcome: string;
  readonly proposalId?: string;
}

/** Somebody asked for the end of it. */
export class RunCancelled extends Error {
  override readonly name = "RunCancelled";
}

/** The process is about to end: whoever comes next goes on with the run. */
export class RunReleased extends Error {
  override readonly name = "RunReleased";
}

/** Another process has taken it over: nothing of it may be written here any more. */
export class RunLost extends Error {
  override readonly name = "RunLost";
}

/** What is written together with the end of a run: of a killed process all of it is there, or nothing. */
interface LastOfRun {
  /** The step that it ends with, and what that found. */
  readonly step?: {
    readonly step: RebalancingStep;
    readonly facts: RebalancingStepRecord["facts"];
    readonly found: Partial<RunFindings>;
  };
  /** What it returns is how the run ends then. */
  readonly also?: ((tx: WorkspaceStore) => Promise<Partial<RunEnd>>) | undefined;
}

/** Where a run writes down how far it is. */
export interface RunLog {
  readonly id: string;
  steps(): readonly RebalancingStepRecord[];
  findings(): RunFindings;
  /** @throws RunCancelled RunLost */
  requireGoing(): Promise<void>;
  begin(step: RebalancingStep, at: Date): Promise<void>;
  done(
    step: RebalancingStep,
    at: Date,
    facts: RebalancingStepRecord["facts"],
    found: Partial<RunFindings>,
  ): Promise<void>;
  /** Everything from the first step on is to be done again. */
  startOver(): Promise<void>;
  /** @param last what is kept if, and only if, the end is */
  end(end: RunEnd, at: Date, last?: LastOfRun): Promise<void>;
}

export const WAITING: readonly RebalancingStepRecord[] = (
  ["freeze", "check", "refit", "plan", "guard", "compare", "propose"] as const
).map((step) => ({ step, state: "waiting", startedAt: null, endedAt: null, facts: {} }));

const NOTHING_FOUND: RunFindings = { watermark: null, attributionRun: null, checks: [], input: null, plan: null };

function changed(
  steps: readonly RebalancingStepRecord[],
  step: RebalancingStep,
  change: Partial<RebalancingStepRecord>,
): RebalancingStepRecord[] {
  return steps.map((each) => (each.step === step ? { ...each, ...change } : each));
}

/** The step that was under way ended with the run. */
function closed(steps: readonly RebalancingStepRecord[], { state }: RunEnd, at: Date): RebalancingStepRecord[] {
  const closing = state === "failed" || state === "cancelled" ? "failed" : "done";
  return steps.map((each) =>
    each.state === "underway" ? { ...each, state: closing, endedAt: at.toISOString() } : each,
  );
}

/** In memory alone: for a dry run that leaves no trace. */
export class PassingLog implements RunLog {
  readonly id = "dry-run";
  ended: RunEnd | null = null;
  #steps = [...WAITING];
  #findings = NOTHING_FOUND;

  steps() {
    return this.#steps;
  }
  findings() {
    return this.#findings;
  }
  async requireGoing() {}
  async begin(step: RebalancingStep, at: Date) {
    this.#steps = changed(this.#steps, step, { state: "underway", startedAt: at.toISOString() });
  }
  async done(step: RebalancingStep, at: Date, facts: RebalancingStepRecord["facts"], found: Partial<RunFindings>) {
    this.#steps = changed(this.#steps, step, { state: "done", endedAt: at.toISOString(), facts });
    this.#findings = { ...this.#findings, ...found };
  }
  async startOver() {
    this.#steps = [...WAITING];
    this.#findings = NOTHING_FOUND;
  }
  async end(end: RunEnd, at: Date, { step }: LastOfRun = {}) {
    if (step !== undefined) await this.done(step.step, at, step.facts, step.found);
    this.ended = end;
    this.#steps = closed(this.#steps, end, at);
  }
}

/**
 * In the store, each step before the next one begins. Every write asks again whether this execution still holds the run, so that of two
 * processes that think so only one can write.
 */
export class StoredLog implements RunLog {
  readonly id: string;
  #row: RunRow;
  readonly #store: WorkspaceStore;
  readonly #holder: string;
  readonly #actor: Actor;

  constructor(store: WorkspaceStore, row: RunRow, holder: string, actor: Actor) {
    this.id = row.id;
    this.#store = store;
    this.#row = row;
    this.#holder = holder;
    this.#actor = actor;
  }

  get row(): RunRow {
    return this.#row;
  }

  steps() {
    return this.#row.steps;
  }

  findings() {
    const { watermark, attributionRun, checks, input, plan } = this.#row;
    return { watermark, attributionRun, checks, input, plan };
  }

  async requireGoing() {
    const [row] = await this.#store.select(rebalancingRuns, eq(rebalancingRuns.id, this.id));
    if (row?.holder !== this.#holder || row.state !== "underway") throw new RunLost("another process has the run");
    if (row.cancelledBy !== null) throw new RunCancelled(`${row.cancelledBy} cancelled it`);
  }

  /** Gives the run back as it is, for anybody to go on with. */
  release(): Promise<void> {
    return this.#write({ holder: null, heldUntil: null });
  }

  /** Says that it lives. */
  beat(): Promise<void> {
    return this.#write({});
  }

  begin(step: RebalancingStep, at: Date) {
    const steps = changed(this.steps(), step, { state: "underway", startedAt: at.toISOString(), endedAt: null });
    return this.#write({ steps });
  }

  done(step: RebalancingStep, at: Date, facts: RebalancingStepRecord["facts"], found: Partial<RunFindings>) {
    const steps = changed(this.steps(), step, { state: "done", endedAt: at.toISOString(), facts });
    return this.#write({ steps, ...stored(found) });
  }

  startOver() {
    return this.#write({ steps: [...WAITING], ...stored(NOTHING_FOUND) });
  }

  async end(end: RunEnd, at: Date, { step, also }: LastOfRun = {}) {
    this.#row = await this.#store.transaction(async (tx) => {
      // The row first: it is held until the end, and whoever has lost the run writes nothing else.
      const { period, isDry, steps, cancelledBy } = await this.#written(tx, {});
      if (cancelledBy !== null && end.state !== "failed" && end.state !== "cancelled")
        throw new RunCancelled(`${cancelledBy} cancelled it`);
      const { state, outcome, proposalId = null } = { ...end, ...(await also?.(tx)) };
      const done = { state: "done", endedAt: at.toISOString(), facts: step?.facts ?? {} } as const;
      const row = await this.#written(tx, {
        ...{ state, outcome, proposalId, endedAt: at, holder: null, heldUntil: null },
        steps: closed(step === undefined ? steps : changed(steps, step.step, done), { state, outcome }, at),
        ...stored(step?.found ?? {}),
      });
      const subject = { kind: "rebalancing", id: this.id };
      const after = { period, isDry, outcome, proposalId };
      await tx.audit({ actor: this.#actor, action: ENDS[state], subject, after });
      return row;
    });
  }

  async #write(change: RowChange): Promise<void> {
    this.#row = await this.#written(this.#store, change);
  }

  async #written(store: WorkspaceStore, change: RowChange): Promise<RunRow> {
    // A run that has ended is nobody's any more: what ends it gives the lease back.
    const [row] = await store.update(
      rebalancingRuns,
      { heldUntil: leaseEnd(), ...change },
      heldBy(this.#holder, this.id),
    );
    if (row === undefined) throw new RunLost("another process has the run");
    return row;
  }
}

/** As the audit names them. */
export const ENDS: Readonly<Record<RunEnd["state"], string>> = {
  proposed: "rebalancing.proposed",
  applied: "rebalancing.applied",
  nothing: "rebalancing.nothing",
  blocked: "rebalancing.blocked",
  failed: "rebalancing.failed",
  cancelled: "rebalancing.cancelled",
};

type RowChange = Partial<Omit<RunRow, "workspaceId">>;

function stored({ checks, ...found }: Partial<RunFindings>) {
  return { ...found, ...(checks === undefined ? {} : { checks: [...checks] }) };
}
