import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { holdByFile } from "../hold-by-file.ts";

/**
 * The embedded database does not lock its folder, and two processes in it would destroy it: so a file beside it names who is in.
 * @returns what lets the folder go
 * @throws UserError when another process of this machine is in
 */
export function holdFolder(folder: string): () => void {
  const path = `${folder}.lock`;
  mkdirSync(dirname(path), { recursive: true });
  return holdByFile(
    path,
    (owner) =>
      `the accounts in ${folder} are open in another process (${owner}): end it first, or give both the same DATABASE_URL`,
  );
}
