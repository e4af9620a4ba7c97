import type { WorkspaceWarehouse } from "@touchline/sql";
import type { Workspace } from "../workspace.ts";

/** Takes back, or finishes, an import that failed. Doing it again changes nothing. */
type Settle<T> = () => Promise<T>;

const LOOK_AFTER_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** By workspace: what could not be done yet, because the disk is full for one. */
const waiting = new WeakMap<WorkspaceWarehouse, Set<Settle<unknown>>>();

/**
 * Settles an import that failed, now, or before the next one of its workspace is published.
 * @returns what the settling gave; null where it could not be done now
 */
export async function settleSoon<T>(workspace: Workspace, settle: Settle<T>): Promise<T | null> {
  const late = waiting.get(workspace.warehouse) ?? new Set();
  waiting.set(workspace.warehouse, late.add(settle));
  try {
    const settled = await settle();
    late.delete(settle);
    return settled;
  } catch {
    settleByItself(workspace, LOOK_AFTER_MS);
    return null; // The failure that led here is the one to tell of.
  }
}

/** Nobody may send for hours: what has to go does not wait for the next batch. */
function settleByItself(workspace: Workspace, afterMs: number): void {
  setTimeout(() => {
    if (waiting.get(workspace.warehouse)?.size === 0) return;
    workspace
      .inTurn("publish", () => settleLate(workspace))
      .catch(() => settleByItself(workspace, Math.min(afterMs * 2, LONGEST_PAUSE_MS)));
  }, afterMs).unref();
}

/**
 * Settles what is left of imports that failed. Until then the tables hold rows that will go, and an event that is known by one of them
 * alone must not be called a duplicate.
 * @throws whatever keeps it from being done: nothing may be published then
 */
export async function settleLate(workspace: Workspace): Promise<void> {
  const late = waiting.get(workspace.warehouse);
  for (const settle of late ?? []) {
    await settle();
    late?.delete(settle);
  }
}
