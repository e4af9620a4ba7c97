import { todayIn } from "../../calendar-days.ts";
import type { Actor, WorkspaceStore } from "../../store/index.ts";
import type { Workspace } from "../../workspace.ts";
import { sendReportNow } from "./queue-report.ts";
import { requireSchedule } from "./schedules.ts";

interface Ground {
  readonly workspace: Workspace;
  readonly store: WorkspaceStore;
  readonly actor: Actor;
}

/** Sends the report of a schedule as if it fell due now; its next one comes all the same. */
export async function sendNow(
  { workspace, store, actor }: Ground,
  id: string,
  now: Date,
): Promise<{ recipients: number }> {
  const row = await requireSchedule(store, id);
  const { timeZone } = await workspace.settings();
  await sendReportNow(workspace, store, row, todayIn(timeZone, now), now);
  const { name, recipients } = row.schedule;
  await store.audit({
    ...{ actor, action: "reports.send-now", after: { name, recipients } },
    subject: { kind: "report-schedule", id },
  });
  return { recipients: recipients.length };
}
