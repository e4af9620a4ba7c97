import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { EngineError, NeverQuiet, WarehouseUnavailable, withoutSecret } from "@touchline/sql";
import { type House, MOVING, type Moved, markMoved, movedTo } from "../house/index.ts";
import { isStoreUnfinished, openStore, type Store } from "../store/index.ts";
import { UserError } from "../user-error.ts";
import { keepAll, type Told } from "./back-up.ts";
import { dumpStore } from "./dump-store.ts";
import { openBackupFolder } from "./files.ts";
import type { Manifest } from "./manifest.ts";
import { fill, fillStore, release, secretOf, unfinishedIn } from "./restore.ts";

/** Servers that take what a data folder holds. */
export interface MoveTarget {
  readonly serverUrl: string;
  /** Unset: accounts, plans and the audit stay in the folder. */
  readonly databaseUrl?: string | undefined;
}

/** What a move has brought to servers: nothing where an earlier one had, and only its last step was left. */
export type MovedTables = Pick<Manifest, "tables" | "store">;

/**
 * Copies the events of a data folder, and its accounts where a database is named for them, to servers, compares both sides, and marks the
 * folder as moved. Until then the folder is as it was, and held; stopped in the middle it is run again.
 * @param house embedded; it stays open, so that nobody writes into the folder meanwhile
 * @param store null where there are no accounts, or they stay
 * @throws UserError when a server holds something else, cannot be reached, or has other rows afterwards
 */
export async function moveToServers(
  house: House,
  store: Store | null,
  target: MoveTarget,
  told: Told,
): Promise<MovedTables> {
  const place = { dataFolder: house.dataFolder, ...target };
  return await inMovingFolder(place.dataFolder, async (folder) => {
    const backup = await keepAll(house, store, folder, told);
    await fill(folder, backup, place, told);
    markMoved(place.dataFolder, {
      ...{ at: backup.at, backup: backup.id, events: withoutSecret(target.serverUrl) },
      accounts: target.databaseUrl === undefined ? null : withoutSecret(target.databaseUrl),
    });
    await release(place);
    return backup;
  });
}

/**
 * What is left to do for a folder whose events were moved to these very servers: the last step of a move that was stopped, or its
 * accounts, which stayed.
 * @returns null where nothing is left, or it was moved elsewhere
 * @throws UserError when the accounts are in use, or cannot be moved
 */
export async function finishMove(dataFolder: string, target: MoveTarget): Promise<MovedTables | null> {
  const moved = movedTo(dataFolder);
  if (moved === null || moved.events !== withoutSecret(target.serverUrl)) return null;
  return await inMovingFolder(dataFolder, async (folder) => {
    const place = { dataFolder, ...target };
    if ((await unfinishedIn(target.serverUrl)) === moved.backup) {
      await release(place);
      return { tables: [], store: [] };
    }
    const { databaseUrl } = target;
    if (databaseUrl === undefined) return null;
    if (moved.accounts === null) return await moveAccounts(folder, moved, { ...place, databaseUrl });
    const store = await openStore({ url: databaseUrl }, secretOf(place));
    const isLeft = await isStoreUnfinished(store).finally(() => store.close());
    if (moved.accounts !== withoutSecret(databaseUrl) || !isLeft) return null;
    await release(place);
    return { tables: [], store: [] };
  });
}

/** @returns null where there are none */
async function moveAccounts(
  folder: string,
  moved: Moved,
  place: { readonly dataFolder: string; readonly serverUrl: string; readonly databaseUrl: string },
): Promise<MovedTables | null> {
  const accounts = join(place.dataFolder, "accounts");
  if (!existsSync(accounts)) return null;
  const store = await openStore({ folder: accounts }, secretOf(place));
  try {
    const kept = await dumpStore(store, folder, async () => undefined);
    await fillStore(folder, { storeMigrations: kept.migrations, store: kept.tables }, place);
    markMoved(place.dataFolder, { ...moved, accounts: withoutSecret(place.databaseUrl) });
    await release(place);
    return { tables: [], store: kept.tables };
  } finally {
    await store.close();
  }
}

const isOfSystem = (error: unknown): error is NodeJS.ErrnoException =>
  (error as NodeJS.ErrnoException | null)?.syscall !== undefined;

/** Gives work a folder for what it copies, and takes it away afterwards. */
async function inMovingFolder<T>(dataFolder: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = join(dataFolder, MOVING);
  rmSync(folder, { recursive: true, force: true });
  try {
    mkdirSync(folder, { mode: 0o700 });
    openBackupFolder(folder);
    return await work(folder);
  } catch (error) {
    if (error instanceof WarehouseUnavailable) throw new UserError(error.message, { cause: error });
    if (!(error instanceof EngineError) && !(error instanceof NeverQuiet) && !isOfSystem(error)) throw error;
    const [reason] = error.message.split("\n");
    throw new UserError(
      `the data was not moved: ${reason}; nothing is lost: put that right (a copy needs room in the folder) and run it again`,
      { cause: error },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
