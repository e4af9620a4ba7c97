import { readFileSync } from "node:fs";
import { startTouchline } from "../support/process.ts";

export interface Measured {
  readonly seconds: number;
  /** Largest resident memory of the process in GB; null where the system does not tell (only Linux does). */
  readonly peakGb: number | null;
  /** Seconds that processors worked for it, which a busy machine stretches less; null where the system does not tell. */
  readonly processorSeconds: number | null;
  readonly stdout: string;
}

const SAMPLE_MS = 50;

/** The system keeps the high-water mark itself: sampling can miss only what a process does in its last 50 ms. */
export function highWaterGb(pid: number): number | null {
  try {
    const kb = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kb === undefined ? null : Number(kb) / 1e6;
  } catch {
    return null;
  }
}

const TICKS_A_SECOND = 100;

/** Of the process and its threads so far, in user and system mode. */
export function processorSecondsOf(pid: number): number | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the name in brackets and may hold anything.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
  } catch {
    return null;
  }
}

/** Runs the real command in a process of its own. @throws Error with its output when it fails */
export function measureTouchline(argv: readonly string[]): Promise<Measured> {
  return new Promise((done, failed) => {
    const began = performance.now();
    const child = startTouchline(argv);
    let stdout = "";
    let stderr = "";
    let peakGb: number | null = null;
    let processorSeconds: number | null = null;
    const timer = setInterval(() => {
      const now = highWaterGb(child.pid!);
      if (now !== null) peakGb = Math.max(peakGb ?? 0, now);
      // 0 once it has ended.
      processorSeconds = Math.max(processorSecondsOf(child.pid!) ?? 0, processorSeconds ?? 0) || null;
    }, SAMPLE_MS);
    child.stdout!.on("data", (chunk: Buffer) => {
      stdout += chunk.toString("utf8");
    });
    child.stderr!.on("data", (chunk: Buffer) => {
      stderr += chunk.toString("utf8");
    });
    child.stdin!.end();
    child.on("close", (code) => {
      clearInterval(timer);
      if (code === 0) done({ seconds: (performance.now() - began) / 1000, peakGb, processorSeconds, stdout });
      else failed(new Error(`touchline ${argv.join(" ")} ended with ${code}: ${stderr}`));
    });
  });
}
