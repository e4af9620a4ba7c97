import { createHash, randomBytes } from "node:crypto";
import { createWriteStream, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import {
  addSums,
  dropSnapshots,
  EngineError,
  NeverQuiet,
  newestSchema,
  type SnapshotPart,
  streamPart,
  sumPart,
  type TableSnapshot,
  takeSnapshots,
  type Warehouse,
  writePart,
} from "@touchline/sql";
import type { House } from "../house/index.ts";
import type { Store } from "../store/index.ts";
import { UserError } from "../user-error.ts";
import { VERSION } from "../version.ts";
import { dumpStore } from "./dump-store.ts";
import { keepFile, measureFile, openBackupFolder, writeWhole } from "./files.ts";
import { holdBackupFolder } from "./hold-backup-folder.ts";
import { filesOf, type KeptFile, type KeptPart, knownParts, type Manifest, writeManifest } from "./manifest.ts";

export interface BackupReport {
  readonly backup: Manifest;
  /** Files that no earlier backup of the folder had. */
  readonly newFiles: number;
  readonly newBytes: number;
  /** True where a backup that was stopped in the middle had left something. */
  readonly foundUnfinished: boolean;
}

/** Tells how far it is. */
export type Told = (done: number, of: number, what: string) => void;

/** Of gzip: parts are many and large, so time counts for more than the last bytes. */
const STREAM_LEVEL = 3;

/**
 * Keeps everything of an installation as it stands now in a folder, which then holds one backup more. Files that an earlier one wrote
 * are used again. Stopped at any moment it leaves the earlier ones as they were.
 * @param store null where there are no accounts yet
 * @throws UserError when the folder cannot be written
 */
export async function backUp(house: House, store: Store | null, folder: string, told: Told): Promise<BackupReport> {
  openBackupFolder(folder);
  const release = holdBackupFolder(folder);
  try {
    const foundUnfinished = sweepUnfinished(folder);
    const filesBefore = new Set(
      ["parts", "store", "secrets"].flatMap((place) =>
        readdirSync(join(folder, place)).map((name) => `${place}/${name}`),
      ),
    );
    const backup = await keepAll(house, store, folder, told);
    writeManifest(folder, backup);
    const added = filesOf(backup).filter(({ file }) => !filesBefore.has(file));
    const bytes = new Map(added.map((each) => [each.file, each.bytes]));
    return {
      backup,
      newFiles: bytes.size,
      newBytes: [...bytes.values()].reduce((sum, each) => sum + each, 0),
      foundUnfinished,
    };
  } catch (error) {
    throw tellBackupFailure(error, folder);
  } finally {
    release();
  }
}

/**
 * Copies everything of an installation as it stands now into a folder of backups, and says what is where. Files that are there
 * already are used again.
 */
export async function keepAll(house: House, store: Store | null, folder: string, told: Told): Promise<Manifest> {
  const { warehouse } = house;
  const at = new Date();
  const id = `${at.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z-${randomBytes(2).toString("hex")}`;
  const kept =
    store === null
      ? { tables: [], migrations: null, meanwhile: await takeSnapshots(warehouse) }
      : await dumpStore(store, folder, () => takeSnapshots(warehouse));
  const snapshots = kept.meanwhile;
  try {
    const tables = await keepTables(warehouse, snapshots, folder, told);
    return {
      ...{ format: 1, id, at: at.toISOString(), version: VERSION, schema: newestSchema() },
      ...{ storeMigrations: kept.migrations, tables, store: kept.tables, secret: await keepSecret(house, folder) },
    };
  } finally {
    await dropSnapshots(warehouse, snapshots);
  }
}

function tellBackupFailure(error: unknown, folder: string): unknown {
  const still = "earlier backups there are as they were";
  if (error instanceof NeverQuiet)
    return new UserError(`${error.message}, so no moment was found to keep: repeat it when less comes in; ${still}`);
  if (error instanceof EngineError || (error as NodeJS.ErrnoException).syscall !== undefined) {
    const reason = (error as Error).message.split("\n")[0];
    return new UserError(
      `the backup in ${folder} was not made: ${reason}; make room there or choose another folder; ${still}`,
      { cause: error },
    );
  }
  return error;
}

/** @returns true where something was left */
function sweepUnfinished(folder: string): boolean {
  const place = join(folder, "unfinished");
  const left = readdirSync(place);
  for (const name of left) rmSync(join(place, name), { recursive: true, force: true });
  return left.length > 0;
}

async function keepTables(
  warehouse: Warehouse,
  snapshots: readonly TableSnapshot[],
  folder: string,
  told: Told,
): Promise<Manifest["tables"]> {
  const known = knownParts(folder);
  const count = snapshots.reduce((sum, { parts }) => sum + parts.length, 0);
  const tables: Manifest["tables"] = [];
  let done = 0;
  for (const snapshot of snapshots) {
    const parts: KeptPart[] = [];
    for (const part of snapshot.parts) {
      told(done++, count, snapshot.table);
      parts.push(await keepPart(warehouse, snapshot, part, folder, known));
    }
    const { table, create, columns } = snapshot;
    tables.push({ table, create, columns: [...columns], ...addSums(parts), parts });
  }
  return tables;
}

async function keepPart(
  warehouse: Warehouse,
  snapshot: TableSnapshot,
  part: SnapshotPart,
  folder: string,
  known: ReadonlyMap<string, KeptPart>,
): Promise<KeptPart> {
  // The columns belong to the name: a part that was written before a column was added does not hold it.
  const shape = createHash("sha256").update(JSON.stringify(snapshot.columns)).digest("hex").slice(0, 8);
  const file = `parts/${snapshot.table}-${shape}-${part.hash}.native.gz`;
  const path = join(folder, file);
  const before = known.get(file);
  if (before !== undefined && existsSync(path)) return before;
  const draft = join(folder, "unfinished", `${process.pid}-${part.hash}.native.gz`);
  if (warehouse.location.kind === "folder") await writePart(warehouse, snapshot, part, draft);
  else {
    const bytes = await streamPart(warehouse, snapshot, part);
    await pipeline(bytes, createGzip({ level: STREAM_LEVEL }), createWriteStream(draft, { mode: 0o600 }));
  }
  const sum = await sumPart(warehouse, snapshot, part);
  if (sum.rows !== part.rows)
    throw new Error(`${snapshot.table} ${part.name}: ${sum.rows} rows where ${part.rows} were held`);
  const measured = await measureFile(draft);
  keepFile(draft, path);
  return { file, ...measured, ...sum };
}

/** Without it nobody could sign in with a second factor, and visitors would change their ids. */
async function keepSecret(house: House, folder: string): Promise<KeptFile> {
  const text = `${Buffer.from(house.secret).toString("hex")}\n`;
  const file = `secrets/${createHash("sha256").update(text).digest("hex").slice(0, 16)}.secret`;
  if (!existsSync(join(folder, file))) writeWhole(join(folder, file), text);
  return { file, ...(await measureFile(join(folder, file))) };
}
