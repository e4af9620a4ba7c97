import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { EngineError } from "@touchline/sql";
import { logLevel, openConfiguration } from "../configuration/index.ts";
import {
  clusterOfEnvironment,
  connectToServer,
  databaseUrlOfEnvironment,
  type House,
  handOver,
  openHouse,
  serverUrlOfEnvironment,
} from "../house/index.ts";
import { log } from "../log.ts";
import { UserError } from "../user-error.ts";
import type { CommandIo } from "./io.ts";
import { type Runtime, runCommandLine } from "./program.ts";

/** Where a running server holds the folder, the command is done there and this is its exit code. */
class HandedOver extends Error {
  readonly exitCode: number;
  constructor(exitCode: number) {
    super("done by the server");
    this.exitCode = exitCode;
  }
}

/** `touchline import KIND -`: standard input becomes a file, because the engine reads files. */
async function spoolStandardInput(
  argv: readonly string[],
): Promise<{ argv: string[]; names: Record<string, string>; remove(): void }> {
  const at = argv[0] === "import" ? argv.indexOf("-") : -1;
  if (at < 0) return { argv: [...argv], names: {}, remove: () => undefined };
  const folder = mkdtempSync(join(tmpdir(), "touchline-"));
  const path = join(folder, "stdin");
  await pipeline(process.stdin, createWriteStream(path));
  return {
    argv: argv.map((word, i) => (i === at ? path : word)),
    names: { [path]: "standard input" },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function printFailure(error: unknown): void {
  const text =
    error instanceof EngineError ? `the database could not do its part (${error.message})` : (error as Error).stack;
  process.stderr.write(`touchline: ${text}\n`);
}

/** Runs one command of the command line. @returns the exit code */
export async function main(given: readonly string[]): Promise<number> {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0); // The reader, `head` for one, has seen enough.
  });
  try {
    openConfiguration(given, process.cwd());
    log.level = logLevel(); // The file may say another one than the environment, which the log began with.
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`touchline: ${error.message}\n`);
    return error.exitCode;
  }
  const spooled = await spoolStandardInput(given);
  const io: CommandIo = {
    cwd: process.cwd(),
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    isWatched: process.stderr.isTTY === true,
    columns: process.stderr.columns ?? 80,
    fileNames: spooled.names,
  };
  const serverUrl = serverUrlOfEnvironment();
  const runtime: Runtime = {
    io,
    async withHouse(dataFolder, work) {
      const socket = serverUrl === undefined ? await connectToServer(dataFolder) : null;
      if (socket !== null) {
        const { cwd, isWatched, columns, fileNames } = io;
        throw new HandedOver(await handOver(socket, { argv: spooled.argv, cwd, isWatched, columns, fileNames }, io));
      }
      const house: House = await openHouse({
        ...{ dataFolder, serverUrl, cluster: clusterOfEnvironment(), databaseUrl: databaseUrlOfEnvironment() },
      });
      try {
        return await work(house);
      } finally {
        await house.close();
      }
    },
    // A server needs much that no other command does.
    serve: async (options) => (await import("./serve.ts")).serve(options, io),
    demo: async (options) => (await import("./serve.ts")).demo(options, io),
  };
  try {
    return await runCommandLine(spooled.argv, runtime);
  } catch (error) {
    if (error instanceof HandedOver) return error.exitCode;
    printFailure(error);
    return 1;
  } finally {
    spooled.remove();
  }
}
