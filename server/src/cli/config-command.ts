import {
  configurationPath,
  configurationSchema,
  environment,
  environmentProblems,
  SETTINGS,
  saidSettings,
} from "../configuration/index.ts";
import { SECRET_VARIABLES, secretOfEnvironment } from "../secret-of-environment.ts";
import { UserError } from "../user-error.ts";
import { type CommandIo, drawTable } from "./io.ts";

export function runConfigSchema(io: CommandIo): number {
  io.stdout(`${JSON.stringify(configurationSchema(), null, 2)}\n`);
  return 0;
}

/** Files of secrets that cannot be read, each in a sentence. */
function secretProblems(): string[] {
  return SECRET_VARIABLES.flatMap((name) => {
    try {
      secretOfEnvironment(name, environment());
      return [];
    } catch (error) {
      if (error instanceof UserError) return [error.message];
      throw error;
    }
  });
}

/** What is set and from where. @returns 0, or 2 where something is wrong */
export function runConfigCheck({ json }: { readonly json: boolean }, io: CommandIo): number {
  const settings = saidSettings();
  const problems = [...environmentProblems(), ...secretProblems()];
  const file = configurationPath();
  if (json) io.stdout(`${JSON.stringify({ file, settings, problems }, null, 2)}\n`);
  else {
    io.stdout(file === null ? "No configuration file was found.\n" : `Configuration file: ${file}\n`);
    io.stdout(
      drawTable(
        ["variable", "in the file", "from", "value"],
        settings.map(({ variable, key, from, value }) => [variable, key ?? "", from, value]),
      ),
    );
    for (const problem of problems) io.stderr(`touchline: ${problem}\n`);
    if (problems.length === 0) io.stdout(`All ${SETTINGS.length} settings can be read.\n`);
  }
  return problems.length === 0 ? 0 : 2;
}
