import { readyToRecord, recordAct } from "../audit/index.ts";
import type { House } from "../house/index.ts";
import { changeCurrency, changeSettings, readSettings, requireCurrency, requireTimeZone } from "../settings/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import type { CommandIo } from "./io.ts";
import { commandActor } from "./who-am-i.ts";

export interface SettingsOptions {
  readonly workspace: string;
  readonly timeZone?: string;
  readonly currency?: string;
  /** `name.part=value` */
  readonly set: readonly string[];
  readonly json: boolean;
}

/** What is wrong with an option is a command that was written wrongly. */
function inOption<T>(option: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${option}: ${error.message}`, { exitCode: 2, cause: error });
  }
}

/** One line a part, in the form in which --set takes it. */
function inLines(settings: Record<string, unknown>): string {
  return Object.entries(settings)
    .flatMap(([name, value]) => {
      if (Array.isArray(value)) return value.length === 0 ? [] : [`  ${name}=${value.join(",")}`];
      return Object.entries(value as Record<string, unknown>).map(
        ([part, text]) => `  ${name}.${part}=${String(text)}`,
      );
    })
    .map((line) => `${line}\n`)
    .join("");
}

async function everything(workspace: Workspace): Promise<Record<string, unknown>> {
  const { currency, timeZone } = await workspace.settings();
  return { "time-zone": timeZone, currency, ...(await readSettings(workspace)) };
}

/** What is other than before, and nothing where all is as it was. */
async function recordChange(workspace: Workspace, before: Record<string, unknown>): Promise<void> {
  const after = await everything(workspace);
  const names = Object.keys(after).filter((name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]));
  if (names.length === 0) return;
  const only = (values: Record<string, unknown>) => Object.fromEntries(names.map((name) => [name, values[name]]));
  const subject = { kind: "workspace", id: workspace.id };
  await recordAct(workspace, commandActor(), "settings.change", subject, only(before), only(after));
}

/** `touchline settings`: what the workspace counts in. */
export async function runSettings(house: House, options: SettingsOptions, io: CommandIo): Promise<number> {
  const workspace = await house.workspace(options.workspace);
  const isChange = options.set.length > 0 || options.timeZone !== undefined || options.currency !== undefined;
  const before = isChange ? await everything(workspace) : {};
  let settings = await workspace.settings();
  const { timeZone: zone, currency } = options;
  const timeZone = zone === undefined ? undefined : inOption("--time-zone", () => requireTimeZone(zone));
  if (currency !== undefined) inOption("--currency", () => requireCurrency(currency));
  if (isChange) await readyToRecord(workspace);
  // First what can be refused as a whole, so that a mistake in one option changes nothing by another.
  await changeSettings(workspace, options.set);
  if (timeZone !== undefined) settings = await workspace.changeSettings({ timeZone });
  if (currency !== undefined) settings = await changeCurrency(workspace, currency);
  if (isChange) await recordChange(workspace, before);
  const others = await readSettings(workspace);
  io.stdout(
    options.json
      ? `${JSON.stringify({ workspace: workspace.id, ...settings, settings: others })}\n`
      : `Workspace ${workspace.id}: time zone ${settings.timeZone}, currency ${settings.currency === "" ? "not set yet" : settings.currency}${settings.simulated ? ", simulated data" : ""}.\n${inLines(others)}`,
  );
  return 0;
}
