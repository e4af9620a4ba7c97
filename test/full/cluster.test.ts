import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeSimulatedShop } from "@touchline/server/demo";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type ClickHouseCluster, startClickHouseCluster } from "../support/clickhouse/cluster.ts";
import { runTouchline } from "../support/process.ts";

/** Where a command finds its data: in a folder, or on the nodes that the environment names. */
interface Place {
  readonly data: string;
  readonly env: Readonly<Record<string, string>>;
}

const SECRET = { TOUCHLINE_SECRET: "the same on every machine" };
const RUN_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const Imported = z.object({
  imports: z.array(
    z.looseObject({
      received: z.number(),
      stored: z.number(),
      duplicates: z.number(),
      rejected: z.number(),
    }),
  ),
});

let folder: string;
let cluster: ClickHouseCluster;
let files: { touchpoints: string; conversions: string; spend: string; identities: string };

async function answerOf(place: Place, ...argv: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runTouchline([...argv, "--data", place.data, "--json"], {
    env: place.env,
  });
  if (exitCode !== 0) throw new Error(`touchline ${argv.join(" ")} ended with ${exitCode}: ${stderr}`);
  return stdout;
}

/** What does not depend on when it was asked. */
const untimed = (answer: string): string =>
  answer.replaceAll(RUN_ID, "run").replaceAll(/"(?:seconds|[a-zA-Z]*At)":\s*(?:"[^"]*"|[\d.]+)/g, '"time"');

async function onCluster(name: string): Promise<Place> {
  const data = join(folder, name);
  mkdirSync(data);
  return { data, env: { ...SECRET, ...(await cluster.createDatabase(name)) } };
}

function inFolder(name: string): Place {
  return { data: join(folder, name), env: SECRET };
}

async function rowsOnNodes(sql: string): Promise<number[]> {
  return Promise.all(cluster.nodes.map(async (node) => Number(await node.query(sql))));
}

const withoutPrints = (answer: string): string => untimed(answer).replaceAll(/[0-9a-f]{16}/g, "print");

/** The visitors of a file, sorted. */
function visitorsOf(touchpoints: string): string[] {
  const [header, ...lines] = readFileSync(touchpoints, "utf8").trimEnd().split("\n");
  const place = header!.split(",").indexOf("visitor_id");
  return [...new Set(lines.map((line) => line.split(",")[place]!))].filter((visitor) => visitor !== "").sort();
}

/** Every third visitor begins a person of three: most persons have visitors on both shards. */
function writeIdentities(touchpoints: string, path: string): string {
  const visitors = visitorsOf(touchpoints);
  const linked = visitors.slice(0, Math.floor(visitors.length / 2));
  const rows = linked.map((visitor, i) => `${visitor},person-${Math.floor(i / 3)},2026-01-01T00:00:00Z`);
  writeFileSync(path, `visitor_id,person_id,linked_at\n${rows.join("\n")}\n`);
  return path;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "touchline-cluster-test-"));
  cluster = await startClickHouseCluster();
  const shop = await writeSimulatedShop(folder, { people: 2_000, days: 120 });
  files = { ...shop, identities: writeIdentities(shop.touchpoints, join(folder, "identities.csv")) };
});
afterAll(async () => {
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe("the same data on two shards and in a data folder", () => {
  let there: Place;
  let here: Place;

  const both = (...argv: string[]) => Promise.all([answerOf(there, ...argv), answerOf(here, ...argv)]);

  beforeAll(async () => {
    there = await onCluster("shop");
    here = inFolder("embedded");
    await both("settings", "--time-zone", "Europe/Paris");
  });

  test.each(["touchpoints", "conversions", "spend", "identities"] as const)(
    "%s are imported with the same report",
    async (kind) => {
      const [onNodes, embedded] = await both("import", kind, files[kind]);
      expect(untimed(onNodes)).toBe(untimed(embedded));
      expect(Imported.parse(JSON.parse(onNodes)).imports[0]!.stored).toBeGreaterThan(0);
    },
  );

  test("touches lie on both shards, each visitor's on one of them", async () => {
    const rows = await rowsOnNodes("SELECT count() FROM shop.touchpoints_shard");
    expect(Math.min(...rows)).toBeGreaterThan(1_000);
    expect(await rowsOnNodes("SELECT count() FROM shop.touchpoints")).toEqual(rows.map(() => rows[0]! + rows[1]!));
    for (const [i, node] of cluster.nodes.entries())
      expect(
        await node.query(
          `SELECT count() FROM shop.touchpoints_shard WHERE visitor_id != 0 AND cityHash64(visitor_id) % 2 != ${i}`,
        ),
      ).toBe("0\n");
  });

  test("what was imported is known again", async () => {
    const path = join(folder, "touchpoints-again.csv");
    const text = readFileSync(files.touchpoints, "utf8");
    writeFileSync(path, text.slice(0, text.lastIndexOf("\n", text.length / 2) + 1));
    const [onNodes, embedded] = await both("import", "touchpoints", path);
    expect(untimed(onNodes)).toBe(untimed(embedded));
    const [report] = Imported.parse(JSON.parse(onNodes)).imports;
    expect(report!.duplicates).toBe(report!.received);
  });

  const questions = [
    "attribute --model markov",
    "attribute --model incremental",
    "attribute --model linear --by campaign --lookback-days 7",
    "journeys",
    "quality",
  ];
  test.each(questions)("have the same answer to the last digit: %s", async (question) => {
    const [onNodes, embedded] = await both(...question.split(" "));
    expect(untimed(onNodes)).toBe(untimed(embedded));
  });

  test("journeys lie on both shards, each person's on one of them", async () => {
    const rows = await rowsOnNodes("SELECT count() FROM shop.journeys_shard");
    expect(Math.min(...rows)).toBeGreaterThan(100);
    for (const [i, node] of cluster.nodes.entries())
      expect(await node.query(`SELECT count() FROM shop.journeys_shard WHERE cityHash64(visitor_id) % 2 != ${i}`)).toBe(
        "0\n",
      );
  });

  test("a person is erased from every shard", async () => {
    const [onNodes, embedded] = await both("person", "erase", "person-0", "--yes");
    expect(withoutPrints(onNodes)).toBe(withoutPrints(embedded));
    const [touchesThere, touchesHere] = await both("attribute", "--model", "last");
    expect(untimed(touchesThere)).toBe(untimed(touchesHere));
  });

  test("a consent that is withdrawn leaves the same touches as in a folder", async () => {
    const [visitor] = visitorsOf(files.touchpoints).slice(-1);
    const [onNodes, embedded] = await both("person", "withdraw", visitor!, "--yes");
    expect(withoutPrints(onNodes)).toBe(withoutPrints(embedded));
    const [creditThere, creditHere] = await both("attribute", "--model", "linear", "--by", "campaign");
    expect(untimed(creditThere)).toBe(untimed(creditHere));
  });

  test("another time of keeping is written into the rows of every shard", async () => {
    const months = "SELECT dateDiff('month', today(), max(expires_on)) FROM shop.touchpoints_shard";
    expect(await rowsOnNodes(months)).toEqual([25, 25]);
    await both("settings", "--set", "retention.dataMonths=3");
    const [onNodes, embedded] = await both("retention");
    expect(withoutPrints(onNodes)).toBe(withoutPrints(embedded));
    expect(await rowsOnNodes(months)).toEqual([3, 3]);
    const [journeysThere, journeysHere] = await both("journeys");
    expect(untimed(journeysThere)).toBe(untimed(journeysHere));
  });

  test("opening once more changes no table on any node", async () => {
    const made = () =>
      Promise.all(
        cluster.nodes.map((node) =>
          node.query(
            "SELECT name, uuid, metadata_modification_time FROM system.tables WHERE database = 'shop' ORDER BY name",
          ),
        ),
      );
    const before = await made();
    await answerOf(there, "runs", "list");
    expect(await made()).toEqual(before);
  });

  test("a node that an upgrade did not reach is brought up to date, with its rows", async () => {
    const [, second] = cluster.nodes;
    const before = await answerOf(there, "attribute", "--model", "last");
    await second.query("ALTER TABLE shop.touchpoints_shard DROP COLUMN event_hash");
    await second.query("ALTER TABLE shop.schema_migrations DELETE WHERE version = 10 SETTINGS mutations_sync = 2");
    expect(untimed(await answerOf(there, "attribute", "--model", "last"))).toBe(untimed(before));
    const columns = "SELECT name, type FROM system.columns WHERE database = 'shop' ORDER BY table, position";
    const [one, other] = await Promise.all(cluster.nodes.map((node) => node.query(columns)));
    expect(other).toBe(one);
    const [onNodes, embedded] = await both("import", "touchpoints", files.touchpoints);
    expect(untimed(onNodes)).toBe(untimed(embedded));
  });

  test("nothing that a build needed stays behind", async () => {
    expect(
      await rowsOnNodes(
        "SELECT count() FROM system.tables WHERE database = 'shop' AND match(name, '^staging_|_build_')",
      ),
    ).toEqual([0, 0]);
  });
});

test("a node that is down is named, an import there ends undone, and can be repeated once it is back", async () => {
  const place = await onCluster("outage");
  await answerOf(place, "settings", "--time-zone", "Europe/Paris");
  const [, second] = cluster.nodes;
  await second.kill();
  const failed = await runTouchline(["import", "touchpoints", files.touchpoints, "--data", place.data], {
    env: place.env,
  });
  expect(failed.exitCode).not.toBe(0);
  expect(failed.stderr).toContain(new URL(second.url).host);
  await second.start();
  const { imports } = Imported.parse(JSON.parse(await answerOf(place, "import", "touchpoints", files.touchpoints)));
  const [report] = imports;
  expect(report!.received).toBe(report!.stored + report!.duplicates + report!.rejected);
  expect(report!.duplicates).toBe(0);
  const [one, other] = await rowsOnNodes("SELECT count() FROM outage.touchpoints_shard");
  expect(one! + other!).toBe(report!.stored);
});
