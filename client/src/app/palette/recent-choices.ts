import { readStored, writeStored } from "../preferences.ts";

const KEY = "touchline.recent";
const MOST_KEPT = 8;

/** Ids of what was chosen last in the workspace, the newest first. */
export function readRecent(workspace: string): string[] {
  try {
    const kept: unknown = JSON.parse(readStored(`${KEY}.${workspace}`) ?? "[]");
    return Array.isArray(kept) ? kept.filter((each): each is string => typeof each === "string") : [];
  } catch {
    return []; // Somebody wrote something else under this name.
  }
}

export function keepRecent(workspace: string, id: string): void {
  const others = readRecent(workspace).filter((each) => each !== id);
  writeStored(`${KEY}.${workspace}`, JSON.stringify([id, ...others].slice(0, MOST_KEPT)));
}
