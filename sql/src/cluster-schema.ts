import { tablesSetAside } from "./carry-over.ts";
import type { Engine } from "./engine.ts";
import { WarehouseUnavailable } from "./engine-error.ts";
import { quoteText } from "./imports/quoting.ts";
import { createMigrationsTable, type MigrationTarget, migrate, pendingMigrations } from "./migrate.ts";
import type { Cluster, Shard } from "./nodes.ts";
import { SHARDED_TABLES, SHARDING_KEYS, shardName } from "./shards.ts";

const SPREAD = new RegExp(`\\b(${SHARDED_TABLES.join("|")})\\b`, "g");

/** A node as migrations see it: what one server would hold is the node's part. */
function nodeTarget({ engine }: Shard): MigrationTarget {
  return {
    run: (name, sql, params) => engine.run(name, sql.replace(SPREAD, shardName("$1")), params),
    rows: (name, sql) => engine.rows(name, sql),
  };
}

/** True where a node lacks a migration, or a table over all shards. */
export async function isClusterBehind(cluster: Cluster): Promise<boolean> {
  for (const shard of cluster.shards) {
    await createMigrationsTable(shard.engine);
    if ((await pendingMigrations(shard.engine)).length > 0 || !(await isSpread(shard))) return true;
  }
  return false;
}

/** Brings every node up to this version, one after the other: a node that is up to date is not touched. */
export async function migrateCluster(cluster: Cluster): Promise<void> {
  for (const shard of cluster.shards) {
    await createMigrationsTable(shard.engine);
    await migrate(nodeTarget(shard));
    // Clusters are younger than what was ever carried over: nothing is in these.
    for (const table of await tablesSetAside(shard.engine))
      await shard.engine.run("drop-empty-table", `DROP TABLE IF EXISTS ${table} SYNC`);
    if (!(await isSpread(shard))) await spread(cluster, shard);
  }
}

/** @throws WarehouseUnavailable where the data was made by one server alone, or for another number of shards */
export async function requireClusterOf(engine: Engine): Promise<void> {
  const { cluster } = engine;
  const rows = (await engine.rows(
    "way-of-touchpoints",
    "SELECT engine = 'Distributed' AS isSpread FROM system.tables WHERE database = currentDatabase() AND name = 'touchpoints'",
  )) as { isSpread: number }[];
  const isOfCluster = rows[0]?.isSpread === 1;
  if (cluster === null && isOfCluster)
    throw new WarehouseUnavailable(
      "the data in this database is spread over a cluster: give CLICKHOUSE_URL the addresses of all its nodes, and its name in CLICKHOUSE_CLUSTER",
    );
  if (cluster !== null && rows.length > 0 && !isOfCluster)
    throw new WarehouseUnavailable(
      "the data in this database was made on one server: make an empty database on every node of the cluster and import there, or take away CLICKHOUSE_CLUSTER",
    );
  if (cluster !== null && isOfCluster) await requireSameShards(cluster);
}

/** Rows are where their keys say: with more or fewer shards they would be looked for where they are not. */
async function requireSameShards({ shards }: Cluster): Promise<void> {
  for (const { engine, address, owns } of shards) {
    const [row] = (await engine.rows(
      "strangers-on-shard",
      `SELECT 1 AS stranger FROM (SELECT visitor_id FROM ${shardName("touchpoints")} WHERE visitor_id != 0 LIMIT 100) WHERE NOT (${owns("cityHash64(visitor_id)")}) LIMIT 1`,
    )) as { stranger: number }[];
    if (row !== undefined)
      throw new WarehouseUnavailable(
        `the ClickHouse node at ${address} holds visitors of other shards: the cluster had other shards or another order when they were imported, so put those back, or import into empty databases`,
      );
  }
}

async function isSpread({ engine }: Shard): Promise<boolean> {
  const [row] = (await engine.rows(
    "spread-tables",
    `SELECT countIf(columns[1] = columns[2]) = ${SHARDED_TABLES.length} AS isSpread
     FROM (
       SELECT replaceOne(table, ${quoteText(shardName(""))}, '') AS whole,
         arraySort(groupArray((table, own))).2 AS columns
       FROM (SELECT table, groupArray((name, type)) AS own FROM (SELECT table, name, type FROM system.columns WHERE database = currentDatabase() ORDER BY table, position) GROUP BY table)
       GROUP BY whole
       HAVING whole IN (${SHARDED_TABLES.map(quoteText).join(", ")}) AND length(columns) = 2)`,
  )) as { isSpread: number }[];
  return row?.isSpread === 1;
}

/** The tables over all shards, with the columns that a node's parts have now. */
async function spread({ name, database }: Cluster, { engine }: Shard): Promise<void> {
  for (const table of SHARDED_TABLES) {
    const of = [quoteText(name), quoteText(database), shardName(table), SHARDING_KEYS[table]].join(", ");
    await engine.run(
      "spread-table",
      `CREATE OR REPLACE TABLE ${table} AS ${shardName(table)} ENGINE = Distributed(${of})`,
    );
  }
}
