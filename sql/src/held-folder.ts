import { readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { WarehouseUnavailable } from "./engine-error.ts";

/**
 * The engine prints to the terminal when its folder is locked, before it fails. So its lock file is read first: it names the
 * process, and on Linux that process can be asked whether it really holds the file. Elsewhere the engine itself refuses.
 */
export function refuseHeldFolder(path: string): void {
  let status: string;
  let holder: string | undefined;
  try {
    status = realpathSync(join(path, "status"));
    holder = /^PID:\s*(\d+)/m.exec(readFileSync(status, "utf8"))?.[1];
  } catch {
    return; // No such file: nobody was ever here.
  }
  if (holder === undefined || Number(holder) === process.pid) return;
  let files: string[];
  try {
    files = readdirSync(`/proc/${holder}/fd`);
  } catch {
    return; // That process is gone, or this is not Linux.
  }
  const holds = files.some((fd) => {
    try {
      return readlinkSync(`/proc/${holder}/fd/${fd}`) === status;
    } catch {
      return false;
    }
  });
  if (holds) {
    throw new WarehouseUnavailable(
      `the data folder ${path} is in use by another process (${holder}): stop that process, or choose another folder with --data`,
    );
  }
}
