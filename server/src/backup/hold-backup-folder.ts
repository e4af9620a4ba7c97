import { join } from "node:path";
import { holdByFile } from "../hold-by-file.ts";

/**
 * One backup at a time: each clears away what one that was stopped has left.
 * @returns what lets the folder go
 * @throws UserError while another backup into it is under way
 */
export function holdBackupFolder(folder: string): () => void {
  return holdByFile(
    join(folder, "backup.lock"),
    (owner) => `another backup into ${folder} is under way (${owner}): wait for its end`,
  );
}
