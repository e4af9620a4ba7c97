import { eq, sql } from "drizzle-orm";
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
