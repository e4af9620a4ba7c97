import { WarmThread } from "../../warm-thread.ts";
import type { FileAnswer, FileTask } from "./file-task.ts";

/** The largest report that was tried takes a tenth of it; whoever waits behind one that hangs must not wait for ever. */
const LONGEST_MS = 300_000;
/** A thread with its fonts loaded keeps some 100 MB: not for a report a month. */
const IDLE_MS = 60_000;

const thread = new WarmThread<FileTask, FileAnswer>({
  file: new URL("./file-thread.mjs", import.meta.url),
  name: "the thread that writes reports",
  idleMs: IDLE_MS,
});

/** Writes a file of a report beside the thread that serves, so that it goes on serving. */
export async function writeInThread(task: FileTask): Promise<Uint8Array> {
  const ended = await thread.do(task, LONGEST_MS);
  if (ended.kind === "late") throw new Error(`the ${task.format} took more than ${LONGEST_MS / 60_000} minutes`);
  const { answer } = ended;
  if ("failed" in answer) throw new Error(`the ${task.format} could not be written: ${answer.failed}`);
  return answer.bytes;
}
