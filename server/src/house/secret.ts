import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { secretOfEnvironment } from "../secret-of-environment.ts";
import { UserError } from "../user-error.ts";

const BYTES = 32;
const SHORTEST = 16;

/**
 * The secret that the keys of visitor ids are derived from: TOUCHLINE_SECRET where several machines share a warehouse, otherwise a
 * file that is made once, for the owner alone. Without it, events of before and after do not meet in one journey any more.
 * @throws UserError when it is too short or cannot be read
 */
export function readSecret(dataFolder: string): Uint8Array {
  const said = secretOfEnvironment("TOUCHLINE_SECRET");
  if (said !== undefined) {
    const secret = Buffer.from(said, "utf8");
    if (secret.length >= SHORTEST) return secret;
    throw new UserError(
      `TOUCHLINE_SECRET is too short: give it at least ${SHORTEST} characters, for example from openssl rand -hex 32`,
    );
  }
  const path = join(dataFolder, "secret");
  return readKept(path) ?? keepNew(path);
}

function readKept(path: string): Uint8Array | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new UserError(`the secret ${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const secret = Buffer.from(text, "hex");
  if (secret.length < SHORTEST) {
    throw new UserError(`the secret ${path} is damaged: put it back from a backup, or visitors would change their ids`);
  }
  return secret;
}

/** Whole on the disk before it has its name, so that a process that is killed here leaves no half of one. */
function keepNew(path: string): Uint8Array {
  const secret = randomBytes(BYTES);
  const draft = `${path}.${process.pid}`;
  const file = openSync(draft, "wx", 0o600);
  try {
    writeSync(file, `${secret.toString("hex")}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(draft, path);
    return secret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return readKept(path)!; // Another process was first.
  } finally {
    rmSync(draft, { force: true });
  }
}
