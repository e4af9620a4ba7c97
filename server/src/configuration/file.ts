import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { UserError } from "../user-error.ts";
import { SETTINGS } from "./settings.ts";

const inFile = SETTINGS.filter((setting) => setting.key !== null);

/** What touchline.json may hold, and nothing else. */
const FileShape = z.strictObject({
  $schema: z.string().optional(),
  ...Object.fromEntries(inFile.map(({ key, shape, means }) => [key!, shape.optional().describe(means)])),
});

/** The published JSON schema of touchline.json. */
export function configurationSchema(): object {
  return { title: "touchline.json", ...z.toJSONSchema(FileShape) };
}

function sentenceOf(path: string, issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") {
    const known = inFile.map(({ key }) => key).join(", ");
    return `${path}: ${issue.keys.map((key) => `"${key}"`).join(", ")} is not known here: it may hold ${known}`;
  }
  return `${path}, at ${issue.path.join(".") || "the top"}: ${issue.message}`;
}

/** What the file says, in the words of the environment. Paths in it start from its folder. */
export interface ConfigurationFile {
  readonly path: string;
  readonly values: Readonly<Record<string, string>>;
}

/** @throws UserError with a sentence for everything that is wrong in it, with its place */
export function readConfigurationFile(path: string): ConfigurationFile {
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    const isJson = error instanceof SyntaxError;
    const why = isJson ? `is no JSON: ${error.message}` : `cannot be read: ${(error as Error).message}`;
    throw new UserError(`the configuration ${path} ${why}`, { exitCode: 2, cause: error });
  }
  const parsed = FileShape.safeParse(given);
  if (!parsed.success)
    throw new UserError(parsed.error.issues.map((issue) => sentenceOf(path, issue)).join("\n"), { exitCode: 2 });
  const said = parsed.data as Readonly<Record<string, string | number | boolean | undefined>>;
  const values: Record<string, string> = {};
  for (const { key, variable, isSecret } of inFile) {
    const value = said[key!];
    if (value === undefined) continue;
    if (isSecret) values[`${variable}_FILE`] = resolve(dirname(path), String(value));
    else values[variable] = typeof value === "boolean" ? (value ? "1" : "0") : String(value);
  }
  return { path, values };
}
