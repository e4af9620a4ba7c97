import { execFileSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startNode } from "../../support/clickhouse/node.ts";
import type { Random } from "../random.ts";
import type { Failure } from "./failure.ts";

const SIZE_MB = 1_024;

/** Takes what room there is, to the last byte. */
function fill(path: string): void {
  const file = openSync(path, "w");
  const chunk = Buffer.alloc(1024 * 1024);
  try {
    for (;;) writeSync(file, chunk);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  } finally {
    closeSync(file);
  }
}

/** A disk of its own (in memory; as root), filled by something else for a while: under the server's data or Touchline's own. */
export async function diskFills(folder: string, whose: "server" | "touchline"): Promise<Failure> {
  mkdirSync(folder, { recursive: true });
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE_MB}m`, "none", folder]);
  const data = join(folder, "data");
  const ballast = join(folder, "ballast");
  const strike = async (random: Random) => {
    const forMs = 2_000 + random.below(6_000);
    fill(ballast);
    await pause(forMs);
    rmSync(ballast);
    return `disk full for ${(forMs / 1000).toFixed(1)} s`;
  };
  const unmount = () => void execFileSync("umount", [folder]);
  if (whose === "touchline") return { env: {}, dataFolder: data, strike, close: async () => unmount() };
  mkdirSync(data);
  const node = await startNode({ dir: data });
  const url = await node.createDatabase("torture");
  return {
    env: { CLICKHOUSE_URL: url },
    strike,
    async close() {
      await node.kill();
      unmount();
    },
  };
}
