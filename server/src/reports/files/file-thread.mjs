// A thread does not inherit the reading of TypeScript from the one that begins it.
import { parentPort } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
const { writeTask } = await import("./file-task.ts");
parentPort.on("message", async (task) => parentPort.postMessage(await writeTask(task)));
