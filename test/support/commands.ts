import { runCommandLine } from "@touchline/server/cli";
import type { House } from "@touchline/server/house";

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Command lines without `--data`, run in this process on an open house. @param now the clock, where it is not today's */
export function commandsOn(house: House, cwd: string, now?: () => Date): (...argv: string[]) => Promise<CommandResult> {
  const refuse = () => Promise.reject(new Error("a test serves through the real command"));
  return async (...argv) => {
    let stdout = "";
    let stderr = "";
    const exitCode = await runCommandLine(argv, {
      io: {
        cwd,
        stdout: (text) => {
          stdout += text;
        },
        stderr: (text) => {
          stderr += text;
        },
        isWatched: false,
        columns: 100,
        fileNames: {},
        ...(now === undefined ? {} : { now }),
      },
      withHouse: (_folder, work) => work(house),
      serve: refuse,
      demo: refuse,
    });
    return { exitCode, stdout, stderr };
  };
}
