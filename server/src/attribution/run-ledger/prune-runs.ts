import { type LedgerRow, prunableRuns, recordRun, removeRunRows, removeRuns, runsById } from "@touchline/sql";
import type { Workspace } from "../../workspace.ts";

export interface PruneRule {
  /** Older runs go, beyond the newest ones. */
  readonly days: number;
  /** How many of the newest stay, however old they are. */
  readonly keepLast: number;
  /** How many stay of those with the same parameters: pages ask again whenever data arrives. */
  readonly keepOfEach: number;
}

export const DEFAULT_PRUNE_RULE: PruneRule = { days: 30, keepLast: 20, keepOfEach: 10 };

/** As many as one statement is given. */
const MOST_AT_ONCE = 1_000;
const PRUNE_EVERY_MS = 3_600_000;

/**
 * Removes runs that nobody needs any more, with their credit: never pinned ones, none of the last hour, none under way.
 * @returns the ids of what went, or would go
 */
export async function pruneRuns(workspace: Workspace, rule: PruneRule, isTrial = false): Promise<string[]> {
  const { warehouse } = workspace;
  const rows = await warehouse.ask(prunableRuns, { ...rule, now: new Date().toISOString() });
  const ids = rows.map(({ runId }) => runId);
  if (isTrial) return ids;
  for (let from = 0; from < ids.length; from += MOST_AT_ONCE) {
    await removeWhole(workspace, await warehouse.ask(runsById, { runIds: ids.slice(from, from + MOST_AT_ONCE) }));
  }
  return ids;
}

/** Marked first, so that a run is never found whose credit is half gone; what is stopped in between goes at the next opening. */
export async function removeWhole({ warehouse }: Workspace, rows: readonly RunRow[]): Promise<void> {
  for (const row of rows.filter(({ state }) => state !== "pruned")) {
    await warehouse.tell(recordRun, { ...row, revision: row.revision + 1, state: "pruned" });
  }
  const ids = rows.map(({ runId }) => runId);
  await removeRunRows(warehouse, ids);
  await removeRuns(warehouse, ids);
}

type RunRow = Omit<LedgerRow, "pinLabel" | "pinnedBy" | "pinnedAt">;

const prunedAt = new WeakMap<Workspace["warehouse"], number>();

/** Prunes by the default rule, once an hour while runs are computed. */
export async function pruneNowAndThen(workspace: Workspace): Promise<void> {
  if (Date.now() - (prunedAt.get(workspace.warehouse) ?? 0) < PRUNE_EVERY_MS) return;
  prunedAt.set(workspace.warehouse, Date.now());
  await pruneRuns(workspace, DEFAULT_PRUNE_RULE);
}
