import { sourceNames, workspaceExtent } from "@touchline/sql";
import type { z } from "zod";
import { type ChangeDataSetting, type DataSettings, HEALTH_ASIDES, HEALTH_RULES } from "../contract/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { changeSettings } from "./change-settings.ts";
import { changeCurrency, requireTimeZone } from "./currency-and-zone.ts";

/** Settings that a page changes: `identity` stays on the command line, where its effect on what is stored is explained. */
const CHANGEABLE = /^(time-zones|legal-basis|books|retention|health)\.|^collector-origins$/;

/** Everything that the page of settings shows. */
export async function readDataSettings(workspace: Workspace): Promise<DataSettings> {
  const { timeZone, currency } = await workspace.settings();
  const [names, extent] = await Promise.all([
    workspace.warehouse.ask(sourceNames, {}),
    workspace.warehouse.askOne(workspaceExtent, { timeZone }),
  ]);
  return {
    ...{ timeZone, currency, isCurrencyOpen: extent.conversions + extent.spend === 0 },
    sources: names.filter(({ isType }) => isType === 0).map(({ name }) => name),
    conversionTypes: names.filter(({ isType }) => isType === 1).map(({ name }) => name),
    books: await workspace.setting("books"),
    legalBasis: await workspace.setting("legal-basis"),
    timeZones: await workspace.setting("time-zones"),
    retention: await workspace.setting("retention"),
    collectorOrigins: await workspace.setting("collector-origins"),
    health: await workspace.setting("health"),
    healthDefaults: Object.fromEntries(
      Object.entries({ ...HEALTH_RULES, ...HEALTH_ASIDES }).map(([name, { threshold }]) => [name, threshold]),
    ),
  };
}

/**
 * Changes one setting, as the command line does, and says how all of them stand.
 * @throws UserError that says what cannot be set
 */
export async function changeDataSetting(
  workspace: Workspace,
  { name, value }: z.output<typeof ChangeDataSetting>,
): Promise<DataSettings> {
  if (name === "time-zone") await workspace.changeSettings({ timeZone: requireTimeZone(value) });
  else if (name === "currency") await changeCurrency(workspace, value);
  else if (CHANGEABLE.test(name)) await changeOne(workspace, `${name}=${value}`);
  else throw new UserError(`there is no setting "${name}" on this page`);
  return readDataSettings(workspace);
}

/** The command's own words about its option would say nothing here. */
async function changeOne(workspace: Workspace, entry: string): Promise<void> {
  try {
    await changeSettings(workspace, [entry]);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.message.replace(/^--set: /, ""), { cause: error });
  }
}
