import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openHouse } from "@touchline/server/house";
import { hashIdentifier } from "@touchline/sql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readMigrations } from "../../sql/src/migrate.ts";
import { conversion, touch } from "../support/events.ts";
import { runTouchline } from "../support/process.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "touchline-upgrade-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What version 0.1 kept under raw ids, as its first migration left it when migration 0005 sets it aside. */
const OLD_TOUCHPOINTS = `
  CREATE TABLE touchpoints_before_0005 (workspace_id LowCardinality(String), visitor_id String, occurred_at DateTime64(3, 'UTC'), event_id String,
    channel LowCardinality(String), campaign LowCardinality(String), interaction LowCardinality(String), creative LowCardinality(String),
    device LowCardinality(String), country LowCardinality(String), region LowCardinality(String), consent String, source LowCardinality(String),
    medium LowCardinality(String), extra Map(LowCardinality(String), String), import_id UInt32)
  ENGINE = MergeTree PARTITION BY toYear(occurred_at) ORDER BY (workspace_id, visitor_id, occurred_at, event_id)`;
const OLD_CONVERSIONS = `
  CREATE TABLE conversions_before_0005 (workspace_id LowCardinality(String), occurred_at DateTime64(3, 'UTC'), visitor_id String, conversion_id String,
    conversion_type LowCardinality(String), revenue Decimal(38, 9), currency LowCardinality(String), margin Nullable(Decimal(38, 9)), order_id String,
    predicted_value Nullable(Decimal(38, 9)), product_group LowCardinality(String), customer_type LowCardinality(String), region LowCardinality(String),
    extra Map(LowCardinality(String), String), import_id UInt32)
  ENGINE = MergeTree PARTITION BY toYear(occurred_at) ORDER BY (workspace_id, occurred_at, conversion_id)`;

test("data of the version before is carried over at the opening, its visitors hashed by workspace, also after a stop in the middle", async () => {
  const first = await openHouse({ dataFolder: join(folder, "data") });
  const { warehouse } = await first.workspace("one");
  const { engine } = warehouse;
  await engine.run("test", OLD_TOUCHPOINTS);
  await engine.run("test", OLD_CONVERSIONS);
  for (const workspace of ["one", "two"]) {
    await engine.run(
      "test",
      `INSERT INTO touchpoints_before_0005 (workspace_id, visitor_id, occurred_at, event_id, channel, campaign, interaction, import_id)
       VALUES ('${workspace}', 'ann', '2026-03-01 10:00:00', 'e1', 'Search', 'b', 'click', 1), ('${workspace}', 'bob', '2026-03-01 11:00:00', 'e2', 'Email', '', 'open', 1)`,
    );
  }
  await engine.run(
    "test",
    "INSERT INTO conversions_before_0005 (workspace_id, occurred_at, visitor_id, conversion_id, conversion_type, revenue, currency, import_id) VALUES ('one', '2026-03-02 10:00:00', 'ann', 'k1', 'purchase', 100, 'EUR', 1), ('one', '2026-03-02 11:00:00', '', 'k2', 'purchase', 5, 'EUR', 1)",
  );
  // A carrying over that was killed before its old table went has left rows: they are not doubled.
  await engine.run(
    "test",
    "INSERT INTO touchpoints (workspace_id, visitor_id, occurred_at, event_id, channel, expires_on) VALUES ('one', 7, '2026-03-01 10:00:00', 'e1', 'Search', '2099-01-01')",
  );
  await first.close();

  const house = await openHouse({ dataFolder: join(folder, "data") });
  const one = (await house.workspace("one")).warehouse;
  const two = (await house.workspace("two")).warehouse;
  const hashOf = { one: await hashIdentifier(one, "ann"), two: await hashIdentifier(two, "ann") };
  expect(hashOf.one).not.toBe(hashOf.two);
  const touches = await one.engine.rows(
    "test",
    "SELECT toString(workspace_id) AS workspace, toString(visitor_id) AS visitor, event_id FROM touchpoints WHERE channel = 'Search' ORDER BY workspace",
  );
  expect(touches).toEqual([
    { workspace: "one", visitor: hashOf.one, event_id: "e1" },
    { workspace: "two", visitor: hashOf.two, event_id: "e1" },
  ]);
  const conversions = await one.engine.rows(
    "test",
    "SELECT toString(visitor_id) AS visitor, toString(revenue) AS revenue, toString(original_revenue) AS original FROM conversions ORDER BY conversion_id",
  );
  expect(conversions).toEqual([
    { visitor: hashOf.one, revenue: "100", original: "100" },
    { visitor: "0", revenue: "5", original: "5" },
  ]);
  const aside = await one.engine.rows("test", "SELECT name FROM system.tables WHERE endsWith(name, '_before_0005')");
  expect(aside).toEqual([]);
  await house.close();
});

/** Takes the schema of a folder back to what an earlier version left. */
async function downgrade(dataFolder: string, version: number): Promise<void> {
  const { warehouse, close } = await openHouse({ dataFolder });
  for (const migration of readMigrations().reverse()) {
    if (migration.version <= version) break;
    for (const statement of migration.down) await warehouse.engine.run("test", statement);
  }
  await warehouse.engine.run("test", `DELETE FROM schema_migrations WHERE version > ${version}`);
  await close();
}

test("a folder of the release before is brought up to date at its opening: the same answers, and what it knows stays known", async () => {
  const dataFolder = join(folder, "released");
  const run = async (...argv: string[]) => {
    const { exitCode, stdout, stderr } = await runTouchline([...argv, "--json", "--data", dataFolder]);
    if (exitCode !== 0) throw new Error(`touchline ${argv.join(" ")} ended with ${exitCode}: ${stderr}`);
    return JSON.parse(stdout) as Record<string, unknown>;
  };
  const write = (name: string, rows: readonly unknown[]) => {
    writeFileSync(join(folder, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    return join(folder, name);
  };
  const many = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n));
  const touches = (count: number) =>
    write(
      `touches-${count}.ndjson`,
      many(count, (n) => touch(`old ${n}`, n)),
    );
  await run("import", "touchpoints", touches(500));
  await run(
    "import",
    "conversions",
    write(
      "sold.ndjson",
      many(80, (n) => conversion(`sold ${n}`, n)),
    ),
  );
  const { run: _before, ...before } = await run("attribute", "--model", "linear");

  await downgrade(dataFolder, 9);
  const { run: _after, ...after } = await run("attribute", "--model", "linear");
  expect(after).toEqual(before);
  expect(await run("import", "touchpoints", touches(700))).toMatchObject({
    imports: [{ stored: 200, duplicates: 500 }],
  });
  // What came before and what came after stand in parts of two shapes.
  expect(await run("import", "touchpoints", touches(720))).toMatchObject({
    imports: [{ stored: 20, duplicates: 700 }],
  });
});
