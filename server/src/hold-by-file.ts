import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { mayBeAtWork, OWNER } from "./process-owner.ts";
import { UserError } from "./user-error.ts";

/** Held by this very process: a container that was killed comes back under its name and number. */
const held = new Set<string>();

/**
 * Takes what one process at a time may have: a file names who has it. One that a killed process has left is taken over.
 * @param refusal the sentence for those who come second, up to who has it
 * @returns what lets it go
 * @throws UserError while another process has it, or one of a machine that cannot be asked
 */
export function holdByFile(path: string, refusal: (owner: string) => string): () => void {
  const take = () => writeFileSync(path, OWNER, { flag: "wx", mode: 0o600 });
  try {
    take();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const owner = readFileSync(path, "utf8");
    if (held.has(path) || (owner !== OWNER && mayBeAtWork(owner, "server"))) {
      const where = owner.startsWith(`${hostname()}:`) ? "" : `; if that machine is gone, remove ${path}`;
      throw new UserError(`${refusal(owner)}${where}`, { cause: error });
    }
    rmSync(path, { force: true });
    take();
  }
  held.add(path);
  return () => {
    held.delete(path);
    rmSync(path, { force: true });
  };
}
