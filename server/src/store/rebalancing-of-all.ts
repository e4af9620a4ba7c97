import { count, eq, max, sql } from "drizzle-orm";
import type { Database } from "./open-store.ts";
import { rebalancingRuns, rebalancingSettings } from "./schema/index.ts";

/** The workspaces that rebalance by a schedule. */
export async function scheduledWorkspaces(db: Database): Promise<string[]> {
  const { workspaceId, settings } = rebalancingSettings;
  const rows = await db
    .select({ workspaceId })
    .from(rebalancingSettings)
    .where(sql`${settings} ->> 'isScheduled' = 'true'`)
    .orderBy(workspaceId);
  return rows.map((row) => row.workspaceId);
}

/** Runs that have not ended, whoever works on them, the oldest first. */
export function unendedRuns(db: Database): Promise<{ workspaceId: string; id: string }[]> {
  const { workspaceId, id, state, startedAt } = rebalancingRuns;
  return db.select({ workspaceId, id }).from(rebalancingRuns).where(eq(state, "underway")).orderBy(startedAt);
}

export interface RebalancingOutcomes {
  readonly state: string;
  readonly runs: number;
  /** When one last ended so, in seconds since 1970; null where none has ended. */
  readonly lastEnd: number | null;
}

/** Weekly runs of all workspaces by state. */
export async function rebalancingOutcomes(db: Database): Promise<RebalancingOutcomes[]> {
  const { state, endedAt } = rebalancingRuns;
  const rows = await db
    .select({ state, runs: count(), last: max(endedAt) })
    .from(rebalancingRuns)
    .groupBy(state);
  return rows.map(({ last, ...row }) => ({ ...row, lastEnd: last === null ? null : last.getTime() / 1_000 }));
}
