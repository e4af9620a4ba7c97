import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "../user-error.ts";

/** Stands in a data folder while a backup is being restored into it. */
export const RESTORE_UNFINISHED = "restore-unfinished";

/** @throws UserError where the folder holds a part of a backup only */
export function requireRestored(dataFolder: string): void {
  if (existsSync(join(dataFolder, RESTORE_UNFINISHED)))
    throw new UserError(
      `${dataFolder} holds a part of a backup only, because its restore did not come to its end: run the same touchline restore again`,
    );
}

/** Stands in a data folder whose data was moved to servers. */
const MOVED = "moved";

/** Stands in a data folder while its data is being moved: what was copied of it. */
export const MOVING = "moving";

/** Which copy of it, and where to, without passwords; null for what stayed. */
const Moved = z.object({ at: z.string(), backup: z.string(), events: z.string(), accounts: z.string().nullable() });
export type Moved = z.infer<typeof Moved>;

/** Where the data of a folder was moved to; null where it was not. */
export function movedTo(dataFolder: string): Moved | null {
  const path = join(dataFolder, MOVED);
  return existsSync(path) ? Moved.parse(JSON.parse(readFileSync(path, "utf8"))) : null;
}

export function markMoved(dataFolder: string, moved: Moved): void {
  const path = join(dataFolder, MOVED);
  writeFileSync(`${path}.new`, `${JSON.stringify(moved)}\n`, { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
}

/** @throws UserError where somebody would go on with data that was moved */
export function requireNotMoved(
  dataFolder: string,
  { serverUrl, databaseUrl }: { readonly serverUrl?: string | undefined; readonly databaseUrl?: string | undefined },
): void {
  const moved = movedTo(dataFolder);
  if (moved === null) return;
  const { at, events, accounts } = moved;
  const refuse = (what: string, where: string, name: string) => {
    throw new UserError(
      `the ${what} of ${dataFolder} were moved to ${where} on ${at.slice(0, 10)}: set ${name} to go on there. To go on here, without what has come in there since, remove the file ${join(dataFolder, MOVED)}`,
    );
  };
  if (serverUrl === undefined) refuse("events", events, "CLICKHOUSE_URL");
  if (accounts !== null && databaseUrl === undefined) refuse("accounts", accounts, "DATABASE_URL");
}
