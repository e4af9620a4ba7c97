import type { House } from "../../house/index.ts";
import { fetchCurves, findScenario, type PlanLimits } from "../../planning/index.ts";
import type { Workspace } from "../../workspace.ts";
import { requireExtent } from "../attribute-command.ts";
import type { CommandIo } from "../io.ts";
import { readConstraints } from "./constraints-file.ts";
import { type PlanOptions, readGivenOptions, USUAL } from "./plan-options.ts";

export interface AskOptions extends PlanOptions {
  readonly workspace: string;
  readonly constraints?: string;
  /** Name or id of a saved one whose limits are taken. */
  readonly scenario?: string;
}

/**
 * The limits that a command line asks for: those of a scenario, over them those of a file, over them the options.
 * @throws UserError when nothing can be planned, or what is asked for is wrong
 */
export async function askPlan(
  house: House,
  options: AskOptions,
  io: CommandIo,
): Promise<{ readonly workspace: Workspace; readonly limits: PlanLimits }> {
  const given = readGivenOptions(options);
  const workspace = await house.workspace(options.workspace);
  await requireExtent(workspace);
  const saved = options.scenario === undefined ? {} : (await findScenario(workspace, options.scenario)).input;
  const read = options.constraints === undefined ? {} : await readFile(workspace, options.constraints, io);
  return { workspace, limits: { ...USUAL, bounds: [], ...saved, ...read, ...given } };
}

async function readFile(workspace: Workspace, file: string, io: CommandIo) {
  const { channels, withoutCurve } = await fetchCurves(workspace);
  return readConstraints(
    file,
    [...channels, ...withoutCurve].map(({ channel }) => channel),
    io,
  );
}
