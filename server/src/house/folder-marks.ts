import { existsSync } from "node:fs";
import { join } from "node:path";
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
