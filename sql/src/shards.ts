import type { Engine } from "./engine.ts";
import { quoteText } from "./imports/quoting.ts";
import type { Shard } from "./nodes.ts";

/** The tables that a cluster spreads over its nodes, each with the key by which it does. All others are on the first node. */
export const SHARDING_KEYS = {
  // A touch of nobody counts in totals only: it may be anywhere, so not all on one shard.
  touchpoints: "if(visitor_id = 0, cityHash64(event_id), cityHash64(visitor_id))",
  journeys: "cityHash64(visitor_id)",
} as const;

const SUFFIX = "_shard";
const AT_HOME = /\b(FROM|JOIN) (persons|identities|conversions|adjustments|imports|rejected_rows)\b/g;

/** Every spread table with what it is on a shard. */
export const SHARDED_TABLES = Object.keys(SHARDING_KEYS) as (keyof typeof SHARDING_KEYS)[];

function isSharded(table: string): boolean {
  return Object.hasOwn(SHARDING_KEYS, table);
}

/** True for a table that is a shard's part of another one. */
export function isShardTable(name: string): boolean {
  return name.endsWith(SUFFIX) && isSharded(name.slice(0, -SUFFIX.length));
}

export const shardName = (table: string): string => `${table}${SUFFIX}`;

/** The table that holds a node's own rows of this one: what is altered, and what passing tables are made like. */
export function ownTable({ cluster }: Engine, table: string): string {
  return cluster !== null && isSharded(table) ? shardName(table) : table;
}

/** SQL as any node can run it: what is on the first node only is read from there. */
export function readFromAnywhere({ cluster }: Engine, sql: string): string {
  if (cluster === null) return sql;
  const [name, database] = [quoteText(cluster.name), quoteText(cluster.database)];
  return sql.replace(AT_HOME, (_, word: string, table: string) => `${word} cluster(${name}, ${database}, '${table}')`);
}

/**
 * Changes a table in place wherever its rows are: `ALTER TABLE` with this after it. All nodes are asked at once, and all have ended
 * when this returns or throws.
 */
export async function alterTable(
  engine: Engine,
  name: string,
  table: string,
  change: string,
  params: Record<string, unknown> = {},
): Promise<void> {
  if (engine.cluster === null || !isSharded(table)) return engine.run(name, `ALTER TABLE ${table} ${change}`, params);
  const text = `ALTER TABLE ${shardName(table)} ${readFromAnywhere(engine, change)}`;
  await onEveryShard(engine.cluster.shards, (shard) => shard.engine.run(name, text, params));
}

/** Work on all shards at once. @throws the first failure, once none is at work any more */
export async function onEveryShard(shards: readonly Shard[], work: (shard: Shard) => Promise<void>): Promise<void> {
  const ended = await Promise.allSettled(shards.map(work));
  for (const end of ended) if (end.status === "rejected") throw end.reason;
}
