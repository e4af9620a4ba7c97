import { Worker } from "node:worker_threads";
import { answerIncremental, type IncrementalAnswer, type PlainTask } from "./answer-incremental.ts";

/** From so many conversions on, the fit takes longer than a thread takes to begin. */
const MANY_CONVERSIONS = 2_000;

/** Fits beside the thread that serves, so that it goes on serving. A stop ends the thread. */
export function fitInThread(task: PlainTask, signal?: AbortSignal): Promise<IncrementalAnswer | null> {
  if (task.series === undefined && task.statistics.conversions.day.length < MANY_CONVERSIONS)
    return Promise.resolve(answerIncremental(task));
  return new Promise((done, failed) => {
    const worker = new Worker(new URL("./incremental-thread.mjs", import.meta.url), { workerData: task });
    const stopped = () => {
      failed(signal?.reason);
      void worker.terminate();
    };
    signal?.addEventListener("abort", stopped, { once: true });
    worker.once("message", done);
    worker.once("error", failed);
    worker.once("exit", () => {
      signal?.removeEventListener("abort", stopped);
      failed(new Error("the fit of the incremental model ended without an answer"));
    });
  });
}
