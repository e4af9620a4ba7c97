import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { UserError } from "../user-error.ts";

const CLIENT = fileURLToPath(new URL("../../../client/", import.meta.url));

/** The folder of the built dashboard; builds it once where the installation did not run its scripts. */
export async function ensurePage(say: (text: string) => void): Promise<string> {
  const folder = `${CLIENT}dist`;
  if (existsSync(`${folder}/index.html`)) return folder;
  say("Building the dashboard, once …\n");
  try {
    const { build } = await import("vite");
    await build({ root: CLIENT, logLevel: "error" });
  } catch (error) {
    throw new UserError(`the dashboard could not be built: ${(error as Error).message}; try npm run build`, {
      cause: error,
    });
  }
  return folder;
}

/** Opens the person's browser; where there is none, the address on the terminal has to do. */
export function openBrowser(url: string): void {
  const [command, ...args] =
    process.platform === "darwin"
      ? ["open", url]
      : process.platform === "win32"
        ? ["cmd", "/c", "start", "", url]
        : ["xdg-open", url];
  execFile(command!, args, () => undefined);
}
