import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Folders of markets at work: what a run that is stopped has to take away. */
const open = new Set<string>();

export function makeWorkFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "touchline-prove-"));
  open.add(folder);
  return folder;
}

export function removeWorkFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  open.delete(folder);
}

/** Leaves the folder where it is, whatever happens. */
export function leaveWorkFolder(folder: string): void {
  open.delete(folder);
}

export function removeWorkFolders(): void {
  for (const folder of open) removeWorkFolder(folder);
}
