import { runsUnderwayOf } from "../attribution/index.ts";
import type { Workspace } from "../workspace.ts";
import { type CommandIo, ProgressLine } from "./io.ts";

const LOOK_EVERY_MS = 150;

/** Draws how far the runs of a workspace are while work waits for them. */
export async function withRunProgress<T>(workspace: Workspace, io: CommandIo, work: () => Promise<T>): Promise<T> {
  if (!io.isWatched) return work();
  const line = new ProgressLine(io);
  const drawing = setInterval(() => {
    const runs = runsUnderwayOf(workspace.id).at(-1);
    if (runs !== undefined) line.show(runs.mark.slice(0, 8), runs.progress.share, runs.progress.step);
  }, LOOK_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(drawing);
    line.clear();
  }
}
