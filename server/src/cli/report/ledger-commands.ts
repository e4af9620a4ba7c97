import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { todayIn } from "../../calendar-days.ts";
import { FinanceSettings, type LedgerEntry, type MonthSpan, MonthSpan as Span } from "../../contract/index.ts";
import type { House } from "../../house/index.ts";
import {
  addEntries,
  changeFinance,
  exportLedger,
  listEntries,
  planActual,
  readEntries,
  readFinance,
  removeEntry,
} from "../../reports/ledger/index.ts";
import { UserError } from "../../user-error.ts";
import { type CommandIo, counted, drawTable, grouped } from "../io.ts";
import { readJson, readText } from "../optimise/read-json.ts";
import { commandActor } from "../who-am-i.ts";
import { requireMonth } from "./closing-commands.ts";

export interface LedgerOptions {
  readonly workspace: string;
  readonly json: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly import?: string;
  readonly remove?: string;
  readonly export?: string;
}
export type FinanceOptions = Pick<LedgerOptions, "workspace" | "json">;

async function deskOf(house: House, name: string) {
  const workspace = await house.workspace(name);
  return { workspace, store: await workspace.store.open(), actor: commandActor() };
}

type Desk = Awaited<ReturnType<typeof deskOf>>;
const clockOf = (io: CommandIo) => (io.now ?? (() => new Date()))();

async function spanOf({ workspace }: Desk, { from, to }: LedgerOptions, io: CommandIo): Promise<MonthSpan> {
  const { timeZone } = await workspace.settings();
  const month = todayIn(timeZone, clockOf(io)).slice(0, 7);
  const last = to === undefined ? month : requireMonth(to);
  const first = from === undefined ? `${last.slice(0, 4)}-01` : requireMonth(from);
  const span = Span.safeParse({ from: first, to: last });
  if (!span.success) throw new UserError(`--from: ${span.error.issues[0]!.message}`, { exitCode: 2 });
  return span.data;
}

export async function runLedger(house: House, options: LedgerOptions, io: CommandIo): Promise<number> {
  const given = ["import", "remove", "export"].filter((name) => options[name as "import"] !== undefined);
  if (given.length > 1) throw new UserError(`--${given.join(" and --")} do not go together: take one`, { exitCode: 2 });
  const desk = await deskOf(house, options.workspace);
  const say = (json: unknown, words: string) => io.stdout(options.json ? `${JSON.stringify(json)}\n` : words);
  if (options.import !== undefined) {
    const entries = readEntries(readText(options.import, io), options.import);
    const written = await addEntries(desk, entries, clockOf(io));
    say(written, `${counted(written.length, "entry").replace(/entrys$/, "entries")} written into the ledger.\n`);
    return 0;
  }
  if (options.remove !== undefined) {
    const removed = await removeEntry(desk, options.remove);
    say(removed, `Removed: ${removed.kind} of ${money(removed.amount)} for ${removed.channel} in ${removed.month}.\n`);
    return 0;
  }
  const span = await spanOf(desk, options, io);
  if (options.export !== undefined) {
    const text = await exportLedger(desk.workspace, desk.store, span);
    writeText(options.export, text, io);
    say({ file: options.export }, `Bookings from ${span.from} to ${span.to} are written to ${options.export}.\n`);
    return 0;
  }
  const entries = await listEntries(desk.store, span);
  say(entries, entriesInWords(entries, span));
  return 0;
}

function writeText(file: string, text: string, io: CommandIo): void {
  try {
    writeFileSync(resolve(io.cwd, file), text);
  } catch (error) {
    throw new UserError(`${file} cannot be written: ${(error as Error).message}`, { cause: error });
  }
}

const money = (amount: string | null) => (amount === null ? "" : grouped(amount, 2));

function entriesInWords(entries: readonly LedgerEntry[], { from, to }: MonthSpan): string {
  if (entries.length === 0)
    return `The ledger has no entries from ${from} to ${to}: touchline report ledger --import FILE\n`;
  return drawTable(
    ["Month", "Kind", "Channel", "Amount", "Supplier", "Reference", "Id"],
    entries.map(({ month, kind, channel, amount, supplier, reference, id }) => [
      ...[month, kind, channel, money(amount), supplier, reference, id],
    ]),
  );
}

export async function runPlanActual(house: House, options: LedgerOptions, io: CommandIo): Promise<number> {
  const desk = await deskOf(house, options.workspace);
  const found = await planActual(desk.workspace, desk.store, await spanOf(desk, options, io));
  const words = drawTable(
    ["Month", "Channel", "Plan", "Spend", "Committed", "Invoiced", "Spend less plan"],
    found.rows.map(({ month, channel, planned, spend, committed, invoiced, difference }) => [
      ...[month, channel, money(planned), money(spend), money(committed), money(invoiced), money(difference)],
    ]),
  );
  io.stdout(options.json ? `${JSON.stringify(found)}\n` : words);
  return 0;
}

export async function runFinance(
  house: House,
  file: string | undefined,
  options: FinanceOptions,
  io: CommandIo,
): Promise<number> {
  const desk = await deskOf(house, options.workspace);
  const settings =
    file === undefined ? await readFinance(desk.store) : await changeFinance(desk, financeIn(file, io), clockOf(io));
  io.stdout(`${JSON.stringify(settings, null, options.json ? 0 : 2)}\n`);
  return 0;
}

function financeIn(file: string, io: CommandIo): FinanceSettings {
  const parsed = FinanceSettings.safeParse(readJson(file, io));
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new UserError(`${file}: ${path.join(".") || "the settings"}: ${message}`, { exitCode: 2 });
}
