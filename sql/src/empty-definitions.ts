import { readdirSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { PASSING_PREFIXES } from "./passing-tables.ts";

/**
 * Removes definitions of passing tables that a full disk left without a word in them: the engine opens no folder that holds one. Such a
 * table was never made, and its rows are nobody's.
 * @param folder the engine's, which no process has open
 * @returns the names of the tables
 */
export function removeEmptyDefinitions(folder: string): string[] {
  const store = join(folder, "store");
  const removed: string[] = [];
  for (const path of filesBelow(store, 2)) {
    const table = basename(path, ".sql");
    const isDefinition = path.endsWith(".sql") && PASSING_PREFIXES.some((prefix) => table.startsWith(prefix));
    if (!isDefinition || statSync(path).size > 0) continue;
    rmSync(path);
    removed.push(table);
  }
  return removed;
}

/** Files that lie so many folders below this one. */
function filesBelow(folder: string, depth: number): string[] {
  let entries: ReturnType<typeof readFolder>;
  try {
    entries = readFolder(folder);
  } catch {
    return []; // A new folder has no tables yet.
  }
  if (depth === 0) return entries.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name));
  return entries
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => filesBelow(join(folder, name), depth - 1));
}

const readFolder = (folder: string) => readdirSync(folder, { withFileTypes: true });
