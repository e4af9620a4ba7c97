import { runCommandLine } from "@touchline/server/cli";
import type { CommandResult } from "./commands.ts";

/** Runs a command that needs no data, in this process. */
export async function runAlone(cwd: string, ...argv: string[]): Promise<CommandResult> {
  let stdout = "";
  let stderr = "";
  const io = {
    cwd,
    stdout: (text: string) => {
      stdout += text;
    },
    stderr: (text: string) => {
      stderr += text;
    },
    isWatched: false,
    columns: 80,
    fileNames: {},
  };
  const refuse = () => Promise.reject(new Error(`touchline ${argv.join(" ")} asked for data`));
  const exitCode = await runCommandLine(argv, { io, withHouse: refuse, serve: refuse, demo: refuse });
  return { exitCode, stdout, stderr };
}
