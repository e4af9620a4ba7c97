import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { finishMove, type MovedTables, moveToServers } from "../backup/index.ts";
import { databaseUrlOfEnvironment, openHouse, serverUrlOfEnvironment } from "../house/index.ts";
import { databaseTransport, type Transport, warehouseTransport } from "../plain-transport.ts";
import { UserError } from "../user-error.ts";
import type { CommandTools } from "./data-commands.ts";
import { type CommandIo, counted, grouped, ProgressLine } from "./io.ts";

interface MigrateOptions {
  readonly data: string;
  readonly to: string;
  readonly storeTo?: string;
  readonly json: boolean;
}

/** `touchline migrate`: from a data folder to servers. */
export function addMigrateCommand({ io, onInstallation, alone }: CommandTools): void {
  onInstallation("migrate", "move the events of a data folder to a ClickHouse server, compared row by row")
    .requiredOption("--to <address>", "database of the ClickHouse server; @FILE reads the address from a file")
    .option("--store-to <address>", "PostgreSQL database for accounts, plans and the audit; without it they stay")
    .action((options: MigrateOptions) => alone(() => runMigrate(options, io)));
}

/** @returns the address, which may hold a password and so may stand in a file */
function addressOf(given: string, io: CommandIo, read: (text: string) => Transport): string {
  let text = given;
  if (given.startsWith("@")) {
    try {
      text = readFileSync(resolve(io.cwd, given.slice(1)), "utf8").trim();
    } catch (error) {
      throw new UserError(`the file ${given.slice(1)} cannot be read: ${(error as Error).message}`, { cause: error });
    }
  }
  const { url, warning } = read(text);
  if (warning !== null) io.stderr(`touchline: ${warning}\n`);
  return url;
}

function requireFolder(): void {
  const named = [
    ...(serverUrlOfEnvironment() === undefined ? [] : ["CLICKHOUSE_URL"]),
    ...(databaseUrlOfEnvironment() === undefined ? [] : ["DATABASE_URL"]),
  ];
  if (named.length > 0)
    throw new UserError(
      `${named.join(" and ")} say that the data is on servers already: unset them, so that the folder's own is moved`,
      { exitCode: 2 },
    );
}

async function runMigrate(options: MigrateOptions, io: CommandIo): Promise<number> {
  requireFolder();
  const serverUrl = addressOf(options.to, io, warehouseTransport);
  const databaseUrl = options.storeTo === undefined ? undefined : addressOf(options.storeTo, io, databaseTransport);
  const dataFolder = resolve(io.cwd, options.data);
  if (!existsSync(join(dataFolder, "clickhouse")))
    throw new UserError(`${dataFolder} holds no data that could be moved: name the folder with --data`);
  const target = { serverUrl, databaseUrl };
  const tell = (moved: MovedTables) => {
    io.stdout(
      options.json ? `${JSON.stringify(inJson(moved))}\n` : inWords(moved, dataFolder, databaseUrl !== undefined),
    );
    return 0;
  };
  const rest = await finishMove(dataFolder, target);
  if (rest !== null) return tell(rest);
  const house = await openHouse({ dataFolder });
  const line = new ProgressLine(io);
  try {
    const hasStore = (await (await house.workspace("default")).store.openIfAny()) !== null;
    const store = databaseUrl !== undefined && hasStore ? await house.store() : null;
    const moved = await moveToServers(house, store, target, (done, of, what) =>
      line.show("migrate", of === 0 ? null : done / of, what),
    );
    line.clear();
    return tell(moved);
  } finally {
    line.clear();
    await house.close();
  }
}

const rowsIn = (tables: readonly { readonly rows: number }[]) => tables.reduce((sum, { rows }) => sum + rows, 0);

const inJson = ({ tables, store }: MovedTables) => ({
  rows: rowsIn(tables) + rowsIn(store),
  tables: [...tables, ...store].map(({ table, rows }) => ({ table, rows })),
});

function inWords({ tables, store }: MovedTables, dataFolder: string, isStoreMoved: boolean): string {
  const events = `${counted(rowsIn(tables), "row")} of events in ${grouped(tables.length)} tables`;
  const accounts = `${counted(rowsIn(store), "row")} of accounts, plans and audit`;
  const stayed = `accounts, plans and the audit stay in ${dataFolder}`;
  let said = `${events} moved and compared${isStoreMoved ? `, and ${accounts}` : `; ${stayed}`}.`;
  if (tables.length === 0)
    said =
      store.length > 0 ? `${accounts} moved and compared.` : "All had been moved: the move has now come to its end.";
  return `${said}
From now on set CLICKHOUSE_URL${isStoreMoved ? " and DATABASE_URL" : ""}, and keep ${dataFolder}: it holds the secret that visitor ids are keyed with. Machines without it need the same TOUCHLINE_SECRET.\n`;
}
