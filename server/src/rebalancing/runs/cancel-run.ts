import { and, eq, isNull } from "drizzle-orm";
import { type Actor, rebalancingRuns, type WorkspaceStore } from "../../store/index.ts";
import { UserError } from "../../user-error.ts";
import { isHeld, type RunRow } from "./lease.ts";
import { findRun } from "./list-runs.ts";

/**
 * Asks for the end of a run. Whoever works on it stops before the next step; one that nobody works on ends at once.
 * @param name as people are called on pages, where the audit calls them otherwise
 * @throws UserError where it has ended already
 */
export async function cancelRun(
  { store, actor }: { readonly store: WorkspaceStore; readonly actor: Actor },
  id: string,
  now: Date,
  name = actor.name,
): Promise<RunRow> {
  const { id: ids, state, holder, cancelledBy } = rebalancingRuns;
  return store.transaction(async (tx) => {
    const row = await findRun(tx, id);
    const outcome = `Stopped: ${name} cancelled it.`;
    const change = isHeld(row, now)
      ? {}
      : { state: "cancelled" as const, outcome, endedAt: now, holder: null, heldUntil: null };
    const asFound = row.holder === null ? isNull(holder) : eq(holder, row.holder);
    const [cancelled] = await tx.update(
      rebalancingRuns,
      { cancelledBy: name, ...change },
      and(eq(ids, id), eq(state, "underway"), isNull(cancelledBy), asFound)!,
    );
    if (cancelled === undefined) {
      if (row.state === "underway" && row.cancelledBy !== null) return row;
      throw new UserError(`this run cannot be cancelled: it has ended already (${row.state})`);
    }
    await tx.audit({ actor, action: "rebalancing.cancel", subject: { kind: "rebalancing", id } });
    return cancelled;
  });
}
