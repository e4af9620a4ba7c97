export type { CommandIo } from "./io.ts";
export { main } from "./main.ts";
export { type Runtime, runCommandLine } from "./program.ts";
