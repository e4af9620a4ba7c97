import type { Database } from "./open-store.ts";
import { reportSchedules } from "./schema/index.ts";

/** The workspaces that have reports sent by mail. */
export async function workspacesWithReportMails(db: Database): Promise<string[]> {
  const { workspaceId } = reportSchedules;
  const rows = await db.selectDistinct({ workspaceId }).from(reportSchedules).orderBy(workspaceId);
  return rows.map((row) => row.workspaceId);
}
