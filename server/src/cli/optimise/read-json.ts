import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../../user-error.ts";
import type { CommandIo } from "../io.ts";

/** @throws UserError when the file cannot be read */
export function readText(file: string, io: CommandIo): string {
  try {
    return readFileSync(resolve(io.cwd, file), "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why =
      code === "ENOENT" ? "it does not exist" : code === "EISDIR" ? "it is a folder" : (error as Error).message;
    throw new UserError(`${file} cannot be read: ${why}`, { cause: error });
  }
}

/** Readers drop what is called so without a word: a channel of that name would lose its bounds. */
function refuseHiddenNames(name: string, value: unknown): unknown {
  if (name === "__proto__") throw new SyntaxError('nothing in it may be called "__proto__"');
  return value;
}

/** @throws UserError when the file cannot be read or is not JSON */
export function readJson(file: string, io: CommandIo): unknown {
  try {
    return JSON.parse(readText(file, io).replace(/^\uFEFF/, ""), refuseHiddenNames);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}
