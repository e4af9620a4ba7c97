import { Month, ReopenMonth } from "../../contract/index.ts";
import type { House } from "../../house/index.ts";
import { closedReport, closeMonth, listClosed, reopenMonth } from "../../reports/closing/index.ts";
import { readLateData } from "../../reports/late/index.ts";
import { UserError } from "../../user-error.ts";
import type { CommandIo } from "../io.ts";
import { withRunProgress } from "../run-progress.ts";
import { commandActor } from "../who-am-i.ts";
import { adjustmentsTable, closedInWords } from "./report-words.ts";
import { type FileOptions, giveReport, requireFile } from "./roi-command.ts";

export interface MonthOptions extends FileOptions {
  readonly workspace: string;
  readonly json: boolean;
}
export interface ReopenOptions {
  readonly workspace: string;
  readonly json: boolean;
  readonly reason: string;
}

export function requireMonth(text: string): string {
  const month = Month.safeParse(text);
  if (!month.success) throw new UserError(`"${text}" is not a month such as 2026-03`, { exitCode: 2 });
  return month.data;
}

async function deskOf(house: House, name: string) {
  const workspace = await house.workspace(name);
  return { workspace, store: await workspace.store.open(), actor: commandActor() };
}

const clockOf = (io: CommandIo) => (io.now ?? (() => new Date()))();

export async function runClose(house: House, month: string, options: MonthOptions, io: CommandIo): Promise<number> {
  const desk = await deskOf(house, options.workspace);
  const asked = requireMonth(month);
  const closed = await withRunProgress(desk.workspace, io, () => closeMonth(desk, asked, clockOf(io)));
  const words = `${month} is closed, version ${closed.version}. SHA-256 of its report: ${closed.print}\n`;
  io.stdout(options.json ? `${JSON.stringify(closed)}\n` : words);
  return 0;
}

export async function runReopen(house: House, month: string, options: ReopenOptions, io: CommandIo): Promise<number> {
  const desk = await deskOf(house, options.workspace);
  const asked = ReopenMonth.safeParse({ month: requireMonth(month), reason: options.reason });
  if (!asked.success) throw new UserError(`--reason: ${asked.error.issues[0]!.message}`, { exitCode: 2 });
  const opened = await reopenMonth(desk, asked.data, clockOf(io));
  io.stdout(options.json ? `${JSON.stringify(opened)}\n` : `${month} is open again; its report of then is kept.\n`);
  return 0;
}

export async function runClosed(
  house: House,
  month: string | undefined,
  options: MonthOptions,
  io: CommandIo,
): Promise<number> {
  requireFile(options);
  const { store } = await deskOf(house, options.workspace);
  if (month !== undefined) {
    await giveReport(await closedReport(store, requireMonth(month)), options, io, options.json);
    return 0;
  }
  const periods = await listClosed(store);
  io.stdout(options.json ? `${JSON.stringify(periods)}\n` : closedInWords(periods));
  return 0;
}

export async function runAdjustments(
  house: House,
  options: Pick<MonthOptions, "workspace" | "json">,
  io: CommandIo,
): Promise<number> {
  const { workspace, store } = await deskOf(house, options.workspace);
  const { taken, pending } = await readLateData(workspace, store);
  const all = [...taken, ...pending];
  const words = all.length === 0 ? "Nothing came after its month was closed.\n" : adjustmentsTable(all);
  io.stdout(options.json ? `${JSON.stringify({ taken, pending })}\n` : words);
  return 0;
}
