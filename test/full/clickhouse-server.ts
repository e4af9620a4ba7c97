import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const SCRIPT = fileURLToPath(new URL("./clickhouse-server.py", import.meta.url));
const START_WITHIN_MS = 60_000;
const ASK_EVERY_MS = 50;

const Announcement = z.object({ httpPort: z.number(), tcpPort: z.number(), folder: z.string() });

/** A real ClickHouse server on this machine, with data of its own. */
export interface ClickHouseServer {
  /** Makes an empty database. @returns what CLICKHOUSE_URL has to be for it */
  createDatabase(name: string): Promise<string>;
  /** Runs one statement in the default database. @returns the answer's bytes @throws Error with the server's own words */
  query(sql: string): Promise<Buffer>;
  /** Runs a query. @returns its rows */
  rows(sql: string): Promise<unknown[]>;
  /** Ends the server and removes its data. @throws Error when something is left */
  stop(): Promise<void>;
}

/** The engine's shared library, as the package that runs it finds it. */
function engineLibrary(): string {
  const fromSql = createRequire(new URL("../../sql/package.json", import.meta.url));
  const { libchdbPath } = fromSql("chdb/libchdb") as { libchdbPath(): string };
  return libchdbPath();
}

/**
 * Starts a server, in a time zone that is not this machine's, and waits until it answers.
 * It ends with this process at the latest.
 */
export async function startClickHouseServer(): Promise<ClickHouseServer> {
  const child = spawn("python3", [SCRIPT, engineLibrary()], {
    env: { ...process.env, TZ: "Asia/Tokyo" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let said = "";
  let exitCode: number | null | undefined;
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString("utf8");
  });
  const ended = new Promise<void>((done) => {
    child.on("error", (error) => {
      said += error.message;
      exitCode = null;
      done();
    });
    child.on("close", (code) => {
      exitCode = code;
      done();
    });
  });
  const firstLine = new Promise<string>((done) => createInterface({ input: child.stdout }).once("line", done));
  const line = await Promise.race([firstLine, ended.then(() => "")]);
  if (line === "") throw new Error(`the ClickHouse server did not start: ${said}`);
  const { httpPort, folder } = Announcement.parse(JSON.parse(line));
  const url = `http://127.0.0.1:${httpPort}`;

  const query = async (sql: string): Promise<Buffer> => {
    const answer = await fetch(url, { method: "POST", body: sql });
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (!answer.ok) throw new Error(bytes.toString("utf8"));
    return bytes;
  };
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await ended;
    if (exitCode !== 0) throw new Error(`the ClickHouse server ended with ${exitCode}: ${said}`);
    if (existsSync(folder)) throw new Error(`the ClickHouse server left ${folder} behind`);
  };

  const deadline = Date.now() + START_WITHIN_MS;
  for (;;) {
    const answers = await query("SELECT 1").then(
      () => true,
      () => false,
    );
    if (answers) break;
    if (exitCode !== undefined) throw new Error(`the ClickHouse server ended with ${exitCode}: ${said}`);
    if (Date.now() > deadline) {
      await stop();
      throw new Error(`the ClickHouse server did not answer within ${START_WITHIN_MS / 1000} s: ${said}`);
    }
    await pause(ASK_EVERY_MS);
  }
  return {
    query,
    stop,
    async createDatabase(name) {
      await query(`CREATE DATABASE ${name} ENGINE = Atomic`);
      return `${url}/${name}`;
    },
    async rows(sql) {
      const text = (await query(`${sql} FORMAT JSONEachRow`)).toString("utf8");
      return text
        .split("\n")
        .filter((row) => row !== "")
        .map((row) => JSON.parse(row) as unknown);
    },
  };
}
