import { resolve } from "node:path";
import {
  type BackupReport,
  backUp,
  faultsOf,
  findBackup,
  listBackupIds,
  type Manifest,
  restore,
} from "../backup/index.ts";
import { clusterOfEnvironment, databaseUrlOfEnvironment, type House, serverUrlOfEnvironment } from "../house/index.ts";
import { UserError } from "../user-error.ts";
import type { CommandTools } from "./data-commands.ts";
import { type CommandIo, counted, drawTable, grouped, ProgressLine } from "./io.ts";

interface BackupOptions {
  readonly data: string;
  readonly to?: string;
  readonly list?: string;
  readonly verify?: string;
  readonly backup?: string;
  readonly json: boolean;
}

interface RestoreOptions {
  readonly data: string;
  readonly from: string;
  readonly backup?: string;
  readonly json: boolean;
}

/** `touchline backup` and `touchline restore`: the whole installation, all workspaces. */
export function addBackupCommands({ io, onInstallation, run, alone }: CommandTools): void {
  onInstallation(
    "backup",
    "keep the whole installation in a folder; what an earlier backup there has is not written again",
  )
    .option("--to <folder>", "folder of the backups")
    .option("--list <folder>", "list the backups of a folder")
    .option("--verify <folder>", "check every file of a backup against its checksum")
    .option("--backup <id>", "with --verify: this one, not the newest")
    .action((options: BackupOptions) => {
      const asked = [options.to, options.list, options.verify].filter((each) => each !== undefined);
      if (asked.length !== 1)
        throw new UserError("give one of --to, --list and --verify, with a folder", { exitCode: 2 });
      if (options.to !== undefined) return run(options.data, (house) => runBackup(house, options.to!, options, io));
      return alone(() => (options.list !== undefined ? runList(options.list, options, io) : runVerify(options, io)));
    });
  onInstallation("restore", "put a backup into an empty data folder")
    .requiredOption("--from <folder>", "folder of the backups")
    .option("--backup <id>", "this one, not the newest")
    .action((options: RestoreOptions) => alone(() => runRestore(options, io)));
}

/** Draws how far it is, for those who watch. */
async function watched<T>(
  io: CommandIo,
  label: string,
  work: (told: (done: number, of: number, what: string) => void) => Promise<T>,
): Promise<T> {
  const line = new ProgressLine(io);
  try {
    return await work((done, of, what) => line.show(label, of === 0 ? null : done / of, what));
  } finally {
    line.clear();
  }
}

const rowsIn = ({ tables, store }: Manifest) => [...tables, ...store].reduce((sum, { rows }) => sum + rows, 0);
const bytesIn = ({ tables, store }: Manifest) =>
  [...tables.flatMap(({ parts }) => parts), ...store].reduce((sum, { bytes }) => sum + bytes, 0);
const megabytes = (bytes: number) => `${grouped(bytes / 1e6, 1)} MB`;

/** @throws UserError where the events lie on several nodes, none of which has them all */
function requireOneEngine(): void {
  if (clusterOfEnvironment() !== undefined)
    throw new UserError(
      "the events of a cluster cannot be kept or put back by this command: use BACKUP and RESTORE of ClickHouse on each node, and pg_dump for the accounts",
    );
}

async function runBackup(house: House, to: string, options: BackupOptions, io: CommandIo): Promise<number> {
  requireOneEngine();
  const folder = resolve(io.cwd, to);
  const hasStore = (await (await house.workspace("default")).store.openIfAny()) !== null;
  const store = hasStore ? await house.store() : null;
  const report = await watched(io, "backup", (told) => backUp(house, store, folder, told));
  if (report.foundUnfinished)
    io.stderr(
      `touchline: an earlier backup into ${folder} was stopped before its end; it does not count, the others do\n`,
    );
  io.stdout(options.json ? `${JSON.stringify(inJson(report))}\n` : inWords(report, folder));
  return 0;
}

const summary = (backup: Manifest) => ({
  ...{ id: backup.id, at: backup.at, version: backup.version, rows: rowsIn(backup), bytes: bytesIn(backup) },
  tables: [...backup.tables, ...backup.store].map(({ table, rows }) => ({ table, rows })),
});

const inJson = ({ backup, newFiles, newBytes }: BackupReport) => ({ ...summary(backup), newFiles, newBytes });

function inWords({ backup, newFiles, newBytes }: BackupReport, folder: string): string {
  return `Backup ${backup.id} stands in ${folder}: ${counted(rowsIn(backup), "row")}, ${megabytes(bytesIn(backup))}, of which ${counted(newFiles, "file")} (${megabytes(newBytes)}) are new.
It is as sensitive as the data: it holds the secret too. touchline restore --from ${folder} brings it back.\n`;
}

async function runList(given: string, options: BackupOptions, io: CommandIo): Promise<number> {
  const folder = resolve(io.cwd, given);
  const backups = listBackupIds(folder).map((id) => findBackup(folder, id));
  if (options.json) io.stdout(`${JSON.stringify({ backups: backups.map(summary) })}\n`);
  else if (backups.length === 0) io.stdout(`${folder} holds no backup.\n`);
  else
    io.stdout(
      drawTable(
        ["Backup", "When (UTC)", "Version", "Rows", "MB"],
        backups.map((each) => [
          each.id,
          each.at.slice(0, 19).replace("T", " "),
          each.version,
          grouped(rowsIn(each)),
          grouped(bytesIn(each) / 1e6, 1),
        ]),
      ),
    );
  return 0;
}

async function runVerify(options: BackupOptions, io: CommandIo): Promise<number> {
  const folder = resolve(io.cwd, options.verify!);
  const backup = findBackup(folder, options.backup);
  const faults = await watched(io, "verify", (told) => faultsOf(folder, backup, told));
  if (options.json) io.stdout(`${JSON.stringify({ id: backup.id, isWhole: faults.length === 0, faults })}\n`);
  else if (faults.length === 0) io.stdout(`Backup ${backup.id} is whole: ${counted(rowsIn(backup), "row")}.\n`);
  else io.stdout(`Backup ${backup.id} is damaged:\n${faults.map((fault) => `  ${fault}\n`).join("")}`);
  return faults.length === 0 ? 0 : 1;
}

async function runRestore(options: RestoreOptions, io: CommandIo): Promise<number> {
  requireOneEngine();
  const folder = resolve(io.cwd, options.from);
  const dataFolder = resolve(io.cwd, options.data);
  const backup = findBackup(folder, options.backup);
  const place = { dataFolder, serverUrl: serverUrlOfEnvironment(), databaseUrl: databaseUrlOfEnvironment() };
  await watched(io, "restore", (told) => restore(folder, backup, place, told));
  if (options.json) io.stdout(`${JSON.stringify(summary(backup))}\n`);
  else
    io.stdout(
      `Backup ${backup.id} stands in ${dataFolder}: ${counted(rowsIn(backup), "row")}, counted and compared.\n`,
    );
  return 0;
}
