import { and, eq, isNull } from "drizzle-orm";
import { pinRun } from "../../attribution/index.ts";
import { daysOfMonth, shiftMonth, todayIn } from "../../calendar-days.ts";
import { type ClosedPeriod, RoiReport, RoiReportInput } from "../../contract/index.ts";
import { type Actor, closedPeriods, type WorkspaceStore } from "../../store/index.ts";
import { UserError } from "../../user-error.ts";
import type { Workspace } from "../../workspace.ts";
import { canonicalJson, closedNow, printOf } from "../late/index.ts";
import { buildRoiReport } from "../roi/index.ts";
import { describeClosed } from "./list-closed.ts";

export interface ClosingDesk {
  readonly workspace: Workspace;
  readonly store: WorkspaceStore;
  readonly actor: Actor;
}

/**
 * Closes a month: its report is frozen with everything that came late to the months before it. Files of it are written from that text
 * ever after.
 * @throws UserError when the month is not over, is closed already, or does not follow the last closed one, or does not add up
 */
export async function closeMonth(
  { workspace, store, actor }: ClosingDesk,
  month: string,
  now: Date,
): Promise<ClosedPeriod> {
  await requireNext(workspace, store, month, now);
  const input = RoiReportInput.parse({ range: daysOfMonth(month), level: "channel" });
  const report = await buildRoiReport(workspace, store, input, now);
  requireBalanced(report, month);
  const version = (await store.count(closedPeriods, eq(closedPeriods.month, month))) + 1;
  const closed = { month, version, by: actor.name, at: now.toISOString() };
  const text = canonicalJson(RoiReport.parse({ ...report, closed }));
  await pinRuns({ workspace, store, actor }, report, month);
  return store.transaction(async (tx) => {
    // Looked at again: somebody else may have closed or opened a month while this one was worked out.
    await requireNext(workspace, tx, month, now);
    const row = await tx.insertOnce(closedPeriods, {
      ...{ month, version, closedBy: actor.id, closerName: actor.name, closedAt: now },
      ...{ watermark: report.watermark, run: report.runs.incremental || report.runs.attributed },
      ...{ report: text, print: printOf(text) },
    });
    if (row === null) throw new UserError(`${month} was closed by somebody else at this moment`);
    await tx.audit({
      ...{ actor, action: "periods.close", subject: { kind: "period", id: month } },
      after: {
        version,
        print: row.print,
        watermark: row.watermark,
        revenue: revenueOf(report),
        spend: report.total.spend,
      },
    });
    return describeClosed(row);
  });
}

/**
 * Opens the last closed month again. What was frozen stays where it is, beside the reason.
 * @throws UserError when the month is not closed, or a later one is
 */
export function reopenMonth(
  { store, actor }: Omit<ClosingDesk, "workspace">,
  { month, reason }: { readonly month: string; readonly reason: string },
  now: Date,
): Promise<ClosedPeriod> {
  return store.transaction(async (tx) => {
    const last = (await closedNow(tx)).at(-1);
    if (last === undefined || last.month < month) throw new UserError(`${month} is not closed`);
    if (last.month !== month) {
      throw new UserError(
        `${last.month} is closed and stands on ${month}: open the later months again first, the last one before the others`,
      );
    }
    const ofMonth = and(eq(closedPeriods.month, month), isNull(closedPeriods.reopenedAt))!;
    const [row] = await tx.update(
      closedPeriods,
      { reopenedBy: actor.id, reopenerName: actor.name, reopenedAt: now, reopenReason: reason },
      ofMonth,
    );
    if (row === undefined) throw new UserError(`${month} was opened by somebody else at this moment`);
    await tx.audit({
      ...{ actor, action: "periods.reopen", subject: { kind: "period", id: month } },
      ...{ before: { version: row.version, print: row.print }, after: { reason } },
    });
    return describeClosed(row);
  });
}

async function requireNext(workspace: Workspace, store: WorkspaceStore, month: string, now: Date): Promise<void> {
  const { timeZone } = await workspace.settings();
  if (month >= todayIn(timeZone, now).slice(0, 7))
    throw new UserError(`${month} is not over yet: a month can be closed from the first day of the next one on`);
  const closed = await closedNow(store);
  if (closed.some((row) => row.month === month))
    throw new UserError(`${month} is closed already: a finance right opens it again`);
  const last = closed.at(-1)?.month;
  if (last === undefined) return;
  const next = shiftMonth(last, 1);
  if (month !== next)
    throw new UserError(
      month < last
        ? `${last} is closed, and months before it cannot be closed any more`
        : `months are closed one after the other: close ${next} first`,
    );
}

/** Whoever signs a month signs that it adds up. */
function requireBalanced({ reconciliation }: RoiReport, month: string): void {
  const off = reconciliation.find(({ isBalanced }) => !isBalanced);
  if (off === undefined) return;
  throw new UserError(
    `${month} cannot be closed: its ${off.code} comes to ${off.total}, and the books say ${off.booked}. Data may have arrived meanwhile: try again, and look at the imports when it stays`,
  );
}

/** Each pin is told as soon as it is there: it stays, whatever becomes of the closing. */
async function pinRuns({ workspace, store, actor }: ClosingDesk, { runs }: RoiReport, month: string): Promise<void> {
  const label = `closed ${month}`;
  for (const id of new Set([runs.attributed, runs.incremental])) {
    if (id === "") continue;
    const { run } = await pinRun(workspace, id, label, actor.name);
    await store.audit({ actor, action: "runs.pin", subject: { kind: "run", id: run }, after: { label } });
  }
}

function revenueOf({ reconciliation }: RoiReport): string {
  return reconciliation.find(({ code }) => code === "revenue")?.booked ?? "0";
}
