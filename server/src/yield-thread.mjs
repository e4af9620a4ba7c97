import { setPriority } from "node:os";

const YIELDING = 5;

// Long fits take what processors those leave who answer people and take in events. On Linux this is said of a thread; elsewhere it would
// be said of the whole process. The thread holds nothing that the engine waits for.
if (process.platform === "linux") setPriority(YIELDING);
