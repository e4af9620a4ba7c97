import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { EngineError, newestSchema, RestoreTarget, WarehouseUnavailable } from "@touchline/sql";
import { RESTORE_UNFINISHED } from "../house/index.ts";
import { isStoreUnfinished, openStore, STORE_MIGRATIONS, type StoreLocation } from "../store/index.ts";
import { UserError } from "../user-error.ts";
import type { Told } from "./back-up.ts";
import { faultOf, syncPath, writeWhole } from "./files.ts";
import { endStoreRestore, isStoreEmpty, loadStore, otherTables } from "./load-store.ts";
import { filesOf, type Manifest } from "./manifest.ts";

/** Where a backup goes: a folder, with servers in place of what would stand in it. */
export interface RestorePlace {
  readonly dataFolder: string;
  readonly serverUrl?: string | undefined;
  readonly databaseUrl?: string | undefined;
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
  const mark = join(place.dataFolder, RESTORE_UNFINISHED);
  try {
    if (!markFolder(place.dataFolder, backup.id)) {
      await fill(folder, backup, place, told);
      writeWhole(mark, `${backup.id}${FILLED}\n`);
    }
    await release(place);
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

/** Behind the id on the mark of a folder: all is there and compared, only marks are left to take away. */
const FILLED = " filled";

/**
 * @returns true where a restore of this very backup was stopped after all was there
 * @throws UserError where the folder is neither empty nor left by a restore of this very backup
 */
function markFolder(dataFolder: string, id: string): boolean {
  const mark = join(dataFolder, RESTORE_UNFINISHED);
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    const left = existsSync(mark) ? readFileSync(mark, "utf8").trim() : null;
    const begun = left?.replace(FILLED, "") ?? null;
    if (begun === null && readdirSync(dataFolder).some((name) => name !== "lost+found"))
      throw new UserError(`${dataFolder} is not empty: restore into a new folder, and nothing is overwritten`);
    if (begun !== null && begun !== id)
      throw new UserError(
        `${dataFolder} holds a part of the backup ${begun}: run that restore again, or empty the folder and begin anew`,
      );
    if (begun === null) writeWhole(mark, `${id}\n`);
    return left === `${id}${FILLED}`;
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`the folder ${dataFolder} cannot be written: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Puts what a backup holds into the engine and the store of a place, neither of which is served until `release`.
 * @throws UserError where something else stands there, or something else stands there afterwards
 */
export async function fill(folder: string, backup: Manifest, place: RestorePlace, told: Told): Promise<void> {
  const { dataFolder } = place;
  const secret = readFileSync(join(folder, backup.secret.file), "utf8");
  if (!existsSync(join(dataFolder, "secret"))) writeWhole(join(dataFolder, "secret"), secret);
  const target = await openTarget(place);
  try {
    if (place.serverUrl !== undefined && (await target.isTaken()))
      throw new UserError("the ClickHouse database is not empty: give this data a database of its own");
    await target.begin(backup.id);
    await fillTables(target, folder, backup, told);
  } finally {
    await target.close();
  }
  await fillStore(folder, backup, place);
}

/** Takes away the marks of what was filled: from here on it can be served. Again where it was done already it changes nothing. */
export async function release(place: RestorePlace): Promise<void> {
  if (place.databaseUrl !== undefined) {
    const store = await openStore({ url: place.databaseUrl }, secretOf(place));
    await endStoreRestore(store).finally(() => store.close());
  }
  const target = await openTarget(place);
  await target.end().finally(() => target.close());
}

/** The backup that a place is being filled with, where its engine is a server; null where there is none. */
export async function unfinishedIn(serverUrl: string): Promise<string | null> {
  const target = await RestoreTarget.open({ kind: "server", url: serverUrl });
  return await target.unfinished().finally(() => target.close());
}

function openTarget({ dataFolder, serverUrl }: RestorePlace): Promise<RestoreTarget> {
  if (serverUrl !== undefined) return RestoreTarget.open({ kind: "server", url: serverUrl });
  const path = join(dataFolder, "clickhouse");
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return RestoreTarget.open({ kind: "folder", path });
}

/** The secret that stands in the folder of a place. */
export const secretOf = ({ dataFolder }: Pick<RestorePlace, "dataFolder">) =>
  Buffer.from(readFileSync(join(dataFolder, "secret"), "utf8").trim(), "hex");

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

/**
 * Puts the accounts of a backup where the place has them; a PostgreSQL database is marked until `release`.
 * @throws UserError where something else stands there, or something else stands there afterwards
 */
export async function fillStore(
  folder: string,
  { storeMigrations, store: kept }: Pick<Manifest, "storeMigrations" | "store">,
  place: RestorePlace,
): Promise<void> {
  if (storeMigrations === null) return;
  const accounts = join(place.dataFolder, "accounts");
  // Whatever stands there was left by the restore that was stopped: the folder was empty before it.
  if (place.databaseUrl === undefined) rmSync(accounts, { recursive: true, force: true });
  const location: StoreLocation = place.databaseUrl === undefined ? { folder: accounts } : { url: place.databaseUrl };
  const store = await openStore(location, secretOf(place), storeMigrations);
  try {
    if (!(await isStoreUnfinished(store)) && !(await isStoreEmpty(store)))
      throw new UserError("the PostgreSQL database is not empty: give these accounts a database of their own");
    await loadStore(store, folder, kept);
    const others = await otherTables(store, folder, kept);
    if (others.length > 0)
      throw new UserError(
        `${others.join(", ")} do not hold what was kept, although as many rows: nothing is served; run it again`,
      );
    // The mark of the folder stands for its store as well.
    if (place.databaseUrl === undefined) await endStoreRestore(store);
  } finally {
    await store.close();
  }
}
