import type { WorkspaceWarehouse } from "@touchline/sql";
import type { Workspace } from "../workspace.ts";

/** Takes back, or finishes, an import that failed. Doing it again changes nothing. */
type Settle<T> = () => Promise<T>;

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
    return null; // The failure that led here is the one to tell of.
  }
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
