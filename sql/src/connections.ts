import { Engine } from "./engine.ts";
import { type WarehouseLocation, withoutSecret } from "./engine-clients.ts";
import { WarehouseUnavailable } from "./engine-error.ts";
import type { Cluster, ClusterLocation, Shard } from "./nodes.ts";

interface ShardRow {
  readonly number: number;
  readonly weight: number;
  readonly isLocal: number;
}

/**
 * Opens the engine that a location names; of a cluster every node.
 * @throws WarehouseUnavailable with one sentence when one of them cannot be used, or the cluster is another one than the addresses say
 */
export async function openEngine(location: WarehouseLocation): Promise<Engine> {
  const home = await Engine.open(location);
  if (location.kind === "folder" || location.cluster === undefined) return home;
  const opened = [home];
  try {
    for (const url of location.cluster.otherUrls) opened.push(await Engine.open({ ...location, url }));
    return home.within(await clusterOf(location.cluster, opened));
  } catch (error) {
    await Promise.all(opened.map((engine) => engine.close()));
    throw error;
  }
}

async function clusterOf({ name }: ClusterLocation, nodes: readonly Engine[]): Promise<Cluster> {
  const [home] = nodes;
  const database = await databaseOf(home!);
  const shards: Shard[] = [];
  for (const engine of nodes) {
    const address = addressOf(engine);
    const own = await databaseOf(engine);
    if (own !== database)
      throw new WarehouseUnavailable(
        `the ClickHouse node at ${address} has the database ${own} in its address and the first node has ${database}: give every address the same database`,
      );
    shards.push(await shardOf(engine, address, name));
  }
  const rows = await rowsOf(home!, name);
  const missing = rows.filter(({ number }) => !shards.some((shard) => shard.number === number));
  if (missing.length > 0 || new Set(shards.map(({ number }) => number)).size !== shards.length)
    throw new WarehouseUnavailable(
      `the cluster ${name} has ${rows.length} shards and CLICKHOUSE_URL leads to ${shards.map(({ number }) => number).join(", ")}: give it one address of each shard, between commas`,
    );
  return { name, database, shards };
}

async function shardOf(engine: Engine, address: string, name: string): Promise<Shard> {
  const rows = await rowsOf(engine, name);
  const own = rows.find(({ isLocal }) => isLocal === 1);
  if (own === undefined)
    throw new WarehouseUnavailable(
      `the ClickHouse node at ${address} is not in a cluster ${name}: name it in remote_servers of every node, and the cluster in CLICKHOUSE_CLUSTER`,
    );
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  const first = rows.filter(({ number }) => number < own.number).reduce((sum, { weight }) => sum + weight, 0);
  return {
    engine,
    address,
    number: own.number,
    // As the engine deals rows to shards: by what is left of the key, in slots of their weights.
    owns: (key) => `(${key}) % ${total} BETWEEN ${first} AND ${first + own.weight - 1}`,
  };
}

async function rowsOf(engine: Engine, name: string): Promise<ShardRow[]> {
  return (await engine.rows(
    "shards-of-cluster",
    `SELECT toUInt32(shard_num) AS number, toUInt32(any(shard_weight)) AS weight, max(is_local) AS isLocal
     FROM system.clusters WHERE cluster = {name:String} GROUP BY shard_num ORDER BY number`,
    { name },
  )) as ShardRow[];
}

async function databaseOf(engine: Engine): Promise<string> {
  const [row] = (await engine.rows("current-database", "SELECT currentDatabase() AS name")) as { name: string }[];
  return row!.name;
}

function addressOf({ location }: Engine): string {
  return location.kind === "server" ? withoutSecret(location.url) : location.path;
}
