import type { Workspace } from "../../workspace.ts";
import { type AttributionReport, describeRun, type ReportOptions } from "../report.ts";
import { findFinishedRun } from "./find-recorded-run.ts";

/** A recorded run, ready to be printed: what it said when it was computed, whatever came into the data since. */
export async function reportRun(
  workspace: Workspace,
  id: string,
  options: ReportOptions = {},
): Promise<AttributionReport> {
  const run = await findFinishedRun(workspace, id);
  return describeRun(workspace, { runId: run.runId, fit: run.found }, run.asked, options);
}
