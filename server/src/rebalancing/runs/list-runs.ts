import { TRPCError } from "@trpc/server";
import { desc, eq } from "drizzle-orm";
import type { RebalancingRun, RebalancingRunSummary } from "../../contract/index.ts";
import { movedPerWeek } from "../../proposals/index.ts";
import { rebalancingRuns, type WorkspaceStore } from "../../store/index.ts";
import type { RunRow } from "./lease.ts";
import { endingOf } from "./run-ending.ts";

/** The newest first. */
export async function listRuns(store: WorkspaceStore, limit: number): Promise<RebalancingRunSummary[]> {
  const rows = await store.select(rebalancingRuns, undefined, { orderBy: desc(rebalancingRuns.startedAt), limit });
  return rows.map(summariseRun);
}

/** @throws TRPCError where this workspace has no such run */
export async function findRun(store: WorkspaceStore, id: string): Promise<RunRow> {
  const [row] = await store.select(rebalancingRuns, eq(rebalancingRuns.id, id));
  if (row === undefined)
    throw new TRPCError({ code: "NOT_FOUND", message: "there is no such run of the rebalancing in this workspace" });
  return row;
}

export function describeRun(row: RunRow): RebalancingRun {
  const { steps, checks, watermark, attributionRun, settings, plan } = row;
  return { ...summariseRun(row), steps, checks, watermark, attributionRun, settings, plan };
}

function summariseRun(row: RunRow): RebalancingRunSummary {
  const { id, period, isDry, trigger, starterName, startedAt, endedAt, state, outcome, proposalId, plan } = row;
  return {
    ...{ id, period, isDry, trigger, startedBy: starterName, state, outcome, proposalId },
    ending: endingOf(row),
    ...{ startedAt: startedAt.toISOString(), endedAt: endedAt?.toISOString() ?? null },
    movedPerWeek: plan === null ? null : movedPerWeek(plan).toFixed(2),
  };
}
