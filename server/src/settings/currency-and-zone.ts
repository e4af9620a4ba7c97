import { workspaceExtent } from "@touchline/sql";
import { UserError } from "../user-error.ts";
import type { Workspace, WorkspaceSettings } from "../workspace.ts";

/** @throws UserError where it is no zone that is known */
export function requireTimeZone(name: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch (error) {
    throw new UserError(`"${name}" is not a time zone such as Europe/Paris`, { cause: error });
  }
}

/** @throws UserError where it is no code of three letters */
export function requireCurrency(code: string): string {
  const currency = code.trim().toUpperCase();
  if (!/^[A-Z]{3}$/.test(currency)) throw new UserError(`"${code}" is not a currency code such as EUR`);
  return currency;
}

/** @throws UserError where amounts are stored already: they would stay what they are, under another name */
export async function changeCurrency(workspace: Workspace, code: string): Promise<WorkspaceSettings> {
  const settings = await workspace.settings();
  const currency = requireCurrency(code);
  if (currency === settings.currency) return settings;
  const { conversions, spend } = await workspace.warehouse.askOne(workspaceExtent, { timeZone: settings.timeZone });
  if (conversions + spend > 0) {
    throw new UserError(`the workspace already holds amounts in ${settings.currency}: its currency cannot be changed`);
  }
  return workspace.changeSettings({ currency });
}
