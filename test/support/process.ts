import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { CommandResult } from "./commands.ts";
import { warehouseEnvironment } from "./warehouse-place.ts";

export const TOUCHLINE = fileURLToPath(new URL("../../server/bin/touchline.js", import.meta.url));

export interface ProcessOptions {
  readonly cwd?: string;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What Node runs in place of the command. */
  readonly program?: readonly string[];
}

export function startTouchline(
  argv: readonly string[],
  { cwd, env, program = [TOUCHLINE] }: ProcessOptions = {},
): ChildProcess {
  const { CLICKHOUSE_URL: _events, CLICKHOUSE_CLUSTER: _nodes, DATABASE_URL: _accounts, ...inherited } = process.env;
  const named = argv.indexOf("--data");
  const dataFolder = resolve(cwd ?? ".", named >= 0 ? argv[named + 1]! : program[0] === TOUCHLINE ? "data" : argv[0]!);
  return spawn(process.execPath, [...program, ...argv], {
    cwd,
    env: { ...inherited, ...warehouseEnvironment(dataFolder), ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
}

/** Runs the real command in a process of its own until it ends. */
export function runTouchline(argv: readonly string[], options: ProcessOptions = {}): Promise<CommandResult> {
  return new Promise((done, failed) => {
    const child = startTouchline(argv, options);
    let stdout = "";
    let stderr = "";
    child.stdout!.on("data", (chunk: Buffer) => {
      stdout += chunk.toString("utf8");
    });
    child.stderr!.on("data", (chunk: Buffer) => {
      stderr += chunk.toString("utf8");
    });
    child.on("error", failed);
    child.on("close", (code) => done({ exitCode: code ?? -1, stdout, stderr }));
    child.stdin!.end(options.stdin ?? "");
  });
}

/** A server that runs until `stop`. */
export interface RunningServer {
  readonly url: string;
  readonly child: ChildProcess;
  /** Everything that it has printed so far. */
  output(): string;
  /** The first group of the pattern, as soon as it was printed. */
  printed(pattern: RegExp): Promise<string>;
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts `serve` or `demo` and waits until it says that it is ready. */
export function startServer(argv: readonly string[], options: ProcessOptions = {}): Promise<RunningServer> {
  return new Promise((done, failed) => {
    const child = startTouchline([...argv, "--port", "0"], options);
    const ended = new Promise<number | null>((stopped) => child.on("close", stopped));
    let output = "";
    const printed = (pattern: RegExp) =>
      new Promise<string>((found, missed) => {
        const look = () => {
          const text = pattern.exec(output)?.[1];
          if (text !== undefined) found(text);
        };
        look();
        child.stdout!.on("data", look);
        child.stderr!.on("data", look);
        void ended.then(() => missed(new Error(`the server ended without ${pattern}: ${output}`)));
      });
    const read = (chunk: Buffer) => {
      output += chunk.toString("utf8");
      const url = /ready: (http:\S+)/.exec(output)?.[1];
      if (url === undefined) return;
      done({
        url,
        child,
        output: () => output,
        printed,
        stop(signal = "SIGTERM") {
          child.kill(signal);
          return ended;
        },
      });
    };
    child.stdout!.on("data", read);
    child.stderr!.on("data", read);
    ended.then((code) => failed(new Error(`the server ended with ${code}: ${output}`)));
  });
}
