import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { EngineError, newestSchema, RestoreTarget, WarehouseUnavailable } from "@touchline/sql";
import { RESTORE_UNFINISHED } from "../house/index.ts";
import { openStore, STORE_MIGRATIONS, type StoreLocation } from "../store/index.ts";
import { UserError } from "../user-error.ts";
import type { Told } from "./back-up.ts";
import { faultOf, syncPath, writeWhole } from "./files.ts";
import { isStoreEmpty, loadStore, otherTables } from "./load-store.ts";
import { filesOf, type Manifest } from "./manifest.ts";

/** Where a backup goes: a folder, with servers in place of what would stand in it. */
export interface RestorePlace {
  readonly dataFolder: string;
  readonly serverUrl?: string | undefined;
  readonly databaseUrl?: string | undefined;
  /** True where a server that holds just what is restored is taken for restored: its restore was stopped after its last step. */
  readonly mayBeFilled?: boolean;
}

/** Files that are not as they were written, in words. */
export async function faultsOf(folder: string, backup: Manifest, told: Told): Promise<string[]> {
  const faults: string[] = [];
  const files = filesOf(backup);
  for (const [i, kept] of files.entries()) {
    told(i, files.length, "checking");
    const fault = await faultOf(folder, kept);
    if (fault !== null) faults.push(fault);
  }
  return faults;
}

/**
 * Puts a backup where nothing is yet. Until its end nothing there can be served; stopped in the middle it is run again.
 * @throws UserError when something stands there already, the backup is damaged or newer, or the counts differ afterwards
 */
export async function restore(folder: string, backup: Manifest, place: RestorePlace, told: Told): Promise<void> {
  requireKnownSchema(backup);
  const faults = await faultsOf(folder, backup, told);
  if (faults.length > 0)
    throw new UserError(`the backup ${backup.id} cannot be restored: ${faults[0]}; take another one with --backup`);
  markFolder(place.dataFolder, backup.id);
  const mark = join(place.dataFolder, RESTORE_UNFINISHED);
  try {
    await fill(folder, backup, place, told);
  } catch (error) {
    if (error instanceof WarehouseUnavailable) throw new UserError(error.message, { cause: error });
    if (!(error instanceof EngineError) && (error as NodeJS.ErrnoException).syscall === undefined) throw error;
    const reason = (error as Error).message.split("\n")[0];
    throw new UserError(`the backup was not restored: ${reason}; put that right and run the same command again`, {
      cause: error,
    });
  }
  rmSync(mark);
  syncPath(place.dataFolder);
}

function requireKnownSchema({ id, version, schema, storeMigrations }: Manifest): void {
  if (schema > newestSchema() || (storeMigrations ?? 0) > STORE_MIGRATIONS)
    throw new UserError(
      `the backup ${id} was made by a newer Touchline (${version}): update this one, then restore it`,
    );
}

/** @throws UserError where the folder is neither empty nor left by a restore of this very backup */
function markFolder(dataFolder: string, id: string): void {
  const mark = join(dataFolder, RESTORE_UNFINISHED);
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    const begun = existsSync(mark) ? readFileSync(mark, "utf8").trim() : null;
    if (begun === null && readdirSync(dataFolder).some((name) => name !== "lost+found"))
      throw new UserError(`${dataFolder} is not empty: restore into a new folder, and nothing is overwritten`);
    if (begun !== null && begun !== id)
      throw new UserError(
        `${dataFolder} holds a part of the backup ${begun}: run that restore again, or empty the folder and begin anew`,
      );
    if (begun === null) writeWhole(mark, `${id}\n`);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`the folder ${dataFolder} cannot be written: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Puts what a backup holds into the engine and the store of a place, neither of which is served until its end.
 * @throws UserError where something else stands there, or something else stands there afterwards
 */
export async function fill(folder: string, backup: Manifest, place: RestorePlace, told: Told): Promise<void> {
  const { dataFolder, serverUrl } = place;
  const secret = readFileSync(join(folder, backup.secret.file), "utf8");
  if (!existsSync(join(dataFolder, "secret"))) writeWhole(join(dataFolder, "secret"), secret);
  const path = join(dataFolder, "clickhouse");
  if (serverUrl === undefined) mkdirSync(path, { recursive: true, mode: 0o700 });
  const target = await RestoreTarget.open(
    serverUrl === undefined ? { kind: "folder", path } : { kind: "server", url: serverUrl },
  );
  try {
    if (serverUrl !== undefined && (await target.isTaken())) {
      if (place.mayBeFilled === true && (await holdsAll(target, backup))) return;
      throw new UserError("the ClickHouse database is not empty: give this data a database of its own");
    }
    await target.begin();
    await fillTables(target, folder, backup, told);
    await fillStore(folder, backup, place, Buffer.from(secret.trim(), "hex"));
    await target.end();
  } finally {
    await target.close();
  }
}

/** True where the tables are there with the very rows that were kept. */
async function holdsAll(target: RestoreTarget, { tables }: Manifest): Promise<boolean> {
  const there = new Set(await target.tables());
  for (const { table, columns, ...kept } of tables) {
    if (!there.has(table)) return false;
    const { rows, checksum } = await target.sum(table, columns);
    if (rows !== kept.rows || checksum !== kept.checksum) return false;
  }
  return true;
}

async function fillTables(target: RestoreTarget, folder: string, { tables }: Manifest, told: Told): Promise<void> {
  const count = tables.reduce((sum, { parts }) => sum + parts.length, 0);
  let done = 0;
  for (const { table, create, columns, parts, ...kept } of tables) {
    await target.createTable(table, create);
    for (const { file } of parts) {
      told(done++, count, table);
      await target.insertPart(table, columns, join(folder, file));
    }
    const { rows, checksum } = await target.sum(table, columns);
    if (rows !== kept.rows || checksum !== kept.checksum)
      throw new UserError(
        `${table} has ${rows} rows (checksum ${checksum}) after the restore where ${kept.rows} (${kept.checksum}) were kept: nothing is served; run the restore again`,
      );
    await target.release(table);
  }
}

async function fillStore(folder: string, backup: Manifest, place: RestorePlace, secret: Uint8Array): Promise<void> {
  if (backup.storeMigrations === null) return;
  const accounts = join(place.dataFolder, "accounts");
  // Whatever stands there was left by the restore that was stopped: the folder was empty before it.
  if (place.databaseUrl === undefined) rmSync(accounts, { recursive: true, force: true });
  const location: StoreLocation = place.databaseUrl === undefined ? { folder: accounts } : { url: place.databaseUrl };
  const store = await openStore(location, secret, backup.storeMigrations);
  try {
    if (await isStoreEmpty(store)) await loadStore(store, folder, backup.store);
    // Loaded in one transaction: one that was stopped afterwards has left all of it.
    else if ((await otherTables(store, folder, backup.store)).length > 0)
      throw new UserError("the PostgreSQL database is not empty: give these accounts a database of their own");
    const others = await otherTables(store, folder, backup.store);
    if (others.length > 0)
      throw new UserError(
        `${others.join(", ")} do not hold what was kept, although as many rows: nothing is served; run it again`,
      );
  } finally {
    await store.close();
  }
}
