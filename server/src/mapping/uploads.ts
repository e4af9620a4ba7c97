import { randomUUID } from "node:crypto";
import { createWriteStream, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { LARGEST_UPLOAD_BYTES } from "../contract/index.ts";
import { UserError } from "../user-error.ts";

/** A file that a member sent from a page, until it is imported or a day has passed. */
export interface Upload {
  readonly id: string;
  readonly workspaceId: string;
  readonly userId: string;
  /** What people know it by: it names nothing on this machine. */
  readonly name: string;
  readonly bytes: number;
  readonly sentAt: number;
  /** The folder of the file and of what is worked out of it. */
  readonly folder: string;
  readonly path: string;
}

/** Whose file it is. */
export interface UploadOwner {
  readonly spoolFolder: string;
  readonly workspaceId: string;
  readonly userId: string;
}

const KEPT_MS = 24 * 3_600_000;
/** Of one member in one workspace: the oldest goes when another one comes. */
const MOST_KEPT = 8;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export class UploadTooLarge extends UserError {}

const folderOf = ({ spoolFolder, workspaceId }: Omit<UploadOwner, "userId">) =>
  join(spoolFolder, "uploads", workspaceId);

/** The last part of a path, as any system writes one, without what could steer a terminal. */
function shownName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  const plain = last.replace(/\p{C}/gu, " ").trim().slice(0, 200);
  return plain === "" ? "file" : plain;
}

/**
 * Writes what comes to a new file, piece by piece.
 * @throws UploadTooLarge once more than the limit has come; nothing is left of it then
 */
export async function keepUpload(owner: UploadOwner, name: string, content: Readable): Promise<Upload> {
  sweepUploads(owner.spoolFolder);
  dropOldest(owner);
  const id = randomUUID();
  const folder = join(folderOf(owner), id);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let bytes = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > LARGEST_UPLOAD_BYTES) done(new UploadTooLarge(tooLarge()));
      else done(null, chunk);
    },
  });
  try {
    await pipeline(content, counter, createWriteStream(join(folder, "file"), { flags: "wx", mode: 0o600 }));
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const { workspaceId, userId } = owner;
  const about = { id, workspaceId, userId, name: shownName(name), bytes, sentAt: Date.now() };
  writeFileSync(join(folder, "about.json"), JSON.stringify(about), { mode: 0o600 });
  setTimeout(() => sweepUploads(owner.spoolFolder), KEPT_MS + 1_000).unref();
  return { ...about, folder, path: join(folder, "file") };
}

export function tooLarge(): string {
  return `a page sends files of up to ${LARGEST_UPLOAD_BYTES / 1e6} MB: pack it with gzip, or import it where the server runs: touchline import`;
}

function readUpload(folder: string): Upload | null {
  try {
    if (!lstatSync(folder).isDirectory()) return null;
    const about = JSON.parse(readFileSync(join(folder, "about.json"), "utf8")) as Omit<Upload, "folder" | "path">;
    return { ...about, folder, path: join(folder, "file") };
  } catch {
    return null;
  }
}

/**
 * A file by its id, for who sent it.
 * @throws UserError the same for a file that is gone, another member's and another workspace's
 */
export function findUpload(owner: UploadOwner, id: string): Upload {
  const upload = ID.test(id) ? readUpload(join(folderOf(owner), id)) : null;
  if (upload === null || upload.userId !== owner.userId || upload.workspaceId !== owner.workspaceId) {
    throw new UserError("this file is not here any more: files that were sent are kept for a day, choose it again");
  }
  return upload;
}

/** True while the bytes are still here, as the plain file that was written. */
export function holdsFile({ path }: Upload): boolean {
  try {
    return lstatSync(path).isFile();
  } catch {
    return false;
  }
}

/** The bytes go once they are imported; what is known of them stays for the day. */
export function dropFile(upload: Upload): void {
  for (const name of readdirSync(upload.folder)) {
    if (name !== "about.json" && name !== "result.json") rmSync(join(upload.folder, name), { force: true });
  }
}

function dropOldest(owner: UploadOwner): void {
  const own = listFolders(folderOf(owner))
    .map(readUpload)
    .filter((upload) => upload !== null)
    .filter(({ userId }) => userId === owner.userId)
    .sort((a, b) => b.sentAt - a.sentAt);
  for (const { folder } of own.slice(MOST_KEPT - 1)) rmSync(folder, { recursive: true, force: true });
}

/** Drops what was sent more than a day ago, and what was never sent to its end. */
export function sweepUploads(spoolFolder: string, now = Date.now()): void {
  for (const workspace of listFolders(join(spoolFolder, "uploads"))) {
    for (const folder of listFolders(workspace)) {
      const upload = readUpload(folder);
      const since = upload?.sentAt ?? lstatSync(folder).mtimeMs;
      if (now - since > KEPT_MS) rmSync(folder, { recursive: true, force: true });
    }
  }
}

function listFolders(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(folder, entry.name));
  } catch {
    return [];
  }
}
