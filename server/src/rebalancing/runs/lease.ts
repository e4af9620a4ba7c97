import { randomUUID } from "node:crypto";
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { mayBeAtWork, OWNER } from "../../process-owner.ts";
import { rebalancingRuns, type WorkspaceStore } from "../../store/index.ts";

export type RunRow = typeof rebalancingRuns.$inferSelect;

export const HEARTBEAT_MS = 10_000;
/** Whoever has not said for so long that it lives has lost the run: several missed beats, because a fit can keep a process busy. */
const LEASE_SECONDS = 45;
/** A run that ends its process again and again is not begun for ever. */
export const MOST_ATTEMPTS = 12;

/** Executions of this process. */
const working = new Set<string>();

/** A name for one execution of a run: two in one process are two. */
export function newHolder(): string {
  const holder = `${OWNER}:${randomUUID()}`;
  working.add(holder);
  return holder;
}

export function forgetHolder(holder: string): void {
  working.delete(holder);
}

/** The database's own clock: those of several servers differ. */
export function leaseEnd(): Date {
  return sql`now() + make_interval(secs => ${LEASE_SECONDS})` as unknown as Date;
}

/** The rows that this execution may write: it is still the one that holds them. */
export function heldBy(holder: string, id: string): SQL {
  const { id: ids, holder: holders, state } = rebalancingRuns;
  return and(eq(ids, id), eq(holders, holder), eq(state, "underway"))!;
}

/** Whether the execution can still be at it, as far as this machine knows. */
function mayLive(holder: string): boolean {
  return working.has(holder) || (!holder.startsWith(`${OWNER}:`) && mayBeAtWork(holder, "server"));
}

/**
 * Takes a run that nobody works on: one that was never begun, one whose process is known to be gone, or one whose lease is out.
 * Of several who try at once one gets it.
 * @param holder from `newHolder`
 * @returns null where somebody else works on it, or it has ended
 */
export async function takeRun(store: WorkspaceStore, id: string, holder: string): Promise<RunRow | null> {
  const { id: ids, holder: holders, state, heldUntil, attempts } = rebalancingRuns;
  const [row] = await store.select(rebalancingRuns, eq(ids, id));
  if (row === undefined || row.state !== "underway") return null;
  const asFound = row.holder === null ? isNull(holders) : eq(holders, row.holder);
  const isOut = row.holder === null || !mayLive(row.holder) ? undefined : sql`${heldUntil} < now()`;
  const isBegun = row.holder !== null;
  const [taken] = await store.update(
    rebalancingRuns,
    { holder, heldUntil: leaseEnd(), ...(isBegun ? { attempts: row.attempts + 1 } : {}) },
    and(eq(ids, id), eq(state, "underway"), asFound, eq(attempts, row.attempts), isOut)!,
  );
  return taken ?? null;
}

/** Whether somebody works on it now. */
export function isHeld(row: Pick<RunRow, "holder" | "heldUntil">, now: Date): boolean {
  return row.holder !== null && mayLive(row.holder) && row.heldUntil !== null && row.heldUntil > now;
}
