import { Worker } from "node:worker_threads";
import { answerJourneys, type JourneyAnswer, type JourneyTask } from "./score-journeys-task.ts";

/** From so many paths on, scoring takes longer than a thread takes to begin. */
const MANY_PATHS = 2_000;

/** Scores beside the thread that serves, so that it goes on serving. */
export function scoreInThread(task: JourneyTask): Promise<JourneyAnswer> {
  if (task.train.nulls.length < MANY_PATHS) return Promise.resolve(answerJourneys(task));
  return new Promise((done, failed) => {
    const worker = new Worker(new URL("./score-thread.mjs", import.meta.url), { workerData: task });
    worker.once("message", done);
    worker.once("error", failed);
    worker.once("exit", () => failed(new Error("scoring the journeys ended without an answer")));
  });
}
