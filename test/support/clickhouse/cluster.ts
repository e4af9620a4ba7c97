import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { engineLibrary } from "./engine-library.ts";
import { freePorts } from "./free-ports.ts";
import { startRelay } from "./relay.ts";

const SCRIPT = fileURLToPath(new URL("./cluster-node.py", import.meta.url));
const START_WITHIN_MS = 120_000;
const ASK_EVERY_MS = 50;

/** What the nodes call the cluster in their configuration. */
export const CLUSTER_NAME = "two_shards";

interface Ports {
  readonly tcp: number;
  readonly http: number;
}

/** A node that can be killed and brought back with the ports and the data that it had. */
class ClusterNode {
  readonly #arguments: readonly string[];
  readonly #url: string;
  #process: ChildProcess | null = null;

  constructor(configFile: string, folder: string, ports: Ports) {
    this.#arguments = [SCRIPT, engineLibrary(), configFile, folder, String(ports.tcp), String(ports.http)];
    this.#url = `http://127.0.0.1:${ports.http}`;
  }

  get url(): string {
    return this.#url;
  }

  /** @returns the answer's text @throws Error with the node's own words */
  async query(sql: string): Promise<string> {
    const answer = await fetch(this.#url, { method: "POST", body: sql });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    return text;
  }

  /** Starts it and waits until it answers. @throws Error with what it said when it ends or does not answer */
  async start(): Promise<void> {
    const child = spawn("python3", this.#arguments, { stdio: ["pipe", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString("utf8");
    });
    this.#process = child;
    const deadline = Date.now() + START_WITHIN_MS;
    while (!(await this.#answers())) {
      if (child.exitCode !== null) throw new Error(`the node ended with ${child.exitCode}: ${said}`);
      if (Date.now() > deadline) throw new Error(`the node did not answer within ${START_WITHIN_MS / 1000} s: ${said}`);
      await pause(ASK_EVERY_MS);
    }
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }

  async #answers(): Promise<boolean> {
    try {
      return (await this.query("SELECT 1")) === "1\n";
    } catch {
      return false;
    }
  }
}

/** A cluster of two shards on this machine, with data of its own. It ends with this process at the latest. */
export interface ClickHouseCluster {
  readonly nodes: readonly [ClusterNode, ClusterNode];
  /** Makes an empty database on both nodes. @returns the environment by which Touchline works there */
  createDatabase(name: string): Promise<{ CLICKHOUSE_URL: string; CLICKHOUSE_CLUSTER: string }>;
  /** Ends the nodes and removes their data. */
  stop(): Promise<void>;
}

interface ClusterOptions {
  /** True where no node is to be killed: the nodes then speak to one another by relays, which keep them from ending by a reset. */
  readonly isRelayed?: boolean;
}

export async function startClickHouseCluster({ isRelayed = false }: ClusterOptions = {}): Promise<ClickHouseCluster> {
  const folder = mkdtempSync(join(tmpdir(), "touchline-cluster-"));
  const free = await freePorts(4);
  const ports = [
    { tcp: free[0]!, http: free[1]! },
    { tcp: free[2]!, http: free[3]! },
  ];
  const relays = isRelayed ? await Promise.all(ports.map(({ tcp }) => startRelay(tcp))) : [];
  const [first, second] = ports.map((own, i) => {
    const data = join(folder, `node-${i + 1}`);
    mkdirSync(data);
    const configFile = join(folder, `node-${i + 1}.xml`);
    // A node knows itself by its own port.
    writeFileSync(configFile, configuration(ports.map(({ tcp }, j) => (i === j ? tcp : (relays[j]?.port ?? tcp)))));
    return new ClusterNode(configFile, data, own);
  });
  const nodes = [first!, second!] as const;
  const stop = async () => {
    await Promise.all(nodes.map((node) => node.kill()));
    await Promise.all(relays.map((relay) => relay.close()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await Promise.all(nodes.map((node) => node.start()));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    nodes,
    stop,
    async createDatabase(name) {
      for (const node of nodes) await node.query(`CREATE DATABASE ${name} ENGINE = Atomic`);
      return {
        CLICKHOUSE_URL: nodes.map(({ url }) => `${url}/${name}`).join(","),
        CLICKHOUSE_CLUSTER: CLUSTER_NAME,
      };
    },
  };
}

/** What a node is told of the cluster. @param tcpPorts by which it reaches the nodes */
function configuration(tcpPorts: readonly number[]): string {
  const shards = tcpPorts.map((port) => `<shard><replica><host>127.0.0.1</host><port>${port}</port></replica></shard>`);
  return `<clickhouse><remote_servers><${CLUSTER_NAME}>${shards.join("")}</${CLUSTER_NAME}></remote_servers></clickhouse>\n`;
}
