import { spawn } from "node:child_process";
import { mkdtempSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePorts } from "./free-ports.ts";

const SCRIPT = fileURLToPath(new URL("./node.py", import.meta.url));
const START_WITHIN_MS = 60_000;
const ASK_EVERY_MS = 25;
/** Another process may take a free port before the engine does. */
const ATTEMPTS = 3;

export interface NodePorts {
  readonly http: number;
  readonly tcp: number;
}

export interface NodeOptions {
  /** Where its data is and stays: a later node on the same folder goes on with it. Unset: a folder that goes with the node. */
  readonly dir?: string;
  /** Unset: free ones. */
  readonly ports?: NodePorts;
  /** Of the engine's own kind; it may name `remote_servers`. */
  readonly configFile?: string;
  /** Where it listens; unset: 127.0.0.1. */
  readonly host?: string;
  /** The network namespace that it runs in; unset: this one. */
  readonly namespace?: string;
  /** Where this machine is for it. */
  readonly timeZone?: string;
}

/** A real ClickHouse server on this machine. */
export interface ClickHouseNode {
  /** Of HTTP, without a database. */
  readonly url: string;
  readonly ports: NodePorts;
  readonly dir: string;
  /** Of the process that serves. */
  readonly pid: number;
  /** Makes an empty database. @returns what CLICKHOUSE_URL has to be for it */
  createDatabase(name: string): Promise<string>;
  /** Runs one statement in the default database. @returns the answer's bytes @throws Error with the server's own words */
  query(sql: string): Promise<Buffer>;
  /** Runs a query. @returns its rows */
  rows(sql: string): Promise<unknown[]>;
  /** Ends the process at once, as kill -9 does; its data stays. */
  kill(): Promise<void>;
  /** Ends the server; data in a folder of its own is removed. @throws Error when it did not end as it should */
  stop(): Promise<void>;
}

/** The engine's shared library, as the package that runs it finds it. */
function engineLibrary(): string {
  const fromSql = createRequire(new URL("../../../sql/package.json", import.meta.url));
  const { libchdbPath } = fromSql("chdb/libchdb") as { libchdbPath(): string };
  return libchdbPath();
}

/**
 * Starts a server and waits until it answers, in a time zone that is not this machine's by default. It ends with this process at
 * the latest.
 * @throws Error with what it said, when it does not answer
 */
export async function startNode(options: NodeOptions = {}): Promise<ClickHouseNode> {
  for (let attempt = 1; ; attempt++) {
    const [http, tcp] = options.ports === undefined ? await freePorts(2) : [options.ports.http, options.ports.tcp];
    try {
      return await startOn({ http: http!, tcp: tcp! }, options);
    } catch (error) {
      if (options.ports !== undefined || attempt === ATTEMPTS) throw error;
    }
  }
}

async function startOn(
  ports: NodePorts,
  { dir: kept, configFile, host = "127.0.0.1", namespace, timeZone = "Asia/Tokyo" }: NodeOptions,
): Promise<ClickHouseNode> {
  const dir = realpathSync(kept ?? mkdtempSync(join(tmpdir(), "touchline-clickhouse-")));
  const words = ["--dir", dir, "--http-port", `${ports.http}`, "--tcp-port", `${ports.tcp}`];
  if (configFile !== undefined) words.push("--config-file", configFile);
  if (kept === undefined) words.push("--remove-dir");
  words.push("--listen-host", host);
  const inside = namespace === undefined ? [] : ["ip", "netns", "exec", namespace];
  const [program, ...rest] = [...inside, "python3", SCRIPT, engineLibrary(), ...words];
  const child = spawn(program!, rest, {
    env: { ...process.env, TZ: timeZone },
    stdio: ["pipe", "ignore", "pipe"],
  });
  let said = "";
  let exitCode: number | null | undefined;
  child.stderr.on("data", (chunk: Buffer) => {
    said = `${said}${chunk.toString("utf8")}`.slice(-10_000);
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
  const url = `http://${host}:${ports.http}`;
  const query = async (sql: string): Promise<Buffer> => {
    const answer = await fetch(url, { method: "POST", body: sql });
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (!answer.ok) throw new Error(bytes.toString("utf8"));
    return bytes;
  };
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
  };

  const deadline = Date.now() + START_WITHIN_MS;
  // Who answers must be this node: a port may have gone to another one.
  const ownFolder = async () => (await query("SELECT path FROM system.disks WHERE name = 'default'")).toString().trim();
  while (!(await ownFolder().catch(() => "")).startsWith(dir)) {
    if (exitCode === undefined && Date.now() < deadline) {
      await pause(ASK_EVERY_MS);
      continue;
    }
    await kill();
    throw new Error(`the ClickHouse server on port ${ports.http} did not start: ${said}`);
  }
  return {
    ...{ url, ports, dir, pid: child.pid!, query, kill },
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
    async stop() {
      child.stdin.end();
      await ended;
      if (exitCode !== 0) throw new Error(`the ClickHouse server ended with ${exitCode}: ${said}`);
    },
  };
}
