import { finishReplacing, recordImport, type SpendChange, undoImport } from "@touchline/sql";
import { OWNER } from "../process-owner.ts";
import type { Workspace } from "../workspace.ts";
import type { RowBatch, RowCounts, StoredBatch } from "./store-rows.ts";

const NO_ROWS: RowCounts = { received: 0, stored: 0, duplicates: 0, replaced: 0, rejected: 0, filtered: 0 };

/** The entry of an import in the ledger, and the way back out of a failure. */
export class LedgerEntry {
  readonly importId: number;
  readonly #workspace: Workspace;
  readonly #batch: RowBatch;
  readonly #startedAt = new Date().toISOString();
  #replacing: { counts: RowCounts; changes: readonly SpendChange[] } | null = null;

  constructor(workspace: Workspace, batch: RowBatch, importId: number) {
    this.#workspace = workspace;
    this.#batch = batch;
    this.importId = importId;
  }

  /** Rows that others take the place of are about to go: from here on the import can only be finished. */
  async recordReplacing(counts: RowCounts, changes: readonly SpendChange[]): Promise<void> {
    await this.record("replacing", counts, changes);
    this.#replacing = { counts, changes };
  }

  record(
    state: "started" | "replacing" | "done" | "undone",
    counts: RowCounts = NO_ROWS,
    changes: readonly SpendChange[] = [],
  ): Promise<void> {
    const { kind, name: file, fingerprint, columns, transport } = this.#batch;
    return this.#workspace.warehouse.tell(recordImport, {
      ...{ importId: this.importId, kind, state, file, fingerprint, owner: OWNER, startedAt: this.#startedAt },
      ...{ source: columns.options?.source ?? "", transport },
      changes: changes.length === 0 ? "" : JSON.stringify(changes),
      ...counts,
    });
  }

  /** Takes the import back, or finishes it where that is not possible any more. @returns what it stored where it is finished */
  async settle(): Promise<StoredBatch | null> {
    const { importId } = this;
    const replacing = this.#replacing;
    if (replacing === null) {
      await undoImport(this.#workspace.warehouse, this.#batch.kind, importId);
      await this.record("undone");
      return null;
    }
    await finishReplacing(this.#workspace.warehouse, this.#batch.kind, importId);
    await this.record("done", replacing.counts, replacing.changes);
    return { ...replacing.counts, importId, changes: replacing.changes };
  }
}
