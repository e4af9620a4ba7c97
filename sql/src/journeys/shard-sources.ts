import { bookedByPerson } from "../conversions/booked-by-person.ts";
import type { Engine } from "../engine.ts";
import { MEMBERS } from "../identities/members.ts";
import { quoteText } from "../imports/quoting.ts";
import type { Cluster } from "../nodes.ts";
import { onEveryShard, shardName } from "../shards.ts";
import type { JourneySources } from "./journey-statements.ts";

/*
 * A person's journeys are built on the person's shard, where most of its touches are already: those of visitors whose person belongs to
 * another shard (strays) are copied there for the time of a build. Who is who and what was sold is on the first node, which deals
 * each shard its own rows of it. So touches stay where they are but for strays.
 */

const TOUCH = {
  workspace_id: "LowCardinality(String)",
  visitor_id: "UInt64",
  occurred_at: "DateTime64(3, 'UTC')",
  event_id: "String",
  channel: "LowCardinality(String)",
  campaign: "LowCardinality(String)",
  interaction: "LowCardinality(String)",
  creative: "LowCardinality(String)",
  device: "LowCardinality(String)",
  country: "LowCardinality(String)",
  region: "LowCardinality(String)",
  source: "LowCardinality(String)",
  medium: "LowCardinality(String)",
  expires_on: "Date",
} as const;
const TOUCH_NAMES = Object.keys(TOUCH).join(", ");

const SOLD = {
  person_id: "UInt64",
  occurred_at: "DateTime64(3, 'UTC')",
  conversion_type: "LowCardinality(String)",
  revenue: "Decimal(38, 9)",
  margin: "Nullable(Decimal(38, 9))",
  product_group: "LowCardinality(String)",
  region: "LowCardinality(String)",
  customer_type: "String",
} as const;
const SOLD_NAMES = Object.keys(SOLD).join(", ");

const columns = (types: Readonly<Record<string, string>>) =>
  Object.entries(types)
    .map(([name, type]) => `${name} ${type}`)
    .join(", ");

interface SourceTables {
  /** Linked ids of visitors whose touches are on the shard. */
  readonly linked: string;
  /** Linked ids of the shard's persons. */
  readonly members: string;
  readonly booked: string;
  readonly strays: string;
}

/** Runs the work with what each shard builds its journeys of, in tables that are gone afterwards. */
export async function withShardSources(
  home: Engine,
  cluster: Cluster,
  name: string,
  params: Record<string, unknown>,
  work: (sources: JourneySources) => Promise<void>,
): Promise<void> {
  const tables: SourceTables = {
    linked: `${name}_linked`,
    members: `${name}_members`,
    booked: `${name}_booked`,
    strays: `${name}_strays`,
  };
  try {
    await onEveryShard(cluster.shards, ({ engine }) => createTables(engine, tables));
    await deal(home, cluster, tables, params);
    await onEveryShard(cluster.shards, ({ engine, owns }) =>
      engine.run("move-strays", moveStrays(cluster, tables, owns("cityHash64(person_id)")), params),
    );
    await work(sourcesOf(tables));
  } finally {
    await onEveryShard(cluster.shards, async ({ engine }) => {
      for (const table of Object.values(tables))
        await engine.run("drop-journey-build", `DROP TABLE IF EXISTS ${table} SYNC`);
    });
  }
}

async function createTables(engine: Engine, { linked, members, booked, strays }: SourceTables): Promise<void> {
  const link = "visitor_id UInt64, person_id UInt64";
  for (const sql of [
    `CREATE TABLE ${linked} (${link}) ENGINE = MergeTree ORDER BY visitor_id`,
    `CREATE TABLE ${members} (${link}) ENGINE = MergeTree ORDER BY visitor_id`,
    `CREATE TABLE ${booked} (${columns(SOLD)}) ENGINE = MergeTree ORDER BY (person_id, occurred_at)`,
    `CREATE TABLE ${strays} (${columns(TOUCH)}, person_id UInt64) ENGINE = MergeTree ORDER BY (visitor_id, occurred_at) TTL expires_on DELETE`,
  ])
    await engine.run("create-journey-build", sql);
}

/** A table of every node to insert INTO, each row going to the shard of its key. */
function dealt({ name, database }: Cluster, table: string, key: string): string {
  return `FUNCTION cluster(${quoteText(name)}, ${quoteText(database)}, ${quoteText(table)}, cityHash64(${key}))`;
}

/** Gives each shard its visitors, its persons and what they bought. */
async function deal(
  home: Engine,
  cluster: Cluster,
  { linked, members, booked }: SourceTables,
  params: Record<string, unknown>,
): Promise<void> {
  const link = `(visitor_id, person_id) SELECT visitor_id, person_id FROM ${MEMBERS} AS members`;
  await home.run("deal-linked-visitors", `INSERT INTO ${dealt(cluster, linked, "visitor_id")} ${link}`, params);
  await home.run("deal-members", `INSERT INTO ${dealt(cluster, members, "person_id")} ${link}`, params);
  await home.run(
    "deal-conversions",
    `INSERT INTO ${dealt(cluster, booked, "person_id")} (${SOLD_NAMES})
     SELECT ${SOLD_NAMES} FROM ${bookedByPerson()} AS sold WHERE person_id != 0`,
    params,
  );
}

const moveStrays = (cluster: Cluster, { linked, strays }: SourceTables, isOwn: string) => {
  const elsewhere = `(SELECT visitor_id, person_id FROM ${linked} WHERE NOT (${isOwn}))`;
  return `
    INSERT INTO ${dealt(cluster, strays, "person_id")} (${TOUCH_NAMES}, person_id)
    SELECT ${Object.keys(TOUCH)
      .map((name) => `touch.${name}`)
      .join(", ")}, stray.person_id
    FROM (
      SELECT ${TOUCH_NAMES} FROM ${shardName("touchpoints")}
      WHERE workspace_id = {workspaceId:String} AND visitor_id IN (SELECT visitor_id FROM ${elsewhere} AS stray)
    ) AS touch
    INNER JOIN ${elsewhere} AS stray ON touch.visitor_id = stray.visitor_id`;
};

function sourcesOf({ linked, members, booked, strays }: SourceTables): JourneySources {
  const touchpoints = shardName("touchpoints");
  return {
    touchpoints,
    personTouches: `(SELECT ${TOUCH_NAMES} FROM ${touchpoints} UNION ALL SELECT ${TOUCH_NAMES} FROM ${strays}) AS all_touches`,
    notAlone: `SELECT visitor_id FROM (SELECT visitor_id FROM ${linked} UNION ALL SELECT person_id AS visitor_id FROM ${booked})`,
    members: `(SELECT visitor_id, person_id FROM ${members})`,
    convertedPersons: `(SELECT person_id, occurred_at FROM ${booked})`,
    bookedByPerson: booked,
  };
}
