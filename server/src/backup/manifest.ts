import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "../user-error.ts";
import { writeWhole } from "./files.ts";

const FORMAT = 1;

/** A file of the backup folder: its name inside it, and what it must be. */
const KeptFile = z.object({ file: z.string().regex(/^[a-z]+\/[\w.-]+$/), bytes: z.number(), sha256: z.string() });
export type KeptFile = z.infer<typeof KeptFile>;

/** Checksums add up over rows, whatever their order; 64 bits as text. */
const KeptPart = KeptFile.extend({ rows: z.number(), checksum: z.string() });
export type KeptPart = z.infer<typeof KeptPart>;

const Body = z.object({
  format: z.literal(FORMAT),
  id: z.string(),
  /** When the data stood as it is kept here, ISO 8601. */
  at: z.string(),
  version: z.string(),
  /** The newest migration of the data, and how many the store has seen; null where there was no store. */
  schema: z.number(),
  storeMigrations: z.number().nullable(),
  tables: z.array(
    z.object({
      table: z.string().regex(/^\w+$/),
      create: z.string(),
      columns: z.array(z.string()),
      rows: z.number(),
      checksum: z.string(),
      parts: z.array(KeptPart),
    }),
  ),
  store: z.array(KeptFile.extend({ table: z.string().regex(/^\w+$/), rows: z.number() })),
  secret: KeptFile,
});
export type Manifest = z.infer<typeof Body>;

const Sealed = z.object({ checksum: z.string(), backup: Body });

const folderOf = (folder: string) => join(folder, "backups");
const checksumOf = (body: unknown) => createHash("sha256").update(JSON.stringify(body)).digest("hex");

/** The last thing that a backup writes: with it the backup is there. */
export function writeManifest(folder: string, backup: Manifest): void {
  const text = JSON.stringify({ checksum: checksumOf(backup), backup });
  writeWhole(join(folderOf(folder), `${backup.id}.json`), `${text}\n`);
}

/** @throws UserError when it is damaged, or of a newer version */
function readManifest(folder: string, id: string): Manifest {
  const path = join(folderOf(folder), `${id}.json`);
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new UserError(`${path} cannot be read (${(error as Error).message}): take another backup with --backup`, {
      cause: error,
    });
  }
  const format = (given as { backup?: { format?: unknown } }).backup?.format;
  if (typeof format === "number" && format > FORMAT)
    throw new UserError(`${path} was written by a newer Touchline: update this one`);
  const parsed = Sealed.safeParse(given);
  if (!parsed.success || parsed.data.checksum !== checksumOf((given as { backup: unknown }).backup))
    throw new UserError(
      `${path} is damaged: what it says does not fit its checksum; take another backup with --backup`,
    );
  return parsed.data.backup;
}

/** The backups of a folder, the oldest first. */
export function listBackupIds(folder: string): string[] {
  if (!existsSync(folderOf(folder))) return [];
  return readdirSync(folderOf(folder))
    .filter((name) => /^\d{8}T\d{6}Z-[0-9a-f]{4}\.json$/.test(name))
    .map((name) => name.slice(0, -".json".length))
    .sort();
}

/**
 * One backup of a folder, the newest unless it is named.
 * @throws UserError when there is none, or it cannot be read
 */
export function findBackup(folder: string, id?: string): Manifest {
  const ids = listBackupIds(folder);
  const found = id === undefined ? ids.at(-1) : ids.find((each) => each === id);
  if (found === undefined)
    throw new UserError(
      ids.length === 0
        ? `${folder} holds no backup: touchline backup --to ${folder} makes one`
        : `${folder} holds no backup ${id}: touchline backup --list ${folder} lists them`,
    );
  return readManifest(folder, found);
}

/** Parts of all backups that can be read, by file: what one of them holds is not written again. */
export function knownParts(folder: string): Map<string, KeptPart> {
  const known = new Map<string, KeptPart>();
  for (const id of listBackupIds(folder)) {
    try {
      for (const { parts } of readManifest(folder, id).tables) for (const part of parts) known.set(part.file, part);
    } catch (error) {
      if (!(error instanceof UserError)) throw error; // A damaged one vouches for nothing.
    }
  }
  return known;
}

/** Every file that a backup needs. */
export function filesOf({ tables, store, secret }: Manifest): KeptFile[] {
  return [secret, ...store, ...tables.flatMap(({ parts }) => parts)];
}
