import { workspaceExtent } from "@touchline/sql";
import type { House } from "../house/index.ts";
import { UserError } from "../user-error.ts";
import type { CommandIo } from "./io.ts";

export interface SettingsOptions {
  readonly workspace: string;
  readonly timeZone?: string;
  readonly currency?: string;
  readonly json: boolean;
}

function requireTimeZone(name: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    throw new UserError(`--time-zone: "${name}" is not a time zone such as Europe/Paris`, { exitCode: 2 });
  }
}

/** `touchline settings`: what the workspace counts in. */
export async function runSettings(house: House, options: SettingsOptions, io: CommandIo): Promise<number> {
  const workspace = await house.workspace(options.workspace);
  let settings = await workspace.settings();
  if (options.timeZone !== undefined) {
    settings = await workspace.changeSettings({ timeZone: requireTimeZone(options.timeZone) });
  }
  if (options.currency !== undefined && options.currency.toUpperCase() !== settings.currency) {
    const currency = options.currency.toUpperCase();
    if (!/^[A-Z]{3}$/.test(currency))
      throw new UserError(`--currency: "${options.currency}" is not a code such as EUR`, { exitCode: 2 });
    const { conversions, spend } = await workspace.warehouse.askOne(workspaceExtent, { timeZone: settings.timeZone });
    if (conversions + spend > 0)
      throw new UserError(
        `the workspace already holds amounts in ${settings.currency}: its currency cannot be changed`,
      );
    settings = await workspace.changeSettings({ currency });
  }
  io.stdout(
    options.json
      ? `${JSON.stringify({ workspace: workspace.id, ...settings })}\n`
      : `Workspace ${workspace.id}: time zone ${settings.timeZone}, currency ${settings.currency === "" ? "not set yet" : settings.currency}${settings.simulated ? ", simulated data" : ""}.\n`,
  );
  return 0;
}
