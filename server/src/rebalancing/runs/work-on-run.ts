import { eq } from "drizzle-orm";
import { log } from "../../log.ts";
import { rebalancingRuns, type WorkspaceStore } from "../../store/index.ts";
import type { Workspace } from "../../workspace.ts";
import { type Execution, executeRun } from "./execute-run.ts";
import { forgetHolder, HEARTBEAT_MS, MOST_ATTEMPTS, type RunRow } from "./lease.ts";
import { WEEKLY_JOB } from "./propose-plan.ts";
import { RunLost, RunReleased, StoredLog } from "./run-log.ts";

export interface HeldRun {
  readonly workspace: Workspace;
  readonly store: WorkspaceStore;
  /** As it was when this execution got it. */
  readonly row: RunRow;
  readonly holder: string;
}

/**
 * Works on a run that this execution holds, until it has ended or another process has it, and says all the while that it lives.
 * @returns the run as it stands then
 */
export async function workOnRun(
  { workspace, store, row, holder }: HeldRun,
  way: Pick<Execution, "now" | "onStep" | "isStopping">,
): Promise<RunRow> {
  const runLog = new StoredLog(store, row, holder, WEEKLY_JOB);
  const beating = setInterval(() => {
    // A beat that fails is no reason to stop: the next write finds out whether the run is still held.
    runLog.beat().catch((error) => log.warn({ err: error, run: row.id }, "a weekly run could not renew its lease"));
  }, HEARTBEAT_MS);
  try {
    if (row.attempts > MOST_ATTEMPTS)
      await runLog.end({ state: "failed", outcome: `It ended its process ${row.attempts - 1} times.` }, way.now());
    else
      await executeRun(
        { workspace, store, settings: row.settings, period: row.period, isDry: row.isDry, ...way },
        runLog,
      );
  } catch (error) {
    if (error instanceof RunReleased) await runLog.release();
    else if (!(error instanceof RunLost)) throw error;
  } finally {
    clearInterval(beating);
    forgetHolder(holder);
  }
  const [ended] = await store.select(rebalancingRuns, eq(rebalancingRuns.id, row.id));
  return ended ?? row;
}
