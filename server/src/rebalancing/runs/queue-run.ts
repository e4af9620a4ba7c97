import type { WorkspaceStore } from "../../store/index.ts";
import type { Workspace } from "../../workspace.ts";
import { wakeSchedules } from "../schedule/wake.ts";
import { type Started, type StartOptions, startRun } from "./start-run.ts";

/** Starts the run of this period for whichever server has time for it: whoever asks does not wait for it. */
export async function queueRun(
  store: WorkspaceStore,
  workspace: Workspace,
  options: Omit<StartOptions, "holder" | "now">,
): Promise<Started> {
  const started = await startRun(store, workspace, { ...options, now: new Date(), holder: null });
  if (started.isNew) wakeSchedules();
  return started;
}
