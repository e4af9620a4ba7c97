import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type SenderOrder, SenderReport } from "./sender-order.ts";

const PROGRAM = fileURLToPath(new URL("sender-process.ts", import.meta.url));

/** Sends in a process of its own, so that its processor time is not the server's. @throws Error with what the process said */
export function sendEvents(order: SenderOrder): Promise<SenderReport> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, ["--import", "tsx", PROGRAM, JSON.stringify(order)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString("utf8");
    });
    child.on("error", failed);
    child.on("close", (code) => {
      if (code === 0) done(SenderReport.parse(JSON.parse(said)));
      else failed(new Error(`the sender ended with ${code}`));
    });
  });
}
