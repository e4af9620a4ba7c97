import { randomUUID } from "node:crypto";
import { creditPrint, type LedgerRow, recordRun, removeRunRows, removeRuns, saveRunStatistics } from "@touchline/sql";
import { OWNER } from "../../process-owner.ts";
import type { FrozenFit } from "../../work.ts";
import type { Workspace } from "../../workspace.ts";
import type { Fit } from "../fit.ts";
import type { RunParameters } from "../run-parameters.ts";
import { codeVersion } from "./code-version.ts";
import { writeFrozen } from "./frozen-json.ts";

/** What is asked for: parameters in their order, and a name for just these. */
export interface PlannedParameters {
  readonly parameters: RunParameters;
  readonly frozen: string;
  readonly key: string;
}

type Row = Omit<LedgerRow, "pinLabel" | "pinnedBy" | "pinnedAt">;

/** What is kept of a run so that it can be fitted again; more is not kept, and the run says so. */
const MOST_FROZEN_CHARACTERS = 64_000_000;

/** The row of a run in the ledger, from its beginning to its end. Only the process that computes the run writes it. */
export class RunEntry {
  readonly runId = randomUUID();
  readonly plan: PlannedParameters;
  readonly #workspace: Workspace;
  #row: Row;
  #last: Promise<void> = Promise.resolve();

  constructor(workspace: Workspace, plan: PlannedParameters) {
    this.#workspace = workspace;
    this.plan = plan;
    this.#row = {
      ...{ runId: this.runId, revision: 0, parametersKey: plan.key, parameters: plan.frozen, watermark: "" },
      ...{ codeVersion: codeVersion(), owner: OWNER, state: "running", step: "", share: 0, reason: "" },
      ...{ fit: "{}", creditPrint: "", startedAt: new Date().toISOString(), finishedAt: null },
    };
  }

  get isRecorded(): boolean {
    return this.#row.revision > 0;
  }

  /** True from its beginning until it is known how it ended. */
  get isUnderway(): boolean {
    return this.isRecorded && this.#row.state === "running";
  }

  /** Writes the row with what has changed, after what was written before. */
  record(change: Partial<Row>): Promise<void> {
    this.#row = { ...this.#row, ...change, revision: this.#row.revision + 1 };
    const row = this.#row;
    const written = this.#last.then(() => this.#workspace.warehouse.tell(recordRun, row));
    this.#last = written.catch(() => undefined);
    return written;
  }

  /** The credit is complete: from here on the run is found. */
  async finish(fit: Fit, frozen: FrozenFit | undefined): Promise<Fit> {
    const { warehouse } = this.#workspace;
    const { runId } = this;
    const text = frozen === undefined ? "" : writeFrozen(frozen);
    const isKept = text !== "" && text.length <= MOST_FROZEN_CHARACTERS;
    if (isKept) await saveRunStatistics(warehouse, runId, { fit: text });
    const told: Fit =
      text === "" || isKept
        ? fit
        : {
            ...fit,
            warnings: [
              ...fit.warnings,
              "What this run was fitted on is too large to keep: it cannot be fitted again once the events have changed.",
            ],
          };
    const { print } = await warehouse.askOne(creditPrint, { runId });
    await this.record({
      ...{ state: "done", step: "", share: 1, creditPrint: print },
      ...{ fit: JSON.stringify(told), finishedAt: new Date().toISOString() },
    });
    return told;
  }

  /** The run comes to nothing: what it has written goes before its row says so. */
  async end(state: "cancelled" | "failed", reason: string): Promise<void> {
    await removeRunRows(this.#workspace.warehouse, [this.runId]);
    await this.record({ state, reason, finishedAt: new Date().toISOString() });
  }

  /** The run was there already, or somebody else computes it: this one was never needed. */
  async forget(): Promise<void> {
    if (!this.isRecorded) return;
    await this.#last;
    await removeRuns(this.#workspace.warehouse, [this.runId]);
  }
}
