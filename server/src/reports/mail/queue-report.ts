import { and, eq, isNull, lt, or } from "drizzle-orm";
import type { ReportSchedule, RoiReport } from "../../contract/index.ts";
import { RoiReportInput } from "../../contract/index.ts";
import { type Notice, tell } from "../../notifications/index.ts";
import { reportSchedules, type WorkspaceStore } from "../../store/index.ts";
import { UserError } from "../../user-error.ts";
import type { Workspace } from "../../workspace.ts";
import { closedReport } from "../closing/index.ts";
import {
  createPrinter,
  headlineOf,
  isReconciled,
  ROI_FILE_TYPES,
  roiFileName,
  statusOf,
  wordsIn,
  writeRoiFile,
} from "../files/index.ts";
import { buildRoiReport } from "../roi/index.ts";
import { reportedDays } from "./due-period.ts";
import type { ScheduleRow } from "./schedules.ts";

/** The report of a schedule's days: as it was frozen where the month is closed, and as it is now elsewhere. */
async function reportOf(
  workspace: Workspace,
  store: WorkspaceStore,
  schedule: ReportSchedule,
  period: string,
  now: Date,
): Promise<RoiReport> {
  const range = reportedDays(schedule.every, period);
  const closed = schedule.every === "month" ? await closedReport(store, range.from.slice(0, 7)).catch(notClosed) : null;
  if (closed !== null && closed.level === schedule.level) return closed;
  return buildRoiReport(workspace, store, RoiReportInput.parse({ range, level: schedule.level }), now);
}

function notClosed(error: unknown): null {
  if (error instanceof UserError) return null;
  throw error;
}

/** The mail in the schedule's language: the answer first, then whether it adds up, and the files with it. */
async function noticeOf(report: RoiReport, schedule: ReportSchedule): Promise<Notice> {
  const { locale, formats, recipients } = schedule;
  const words = wordsIn(locale);
  const print = createPrinter(locale, report.currency);
  const attachments = await Promise.all(
    [...new Set(formats)].map(async (format) => ({
      ...{ name: roiFileName(report, format), type: ROI_FILE_TYPES[format] },
      base64: Buffer.from(await writeRoiFile(report, format, locale)).toString("base64"),
    })),
  );
  const { range, total, currency } = report;
  return {
    ...{ event: "report.ready", path: `/reports?from=${range.from}&to=${range.to}`, attachments },
    title: `${words.title} – ${report.workspace}, ${print.range(range)}`,
    text: [
      ...headlineOf(report, words, print),
      isReconciled(report) ? words.head.balanced : words.head.unbalanced,
      `${statusOf(report, words, print)}.`,
    ].join("\n\n"),
    facts: {
      ...{ schedule: schedule.name, from: range.from, to: range.to, currency, spend: total.spend },
      ...{ incrementalRevenue: total.incrementalRevenue, isReconciled: isReconciled(report) },
    },
    mailTo: { addresses: recipients },
  };
}

/**
 * Writes the report of a period and queues its mail. Whoever claims the period queues it: one mail, however many servers.
 * @returns false where somebody else was first
 */
export async function queueReport(
  workspace: Workspace,
  store: WorkspaceStore,
  row: ScheduleRow,
  period: string,
  now: Date,
): Promise<boolean> {
  const notice = await noticeOf(await reportOf(workspace, store, row.schedule, period, now), row.schedule);
  return store.transaction(async (tx) => {
    const { id, lastPeriod } = reportSchedules;
    const isFree = or(isNull(lastPeriod), lt(lastPeriod, period));
    const claimed = await tx.update(reportSchedules, { lastPeriod: period }, and(eq(id, row.id), isFree)!);
    if (claimed.length === 0) return false;
    await tell(tx, notice);
    return true;
  });
}

/** Sends it once more, or before it is due: by hand, whatever was sent already. */
export async function sendReportNow(
  workspace: Workspace,
  store: WorkspaceStore,
  row: ScheduleRow,
  period: string,
  now: Date,
): Promise<void> {
  const notice = await noticeOf(await reportOf(workspace, store, row.schedule, period, now), row.schedule);
  await store.transaction((tx) => tell(tx, notice));
}
