// A thread does not inherit the reading of TypeScript from the one that begins it.
import { parentPort, workerData } from "node:worker_threads";
import { register } from "tsx/esm/api";
import "../../yield-thread.mjs";

register();
const { answerIncremental } = await import("./answer-incremental.ts");
parentPort.postMessage(answerIncremental(workerData));
