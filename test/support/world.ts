import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type House, openHouse } from "@touchline/server/house";
import { type CommandResult, commandsOn } from "./commands.ts";
import { newDatabase } from "./postgres.ts";
import { makeDataFolder } from "./same-secret.ts";
import { dropWarehouseOf, warehouseOf } from "./warehouse-place.ts";

/** One data folder with the real engine, and commands run on it in this process. A test file opens one, its tests use workspaces. */
export interface World {
  readonly folder: string;
  readonly house: House;
  /** Runs a command line without `--data`. */
  run(...argv: string[]): Promise<CommandResult>;
  /** Runs a command that must succeed and print JSON. */
  json(...argv: string[]): Promise<unknown>;
  /** Writes a file into the folder. @returns its path */
  file(name: string, content: string | Uint8Array): string;
  close(): Promise<void>;
}

export async function openWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), "touchline-test-"));
  const [files, data] = [join(folder, "files"), join(folder, "data")];
  mkdirSync(files);
  makeDataFolder(data);
  const database = await newDatabase();
  const house = await openHouse({ dataFolder: data, ...warehouseOf(data), databaseUrl: database?.url });
  const run = commandsOn(house, files);
  return {
    folder,
    house,
    run,
    async json(...argv) {
      const { exitCode, stdout, stderr } = await run(...argv, "--json");
      if (exitCode !== 0) throw new Error(`touchline ${argv.join(" ")} ended with ${exitCode}: ${stderr}`);
      return JSON.parse(stdout);
    },
    file(name, content) {
      const path = join(files, name);
      writeFileSync(path, content);
      return path;
    },
    async close() {
      await house.close();
      await database?.drop();
      dropWarehouseOf(data);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
