import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { mayBeAtWork, OWNER } from "../process-owner.ts";
import { UserError } from "../user-error.ts";

/**
 * The embedded database does not lock its folder, and two processes in it would destroy it: so a file beside it names who is in.
 * @returns what lets the folder go
 * @throws UserError when another process of this machine is in
 */
export function holdFolder(folder: string): () => void {
  const path = `${folder}.lock`;
  mkdirSync(dirname(path), { recursive: true });
  const take = () => writeFileSync(path, OWNER, { flag: "wx", mode: 0o600 });
  try {
    take();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const owner = readFileSync(path, "utf8");
    if (owner === OWNER || mayBeAtWork(owner, "server")) {
      const where = owner.startsWith(`${hostname()}:`) ? "" : `; if that machine is gone, remove ${path}`;
      throw new UserError(
        `the accounts in ${folder} are open in another process (${owner}): end it first, or give both the same DATABASE_URL${where}`,
        { cause: error },
      );
    }
    rmSync(path, { force: true }); // Left by one that was killed.
    take();
  }
  return () => rmSync(path, { force: true });
}
