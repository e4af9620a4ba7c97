import { randomUUID } from "node:crypto";
import type { Engine } from "../engine.ts";
import { JOURNEY_BUILD_PREFIX } from "../passing-tables.ts";
import { onEveryShard, ownTable } from "../shards.ts";
import type { WorkspaceWarehouse } from "../warehouse.ts";
import { JOURNEY_SET, JourneySet } from "./journey-set.ts";
import { type JourneySources, journeyStatements, TOUCHES_AT_ONCE, WHOLE } from "./journey-statements.ts";
import { withShardSources } from "./shard-sources.ts";

/** The set's name as the engine works it out, so that there is one rule for it. */
export async function journeySetName({ engine }: WorkspaceWarehouse, set: JourneySet): Promise<string> {
  const [row] = (await engine.rows("journey-set", `SELECT ${JOURNEY_SET} AS name`, JourneySet.parse(set))) as {
    name: string;
  }[];
  return row!.name;
}

/**
 * Builds every journey of a set and puts them where they are read, in one step: until then readers see the old ones. On a cluster each
 * shard builds those of its persons, and they are published when all are built.
 * The table that the build is made in is its own, because another process may build at the same time.
 * @param atOnce of more touches than this, converters are built in slices; the journeys are the same
 */
export async function rebuildJourneys(
  warehouse: WorkspaceWarehouse,
  set: JourneySet,
  atOnce: number = TOUCHES_AT_ONCE,
): Promise<void> {
  const { engine, workspaceId } = warehouse;
  const params = { ...JourneySet.parse(set), workspaceId, journeySet: await journeySetName(warehouse, set) };
  const table = `${JOURNEY_BUILD_PREFIX}${randomUUID().replaceAll("-", "")}`;
  const { cluster } = engine;
  const engines = cluster === null ? [engine] : cluster.shards.map((shard) => shard.engine);
  const journeys = ownTable(engine, "journeys");
  try {
    for (const each of engines) await each.run("create-journey-build", `CREATE TABLE ${table} AS ${journeys}`);
    if (cluster === null) await build(engine, table, WHOLE, params, atOnce);
    else
      await withShardSources(engine, cluster, table, params, (sources) =>
        onEveryShard(cluster.shards, (shard) => build(shard.engine, table, sources, params, atOnce)),
      );
    for (const each of engines) await publish(each, table, journeys, params);
  } finally {
    for (const each of engines) await each.run("drop-journey-build", `DROP TABLE IF EXISTS ${table} SYNC`);
  }
}

async function build(
  engine: Engine,
  table: string,
  sources: JourneySources,
  params: Record<string, unknown>,
  atOnce: number,
): Promise<void> {
  const [counted] = (await engine.rows(
    "count-touches-to-build",
    `SELECT toString(count()) AS touches FROM ${sources.touchpoints} WHERE workspace_id = {workspaceId:String}`,
    params,
  )) as { touches: string }[];
  for (const [name, sql] of journeyStatements(table, sources, Number(counted!.touches), atOnce)) {
    await engine.run(name, sql, params);
  }
}

async function publish(
  engine: Engine,
  table: string,
  journeys: string,
  params: Record<string, unknown>,
): Promise<void> {
  const partition = "({workspaceId:String}, {journeySet:String})";
  const [built] = (await engine.rows("count-journeys", `SELECT count() > 0 AS some FROM ${table}`)) as {
    some: number;
  }[];
  // An empty build cannot take the place of anything: the engine refuses that, so the old journeys are dropped.
  const change = built?.some === 1 ? `REPLACE PARTITION ${partition} FROM ${table}` : `DROP PARTITION ${partition}`;
  await engine.run("publish-journeys", `ALTER TABLE ${journeys} ${change}`, params);
}
