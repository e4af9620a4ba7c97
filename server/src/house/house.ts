import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import {
  type ClusterLocation,
  closeReader,
  EngineError,
  openWarehouse,
  type Warehouse,
  WarehouseUnavailable,
} from "@touchline/sql";
import { recoverRuns } from "../attribution/index.ts";
import { recoverImports } from "../ingest/index.ts";
import { finishForgetting } from "../privacy/index.ts";
import { isStoreUnfinished, openStore, type Store } from "../store/index.ts";
import { UserError } from "../user-error.ts";
import { type StoreDoor, Workspace } from "../workspace.ts";
import { carryOverToStore, hasSomethingToCarry } from "./carry-over-to-store.ts";
import { MOVING, requireNotMoved, requireRestored } from "./folder-marks.ts";
import { readSecret } from "./secret.ts";

const WORKSPACE_NAME = /^[a-z0-9][a-z0-9_-]{0,62}$/;

/** Everything that one process needs of a data folder: the engine, the workspaces, a place for passing files. */
export interface House {
  readonly dataFolder: string;
  readonly warehouse: Warehouse;
  /** For files that live as long as a command. */
  readonly spoolFolder: string;
  /** What keys of this house's own are derived from. */
  readonly secret: Uint8Array;
  /** @throws UserError when the name cannot be one */
  workspace(name: string): Promise<Workspace>;
  /**
   * Accounts, plans and the audit; opened when first asked for, because most commands do without.
   * @throws UserError when it cannot be had
   */
  store(): Promise<Store>;
  close(): Promise<void>;
}

/** What is new is for its owner alone: the folder holds people's data, password hashes and the secret. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new UserError(`the data folder ${path} cannot be made: ${(error as Error).message}`, { cause: error });
  }
}

export interface HouseOptions {
  readonly dataFolder: string;
  /** A ClickHouse server in place of the folder's engine. */
  readonly serverUrl?: string | undefined;
  /** The cluster that the server is the first node of. */
  readonly cluster?: ClusterLocation | undefined;
  /** A PostgreSQL database in place of the folder's accounts. */
  readonly databaseUrl?: string | undefined;
}

/**
 * Opens the data folder, or the ClickHouse server that `serverUrl` names.
 * @throws UserError with one sentence when somebody else holds the folder, or the server does not answer
 */
export async function openHouse(options: HouseOptions): Promise<House> {
  const dataFolder = resolve(options.dataFolder);
  const enginePath = resolve(dataFolder, "clickhouse");
  const spoolFolder = resolve(dataFolder, "spool", String(process.pid));
  requireRestored(dataFolder);
  requireNotMoved(dataFolder, options);
  makeFolder(spoolFolder);
  if (options.serverUrl === undefined) makeFolder(enginePath);
  const secret = readSecret(dataFolder);
  let warehouse: Warehouse;
  try {
    warehouse = await openWarehouse(
      options.serverUrl === undefined
        ? { kind: "folder", path: enginePath }
        : { kind: "server", url: options.serverUrl, cluster: options.cluster },
      secret,
    );
  } catch (error) {
    rmSync(spoolFolder, { recursive: true, force: true });
    if (error instanceof WarehouseUnavailable) throw new UserError(error.message, { cause: error });
    if (error instanceof EngineError)
      throw new UserError(`the data cannot be prepared: ${error.message}`, { cause: error });
    throw error;
  }
  if (options.serverUrl === undefined) {
    removeLeftSpools(dataFolder, spoolFolder);
    rmSync(resolve(dataFolder, MOVING), { recursive: true, force: true }); // Of a move that was stopped.
  }
  const workspaces = new Map<string, Promise<Workspace>>();
  let store: Promise<Store> | undefined;
  const storeFolder = resolve(dataFolder, "accounts");
  const openOwnStore = async () => {
    const { databaseUrl } = options;
    const opened = await openStore(databaseUrl === undefined ? { folder: storeFolder } : { url: databaseUrl }, secret);
    if (await isStoreUnfinished(opened)) {
      await opened.close();
      throw new UserError(
        "the PostgreSQL database holds a part of a backup only, because its restore or move did not come to its end: run the same touchline restore or migrate again",
      );
    }
    await carryOverToStore(warehouse, opened);
    return opened;
  };
  const requireStore = () => {
    store ??= openOwnStore();
    store.catch(() => {
      store = undefined; // A database that did not answer is asked again.
    });
    return store;
  };
  const hasStore = async () =>
    options.databaseUrl !== undefined || existsSync(storeFolder) || (await hasSomethingToCarry(warehouse));
  return {
    dataFolder,
    warehouse,
    spoolFolder,
    secret,
    store: requireStore,
    workspace(name) {
      if (!WORKSPACE_NAME.test(name)) {
        throw new UserError(`"${name}" is not a workspace name: use up to 63 small letters, digits, - and _`, {
          exitCode: 2,
        });
      }
      let workspace = workspaces.get(name);
      if (workspace === undefined) {
        workspace = openWorkspace(name, warehouse, {
          open: async () => (await requireStore()).in(name),
          openIfAny: async () => ((await hasStore()) ? (await requireStore()).in(name) : null),
        });
        workspaces.set(name, workspace);
        workspace.catch(() => workspaces.delete(name)); // A server that did not answer is asked again.
      }
      return workspace;
    },
    async close() {
      await closeReader();
      await (await store?.catch(() => undefined))?.close();
      await warehouse.close();
      rmSync(spoolFolder, { recursive: true, force: true });
    },
  };
}

/** Passing files of processes that were killed: this one holds the folder, so they are nobody's. */
function removeLeftSpools(dataFolder: string, own: string): void {
  const spools = resolve(dataFolder, "spool");
  for (const name of readdirSync(spools)) {
    if (resolve(spools, name) !== own) rmSync(resolve(spools, name), { recursive: true, force: true });
  }
}

/** The first time that this process opens a workspace it takes back what imports and runs that were killed have left, and ends an erasure. */
async function openWorkspace(name: string, warehouse: Warehouse, store: StoreDoor): Promise<Workspace> {
  const workspace = new Workspace(name, warehouse.in(name), store);
  await recoverImports(workspace, warehouse.location.kind);
  await recoverRuns(workspace, warehouse.location.kind);
  await finishForgetting(workspace, warehouse.location.kind);
  return workspace;
}
