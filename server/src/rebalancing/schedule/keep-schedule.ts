import { setTimeout as sleep } from "node:timers/promises";
import { eq } from "drizzle-orm";
import type { House } from "../../house/index.ts";
import { log } from "../../log.ts";
import { rebalancingRuns, scheduledWorkspaces, unendedRuns } from "../../store/index.ts";
import { forgetHolder, newHolder, takeRun } from "../runs/lease.ts";
import { WEEKLY_JOB } from "../runs/propose-plan.ts";
import { startRun } from "../runs/start-run.ts";
import { type HeldRun, workOnRun } from "../runs/work-on-run.ts";
import { settingsOf } from "../settings.ts";
import { lastDue } from "./due-times.ts";
import { whenWoken } from "./wake.ts";

const LOOK_EVERY_MS = 30_000;
/** What a server that was down has missed is made up for within this time; after it, the next due time is near enough. */
const CATCH_UP_MS = 24 * 3_600_000;
/** A step that takes longer is left: the next process takes the run up from the step before. */
const STOP_WITHIN_MS = 5_000;

/**
 * Starts the runs that are due, in all workspaces, and goes on with those that nobody works on any more, one at a time, until it is told
 * to stop. Where nothing is scheduled it asks the store two small questions every 30 seconds, and opens nothing.
 * @returns what stops it, and waits for the step under way
 */
export function keepSchedule(house: House, clock: () => Date = () => new Date()): () => Promise<void> {
  let isStopped = false;
  let isWanted = false;
  let underway: Promise<void> | null = null;
  const isStopping = () => isStopped;
  const look = async () => {
    do {
      isWanted = false;
      try {
        await goOnWithLeftRuns(house, clock, isStopping);
        await startDueRuns(house, clock, isStopping);
      } catch (error) {
        log.error({ err: error }, "the schedule of the rebalancing could not be kept; it is tried again");
      }
    } while (isWanted && !isStopped);
  };
  const wake = () => {
    isWanted = true;
    underway ??= look().finally(() => {
      underway = null;
    });
  };
  wake();
  const timer = setInterval(wake, LOOK_EVERY_MS);
  const forget = whenWoken(wake);
  return async () => {
    isStopped = true;
    clearInterval(timer);
    forget();
    if (underway !== null) await Promise.race([underway, sleep(STOP_WITHIN_MS, undefined, { ref: false })]);
  };
}

type Clock = () => Date;
type Stopping = () => boolean;

/** Runs that somebody asked for on a page or with a key, and those whose process is gone. */
async function goOnWithLeftRuns(house: House, clock: Clock, isStopping: Stopping): Promise<void> {
  for (const { workspaceId, id } of await unendedRuns((await house.store()).db)) {
    if (isStopping()) return;
    await withHolder(house, workspaceId, { clock, isStopping }, async ({ store, holder }) => {
      const row = await takeRun(store, id, holder);
      if (row === null || clock().getTime() - row.startedAt.getTime() <= CATCH_UP_MS) return row;
      // What it would say now is of another week.
      const outcome = "It was left in the middle, and nobody went on with it within a day.";
      const ended = { state: "failed", outcome, endedAt: clock(), holder: null, heldUntil: null } as const;
      await store.update(rebalancingRuns, ended, eq(rebalancingRuns.id, id));
      return null;
    });
  }
}

async function startDueRuns(house: House, clock: Clock, isStopping: Stopping): Promise<void> {
  for (const workspaceId of await scheduledWorkspaces((await house.store()).db)) {
    if (isStopping()) return;
    await withHolder(house, workspaceId, { clock, isStopping }, async ({ store, workspace, holder }) => {
      const now = clock();
      const [{ schedule }, { timeZone }] = await Promise.all([settingsOf(store), workspace.settings()]);
      const due = lastDue(schedule, timeZone, now);
      if (due === null || now.getTime() - due.getTime() > CATCH_UP_MS) return null;
      const { row, isNew } = await startRun(store, workspace, { trigger: "schedule", actor: WEEKLY_JOB, now, holder });
      return isNew ? row : null;
    });
  }
}

/** Works on what it gets; one workspace that fails does not keep the others waiting. */
async function withHolder(
  house: House,
  workspaceId: string,
  { clock, isStopping }: { readonly clock: Clock; readonly isStopping: Stopping },
  get: (run: Omit<HeldRun, "row">) => Promise<HeldRun["row"] | null>,
): Promise<void> {
  const holder = newHolder();
  try {
    const workspace = await house.workspace(workspaceId);
    const held = { workspace, store: (await house.store()).in(workspaceId), holder };
    const row = await get(held);
    if (row !== null) await workOnRun({ ...held, row }, { now: clock, isStopping });
  } catch (error) {
    log.error({ err: error, workspace: workspaceId }, "the weekly run of a workspace could not be done");
  } finally {
    forgetHolder(holder);
  }
}
