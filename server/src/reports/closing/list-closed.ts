import { desc } from "drizzle-orm";
import { shiftMonth, todayIn } from "../../calendar-days.ts";
import type { ClosedMonths, ClosedPeriod, RoiReport } from "../../contract/index.ts";
import { closedPeriods, type WorkspaceStore } from "../../store/index.ts";
import { UserError } from "../../user-error.ts";
import type { Workspace } from "../../workspace.ts";
import { findClosed, frozenReport } from "../late/index.ts";

export function describeClosed(row: typeof closedPeriods.$inferSelect): ClosedPeriod {
  const { month, version, closerName, closedAt, print, reopenedAt, reopenerName, reopenReason } = row;
  return {
    ...{ month, version, closedBy: closerName, closedAt: closedAt.toISOString(), print },
    reopened:
      reopenedAt === null ? null : { by: reopenerName ?? "", at: reopenedAt.toISOString(), reason: reopenReason ?? "" },
  };
}

/** Every closing there ever was, the newest month and version first. */
export async function listClosed(store: WorkspaceStore): Promise<ClosedPeriod[]> {
  const rows = await store.select(closedPeriods, undefined, {
    orderBy: [desc(closedPeriods.month), desc(closedPeriods.version)],
  });
  return rows.map(describeClosed);
}

/** The same, with what can be done next. */
export async function closedMonths(workspace: Workspace, store: WorkspaceStore, now: Date): Promise<ClosedMonths> {
  const [{ timeZone }, closed] = await Promise.all([workspace.settings(), listClosed(store)]);
  const last = closed.find(({ reopened }) => reopened === null)?.month ?? null;
  const running = todayIn(timeZone, now).slice(0, 7);
  const next = last === null ? shiftMonth(running, -1) : shiftMonth(last, 1);
  return { closed, next: next < running ? next : null, reopenable: last };
}

/**
 * The report of a closed month, as it was frozen.
 * @throws UserError when the month is not closed
 */
export async function closedReport(store: WorkspaceStore, month: string): Promise<RoiReport> {
  const row = await findClosed(store, month);
  if (row === null) throw new UserError(`${month} is not closed: touchline report close ${month} closes it`);
  return frozenReport(row);
}
