import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { closeReader, EngineError, openWarehouse, type Warehouse, WarehouseUnavailable } from "@touchline/sql";
import { recoverRuns } from "../attribution/index.ts";
import { recoverImports } from "../ingest/index.ts";
import { finishForgetting } from "../privacy/index.ts";
import { UserError } from "../user-error.ts";
import { Workspace } from "../workspace.ts";
import { readSecret } from "./secret.ts";

const WORKSPACE_NAME = /^[a-z0-9][a-z0-9_-]{0,62}$/;

/** Everything that one process needs of a data folder: the engine, the workspaces, a place for passing files. */
export interface House {
  readonly dataFolder: string;
  readonly warehouse: Warehouse;
  /** For files that live as long as a command. */
  readonly spoolFolder: string;
  /** @throws UserError when the name cannot be one */
  workspace(name: string): Promise<Workspace>;
  close(): Promise<void>;
}

/** The ClickHouse server that holds the data, where the environment names one; an empty value names none. */
export function serverUrlOfEnvironment(): string | undefined {
  const url = process.env.CLICKHOUSE_URL?.trim();
  return url === "" ? undefined : url;
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new UserError(`the data folder ${path} cannot be made: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Opens the data folder, or the ClickHouse server that `serverUrl` names.
 * @throws UserError with one sentence when somebody else holds the folder, or the server does not answer
 */
export async function openHouse(options: { dataFolder: string; serverUrl?: string | undefined }): Promise<House> {
  const dataFolder = resolve(options.dataFolder);
  const enginePath = resolve(dataFolder, "clickhouse");
  const spoolFolder = resolve(dataFolder, "spool", String(process.pid));
  makeFolder(spoolFolder);
  if (options.serverUrl === undefined) makeFolder(enginePath);
  let warehouse: Warehouse;
  try {
    warehouse = await openWarehouse(
      options.serverUrl === undefined
        ? { kind: "folder", path: enginePath }
        : { kind: "server", url: options.serverUrl },
      readSecret(dataFolder),
    );
  } catch (error) {
    rmSync(spoolFolder, { recursive: true, force: true });
    if (error instanceof WarehouseUnavailable) throw new UserError(error.message, { cause: error });
    if (error instanceof EngineError)
      throw new UserError(`the data cannot be prepared: ${error.message}`, { cause: error });
    throw error;
  }
  if (options.serverUrl === undefined) removeLeftSpools(dataFolder, spoolFolder);
  const workspaces = new Map<string, Promise<Workspace>>();
  return {
    dataFolder,
    warehouse,
    spoolFolder,
    workspace(name) {
      if (!WORKSPACE_NAME.test(name)) {
        throw new UserError(`"${name}" is not a workspace name: use up to 63 small letters, digits, - and _`, {
          exitCode: 2,
        });
      }
      let workspace = workspaces.get(name);
      if (workspace === undefined) {
        workspace = openWorkspace(name, warehouse);
        workspaces.set(name, workspace);
      }
      return workspace;
    },
    async close() {
      await closeReader();
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
async function openWorkspace(name: string, warehouse: Warehouse): Promise<Workspace> {
  const workspace = new Workspace(name, warehouse.in(name));
  await recoverImports(workspace, warehouse.location.kind);
  await recoverRuns(workspace, warehouse.location.kind);
  await finishForgetting(workspace, warehouse.location.kind);
  return workspace;
}
