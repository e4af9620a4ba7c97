import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { EngineError } from "@touchline/sql";
import { type Connector, findConnector } from "../connectors/index.ts";
import type { House } from "../house/index.ts";
import { FolderWatch, type ImportReport, importWithConnector } from "../ingest/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { requireSourceName } from "./import-command.ts";
import { importInWords, isUseless } from "./import-words.ts";
import type { CommandIo } from "./io.ts";

export interface WatchOptions {
  readonly workspace: string;
  readonly source: string;
  readonly as?: string;
  readonly every: string;
  readonly once: boolean;
  readonly json: boolean;
}

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };
/** With --once the two looks that show that a file is whole are no further apart than this. */
const ONCE_BETWEEN_LOOKS_MS = 1_000;

function parseEvery(text: string): number {
  const match = /^(\d+)(s|m|h)$/.exec(text);
  const ms = match === null ? 0 : Number(match[1]) * UNITS[match[2]!]!;
  if (ms <= 0 || ms > 24 * UNITS.h!)
    throw new UserError(`--every: "${text}" is not a time such as 30s, 5m or 1h`, { exitCode: 2 });
  return ms;
}

/**
 * `touchline watch DIR --source NAME`: imports what is new or changed in a folder, until it is stopped. The ledger knows content that was
 * imported before; a file that cannot be read gets its sentence once, and is tried again when it changes.
 */
export async function runWatch(house: House, folder: string, options: WatchOptions, io: CommandIo): Promise<number> {
  const everyMs = parseEvery(options.every);
  requireSourceName(options.as);
  const declaration = findConnector(options.source, io.cwd);
  const path = resolve(io.cwd, folder);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UserError(`${folder} is not a folder`, { exitCode: 2 });
  const workspace = await house.workspace(options.workspace);
  const watch = new FolderWatch(path);
  const pass = { house, workspace, declaration, watch, path, options, io };
  if (options.once) {
    watch.look();
    await sleep(Math.min(everyMs, ONCE_BETWEEN_LOOKS_MS));
    return (await importFiles(watch.look(), pass)) ? 0 : 1;
  }
  if (!options.json)
    io.stderr(`Watching ${folder} for ${declaration.title}, every ${options.every}. Stop it with Ctrl-C.\n`);
  while (io.isGone?.() !== true) {
    await importFiles(watch.look(), pass);
    await sleep(everyMs);
  }
  return 0;
}

interface Pass {
  readonly house: House;
  readonly workspace: Workspace;
  readonly declaration: Connector;
  readonly watch: FolderWatch;
  readonly path: string;
  readonly options: WatchOptions;
  readonly io: CommandIo;
}

/** @returns false when a file could not be imported, or not one row of it could be read */
async function importFiles(names: readonly string[], pass: Pass): Promise<boolean> {
  const { house, workspace, declaration, path, io } = pass;
  let isWell = true;
  for (const name of names) {
    try {
      const reports = await importWithConnector(workspace, declaration, {
        ...{ path: join(path, name), name, spoolFolder: house.spoolFolder, transport: "watch", as: pass.options.as },
      });
      print(reports, pass);
      if (reports.some(isUseless)) isWell = false;
    } catch (error) {
      const isPassing = error instanceof EngineError && error.kind === "retry";
      if (!(error instanceof UserError || isPassing)) throw error;
      if (isPassing) pass.watch.giveAgain(name);
      io.stderr(`touchline: ${isPassing ? `${name} is tried again later: ` : ""}${(error as Error).message}\n`);
      isWell = false;
    }
  }
  return isWell;
}

function print(reports: readonly ImportReport[], { declaration, options, io }: Pass): void {
  for (const report of reports) {
    if (options.json) io.stdout(`${JSON.stringify(report)}\n`);
    else io.stdout(importInWords(report, "the source's rules", declaration.tables.length > 1 ? report.kind : ""));
  }
}
