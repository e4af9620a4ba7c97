import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { resolve } from "node:path";

/** Where worlds and the processes of tests keep their events; unset: each in its own folder. See test/full/use-warehouse.ts. */
const PLACE_VARIABLE = "TOUCHLINE_TEST_WAREHOUSE";

/** A ClickHouse server, or the nodes of a cluster. */
export interface WarehousePlace {
  /** HTTP addresses without a database: every node gets the databases, the first one is spoken to. */
  readonly nodes: readonly string[];
  /** What Touchline's environment says beside CLICKHOUSE_URL. */
  readonly env: Readonly<Record<string, string>>;
}

const place = (): WarehousePlace | undefined => {
  const said = process.env[PLACE_VARIABLE];
  return said === undefined ? undefined : (JSON.parse(said) as WarehousePlace);
};

export function setWarehousePlace(at: WarehousePlace): void {
  process.env[PLACE_VARIABLE] = JSON.stringify(at);
  Object.assign(process.env, at.env);
}

export function unsetWarehousePlace(): void {
  for (const name of Object.keys(place()?.env ?? {})) delete process.env[name];
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

/** The CLICKHOUSE_URL of a data folder, whose database is made where there is none. @returns undefined where folders hold events */
export function warehouseUrlOf(dataFolder: string): string | undefined {
  const at = place();
  if (at === undefined) return undefined;
  const database = databaseOf(dataFolder);
  if (!made.has(database)) tell(at, `CREATE DATABASE IF NOT EXISTS ${database} ENGINE = Atomic`);
  made.add(database);
  return `${at.nodes[0]}/${database}`;
}

/** Removes the database of a data folder, where it has one: what was made stays known where worlds of both kinds were opened. */
export function dropWarehouseOf(dataFolder: string): void {
  const at = place();
  if (at === undefined || !made.has(databaseOf(dataFolder))) return;
  tell(at, `DROP DATABASE IF EXISTS ${databaseOf(dataFolder)} SYNC`);
  made.delete(databaseOf(dataFolder));
}
