import { readFileSync } from "node:fs";
import { type Environment, environment } from "./configuration/index.ts";
import { UserError } from "./user-error.ts";

/** Variables that hold a secret, alone or inside of an address. Each one can be given as a file: `SMTP_URL_FILE=/run/secrets/smtp`. */
export const SECRET_VARIABLES = [
  "TOUCHLINE_SECRET",
  "TOUCHLINE_METRICS_TOKEN",
  "DATABASE_URL",
  "CLICKHOUSE_URL",
  "SMTP_URL",
  "OIDC_CLIENT_SECRET",
] as const;

type SecretVariable = (typeof SECRET_VARIABLES)[number];

/** What files have held so far, so that the log can keep it out without reading them with every line. */
const readFromFiles = new Set<string>();

/**
 * The value of the variable, or of the file that the variable of that name with `_FILE` names: a vault writes files, and an
 * environment can be read by whoever may look at the process.
 * @returns undefined where neither says anything
 * @throws UserError when both are set, or the file cannot be read or is empty
 */
export function secretOfEnvironment(name: SecretVariable, given: Environment = environment()): string | undefined {
  const said = given[name]?.trim() || undefined;
  const path = given[`${name}_FILE`]?.trim() || undefined;
  if (path === undefined) return said;
  if (said !== undefined) throw new UserError(`${name} and ${name}_FILE are both set: keep one of them`);
  const value = readSecretFile(`${name}_FILE`, path);
  readFromFiles.add(value);
  return value;
}

function readSecretFile(variable: string, path: string): string {
  let text: string;
  try {
    text = readFileSync(path, "utf8").trim();
  } catch (error) {
    throw new UserError(`${variable}: ${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  if (text === "") throw new UserError(`${variable}: ${path} is empty: write the value into it`);
  return text;
}

/** Every secret that this process has been given in one of these ways. */
export function knownSecrets(given: Environment = environment()): string[] {
  const said = SECRET_VARIABLES.map((name) => given[name]?.trim() ?? "");
  return [...new Set([...said, ...readFromFiles])].filter((value) => value !== "");
}
