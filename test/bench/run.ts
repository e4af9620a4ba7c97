import { cpus } from "node:os";
import { benchTenMillion } from "./ten-million-touchpoints.ts";

/** `npm run bench`: how fast, in figures of this machine and this run. */
const print = (line: string) => void process.stdout.write(`${line}\n`);
print(`Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model ?? "unknown"})\n`);
await benchTenMillion(print);
