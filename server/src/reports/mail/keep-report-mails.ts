import { setTimeout as sleep } from "node:timers/promises";
import type { House } from "../../house/index.ts";
import { log } from "../../log.ts";
import { reportSchedules, workspacesWithReportMails } from "../../store/index.ts";
import { duePeriod } from "./due-period.ts";
import { queueReport } from "./queue-report.ts";
import type { ScheduleRow } from "./schedules.ts";

const LOOK_EVERY_MS = 60_000;
/** What a server that was down has missed is sent within this time; later the next one is near enough. */
const CATCH_UP_MS = 3 * 24 * 3_600_000;
/** A report that could not be written is tried again after so long. */
const TRY_AGAIN_MS = 3_600_000;
const STOP_WITHIN_MS = 5_000;

/**
 * Queues the reports that are due by their schedules, in all workspaces. Where there are none it asks the store one small question a
 * minute.
 * @returns stops it, when what is under way has ended
 */
export function keepReportMails(house: House, clock: () => Date = () => new Date()): () => Promise<void> {
  let isStopped = false;
  let underway: Promise<void> = Promise.resolve();
  const failed = new Map<string, number>();
  const look = async () => {
    await queueDueReports(house, { now: clock(), failed, isStopping: () => isStopped });
  };
  const wake = () => {
    underway = underway.then(look).catch((error) => log.error({ err: error }, "reports could not be queued"));
  };
  const timer = setInterval(wake, LOOK_EVERY_MS);
  return async () => {
    isStopped = true;
    clearInterval(timer);
    await Promise.race([underway, sleep(STOP_WITHIN_MS, undefined, { ref: false })]);
  };
}

interface Look {
  readonly now: Date;
  /** When a schedule's report could not be written last, by its id. */
  readonly failed: Map<string, number>;
  readonly isStopping: () => boolean;
}

/** @returns how many were queued */
export async function queueDueReports(house: House, { now, failed, isStopping }: Look): Promise<number> {
  const store = await house.store();
  let queued = 0;
  for (const workspaceId of await workspacesWithReportMails(store.db)) {
    const own = store.in(workspaceId);
    const workspace = await house.workspace(workspaceId);
    const { timeZone } = await workspace.settings();
    for (const row of await own.select(reportSchedules)) {
      if (isStopping()) return queued;
      const period = periodToSend(row, timeZone, now);
      if (period === null || now.getTime() - (failed.get(row.id) ?? 0) < TRY_AGAIN_MS) continue;
      try {
        if (await queueReport(workspace, own, row, period, now)) queued++;
        failed.delete(row.id);
      } catch (error) {
        failed.set(row.id, now.getTime());
        log.error(
          { err: error, workspace: workspaceId, schedule: row.id },
          "a report could not be written for its mail",
        );
      }
    }
  }
  return queued;
}

/** Null where nothing is to be sent: it was sent, is long past, or fell due before the schedule was made. */
function periodToSend({ schedule, createdAt, lastPeriod }: ScheduleRow, timeZone: string, now: Date): string | null {
  const due = duePeriod(schedule, timeZone, now);
  if (due === null || due.at < createdAt || now.getTime() - due.at.getTime() > CATCH_UP_MS) return null;
  return lastPeriod !== null && lastPeriod >= due.period ? null : due.period;
}
