import { ModelError } from "@touchline/solver";
import { EngineError, runIsUnwanted } from "@touchline/sql";
import { UserError } from "../../user-error.ts";
import { type FrozenFit, type Work, WorkStopped } from "../../work.ts";
import type { Workspace } from "../../workspace.ts";
import { type PlannedParameters, RunEntry } from "./run-entry.ts";

/** What takes no longer is not worth a row in the ledger before it is known whether it is needed. */
const RECORDED_AFTER_MS = 300;
const STEP_EVERY_MS = 1_000;

export interface RunProgress {
  readonly step: string;
  readonly share: number | null;
}

/** By run: what this process computes. */
const underway = new Map<string, RunsUnderway>();

/** Runs of one workspace that are computed together, watched and stopped together. */
export class RunsUnderway implements Work {
  readonly entries: readonly RunEntry[];
  readonly mark: string;
  readonly workspaceId: string;
  progress: RunProgress = { step: "", share: 0 };
  readonly #workspace: Workspace;
  readonly #stopping = new AbortController();
  readonly #frozen = new Map<string, FrozenFit>();
  #writtenAt = Date.now();

  constructor(workspace: Workspace, plans: readonly PlannedParameters[]) {
    this.#workspace = workspace;
    this.workspaceId = workspace.id;
    this.entries = plans.map((plan) => new RunEntry(workspace, plan));
    this.mark = this.entries[0]!.runId;
  }

  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  requireGoing(): void {
    if (this.signal.aborted) throw new WorkStopped("the run was cancelled");
  }

  step(step: string, share: number | null): void {
    this.requireGoing();
    this.progress = { step, share: share ?? this.progress.share };
    if (Date.now() - this.#writtenAt < STEP_EVERY_MS) return;
    this.#writtenAt = Date.now();
    for (const entry of this.entries) {
      // What people see of it is a courtesy: the run must not fail for it.
      if (entry.isUnderway) entry.record({ step, share: this.progress.share ?? 0 }).catch(() => undefined);
    }
  }

  freeze(runId: string, frozen: FrozenFit): void {
    this.#frozen.set(runId, frozen);
  }

  frozenOf(entry: RunEntry): FrozenFit | undefined {
    return this.#frozen.get(entry.runId);
  }

  /** Ends what is under way in the engine, and lets nothing begin after it. */
  async stop(): Promise<void> {
    this.#stopping.abort(new WorkStopped("the run was cancelled"));
    await this.#workspace.warehouse.endCommands(this.mark);
  }

  /** Does the work, and writes down how it ends for whatever is not done then. */
  async watch<T>(work: () => Promise<T>): Promise<T> {
    for (const entry of this.entries) underway.set(entry.runId, this);
    const recording = setTimeout(() => this.#recordAll(), RECORDED_AFTER_MS);
    const polling = this.#workspace.warehouse.isShared
      ? setInterval(() => this.#stopIfUnwanted(), STEP_EVERY_MS)
      : undefined;
    try {
      return await work();
    } catch (error) {
      clearTimeout(recording);
      for (const entry of this.entries.filter(({ isUnderway }) => isUnderway)) {
        const ended = this.signal.aborted
          ? entry.end("cancelled", "somebody cancelled it")
          : entry.end("failed", sentenceOf(error));
        // Where that cannot be done now it is done when the data is opened next; the failure that led here is the one to tell of.
        await ended.catch(() => undefined);
      }
      throw error;
    } finally {
      clearTimeout(recording);
      clearInterval(polling);
      for (const entry of this.entries) underway.delete(entry.runId);
    }
  }

  #recordAll(): void {
    for (const entry of this.entries) {
      if (!entry.isRecorded) entry.record({ ...this.progress, share: this.progress.share ?? 0 }).catch(() => undefined);
    }
  }

  async #stopIfUnwanted(): Promise<void> {
    try {
      for (const { runId } of this.entries) {
        const [row] = await this.#workspace.warehouse.askAside(runIsUnwanted, { runId });
        if (row?.isUnwanted === 1 && !this.signal.aborted) await this.stop();
      }
    } catch {
      // The next look comes soon.
    }
  }
}

export function runUnderway(runId: string): RunsUnderway | undefined {
  return underway.get(runId);
}

/** What this process computes in a workspace, the newest last. */
export function runsUnderwayOf(workspaceId: string): RunsUnderway[] {
  return [...new Set(underway.values())].filter((runs) => runs.workspaceId === workspaceId);
}

/** Why a run failed, as one sentence for people. */
function sentenceOf(error: unknown): string {
  if (error instanceof UserError || error instanceof ModelError) return error.message;
  if (error instanceof EngineError) return `the database could not do its part (${error.message})`;
  if (error instanceof WorkStopped) return "it waited for another run, which was cancelled";
  return "something went wrong inside the program; the log of the process says what";
}
