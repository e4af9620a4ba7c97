// A thread does not inherit the reading of TypeScript from the one that begins it.
import { parentPort } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
const { solveTask } = await import("./solve-task.ts");
parentPort.on("message", async (parsed) => parentPort.postMessage(await solveTask(parsed)));
