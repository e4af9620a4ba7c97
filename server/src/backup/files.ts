import { createHash, randomUUID } from "node:crypto";
import {
  chmodSync,
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "../user-error.ts";
import type { KeptFile } from "./manifest.ts";

const PLACES = ["backups", "parts", "store", "secrets", "unfinished"] as const;

/** Makes the folder of backups, for its owner alone. @throws UserError when that cannot be done, or something else is there */
export function openBackupFolder(folder: string): void {
  if (existsSync(folder) && statSync(folder).isDirectory()) {
    const names = readdirSync(folder).filter((name) => name !== "lost+found");
    if (names.length > 0 && !names.includes("backups"))
      throw new UserError(`${folder} holds something else: give backups a folder of their own`);
  }
  try {
    for (const place of PLACES) mkdirSync(join(folder, place), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new UserError(`the backup folder ${folder} cannot be written: ${(error as Error).message}`, { cause: error });
  }
}

export function syncPath(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Gives a finished file its name, on the disk before anybody relies on it. */
export function keepFile(draft: string, path: string): void {
  chmodSync(draft, 0o600); // The engine leaves what it writes open to everybody.
  syncPath(draft);
  renameSync(draft, path);
  syncPath(dirname(path));
}

/** Writes a small file so that it is there whole or not at all. */
export function writeWhole(path: string, text: string): void {
  const draft = join(dirname(path), `.${randomUUID()}`);
  try {
    const file = openSync(draft, "wx", 0o600);
    try {
      writeFileSync(file, text); // Writes until all is there, where one write ends at a full disk without a word.
    } finally {
      closeSync(file);
    }
    keepFile(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Size and hash of a file. */
export async function measureFile(path: string): Promise<Omit<KeptFile, "file">> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { bytes, sha256: hash.digest("hex") };
}

/** Says what is wrong with a file of a backup; null when it is as it was written. */
export async function faultOf(folder: string, kept: KeptFile): Promise<string | null> {
  const path = join(folder, kept.file);
  if (!existsSync(path)) return `${path} is missing`;
  const { bytes, sha256 } = await measureFile(path);
  if (bytes !== kept.bytes) return `${path} has ${bytes} bytes where ${kept.bytes} were written`;
  return sha256 === kept.sha256 ? null : `${path} is damaged: its checksum is not the one that was written down`;
}
