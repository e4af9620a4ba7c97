// A thread does not inherit the reading of TypeScript from the one that begins it.
import { parentPort, workerData } from "node:worker_threads";
import { register } from "tsx/esm/api";
import "../../yield-thread.mjs";

register();
const { answerJourneys } = await import("./score-journeys-task.ts");
parentPort.postMessage(answerJourneys(workerData));
