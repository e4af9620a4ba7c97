import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { resolve } from "node:path";
import type { ClusterLocation } from "@touchline/sql";

/** Where worlds and the processes of tests keep their events; unset: each in its own folder. See test/full/use-warehouse.ts. */
const PLACE_VARIABLE = "TOUCHLINE_TEST_WAREHOUSE";

/** A ClickHouse server, or the nodes of a cluster. */
export interface WarehousePlace {
  /** HTTP addresses without a database: every node gets the databases, the first one is spoken to. */
  readonly nodes: readonly string[];
  /** What the nodes call their cluster, where they are one. */
  readonly cluster?: string;
}

/** Where the events of a data folder are, as a house is told. */
export interface WarehouseAddress {
  readonly serverUrl?: string;
  readonly cluster?: ClusterLocation;
}

const place = (): WarehousePlace | undefined => {
  const said = process.env[PLACE_VARIABLE];
  return said === undefined ? undefined : (JSON.parse(said) as WarehousePlace);
};

export function setWarehousePlace(at: WarehousePlace): void {
  process.env[PLACE_VARIABLE] = JSON.stringify(at);
}

export function unsetWarehousePlace(): void {
  delete process.env[PLACE_VARIABLE];
}

/** The database of a data folder: always the same one, as the folder would be. */
const databaseOf = (dataFolder: string): string =>
  `of_${createHash("sha256").update(resolve(dataFolder)).digest("hex").slice(0, 16)}`;

const TELL = `
  const [sql, ...nodes] = process.argv.slice(1);
  for (const node of nodes) {
    const answer = await fetch(node, { method: "POST", body: sql });
    if (!answer.ok) throw new Error(await answer.text());
  }`;

/** In a process of its own, because processes are started at once and not later. */
function tell({ nodes }: WarehousePlace, sql: string): void {
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", TELL, sql, ...nodes]);
  if (status !== 0) throw new Error(`${sql}: ${stderr.toString("utf8")}`);
}

const made = new Set<string>();

/** Where the events of a data folder are; their database is made where there is none. Nothing is said where folders hold events. */
export function warehouseOf(dataFolder: string): WarehouseAddress {
  const at = place();
  if (at === undefined) return {};
  const database = databaseOf(dataFolder);
  if (!made.has(database)) tell(at, `CREATE DATABASE IF NOT EXISTS ${database} ENGINE = Atomic`);
  made.add(database);
  const [serverUrl, ...otherUrls] = at.nodes.map((node) => `${node}/${database}`);
  return { serverUrl: serverUrl!, ...(at.cluster === undefined ? {} : { cluster: { name: at.cluster, otherUrls } }) };
}

/** The same as the environment of a process says it. */
export function warehouseEnvironment(dataFolder: string): Record<string, string> {
  const { serverUrl, cluster } = warehouseOf(dataFolder);
  if (serverUrl === undefined) return {};
  if (cluster === undefined) return { CLICKHOUSE_URL: serverUrl };
  return { CLICKHOUSE_URL: [serverUrl, ...cluster.otherUrls].join(","), CLICKHOUSE_CLUSTER: cluster.name };
}

/** Removes the database of a data folder, where it has one: what was made stays known where worlds of both kinds were opened. */
export function dropWarehouseOf(dataFolder: string): void {
  const at = place();
  if (at === undefined || !made.has(databaseOf(dataFolder))) return;
  tell(at, `DROP DATABASE IF EXISTS ${databaseOf(dataFolder)} SYNC`);
  made.delete(databaseOf(dataFolder));
}
