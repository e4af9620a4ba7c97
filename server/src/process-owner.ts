import { hostname } from "node:os";

/** This process, as rows name it that say who is at work on them. */
export const OWNER = `${hostname()}:${process.pid}`;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * True where the process that began something may still be at it. A folder is open in one process alone, so whatever another one began
 * there is over; on a server others may be at work, and only of this machine's processes is it known that they died.
 */
export function mayBeAtWork(owner: string, place: "folder" | "server"): boolean {
  if (place === "folder") return false;
  const [host, pid] = owner.split(":");
  return host !== hostname() || (Number(pid) !== process.pid && isAlive(Number(pid)));
}
