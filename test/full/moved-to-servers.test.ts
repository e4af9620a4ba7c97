import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ClickHouseNode, startNode } from "../support/clickhouse/node.ts";
import { conversion, cost, link, touch } from "../support/events.ts";
import { runTouchline, startServer, startTouchline } from "../support/process.ts";
import { ownerOf, signedIn } from "../support/sign-in.ts";
import { type PostgresServer, startPostgres } from "./postgres-server.ts";

/** A folder's data moved to real servers, and back into a folder by a backup: the same answers and reports everywhere. */

type Env = Readonly<Record<string, string>>;

const MONTH = { from: "2026-04-01", to: "2026-04-30" };
const RUN_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const WRITTEN = /^Written on,.*$/m;

let folder: string;
let data: string;
let node: ClickHouseNode;
let postgres: PostgresServer;
let servers: { CLICKHOUSE_URL: string; DATABASE_URL: string };

async function run(argv: readonly string[], env: Env = {}): Promise<string> {
  const { exitCode, stdout, stderr } = await runTouchline(argv, { env });
  if (exitCode !== 0) throw new Error(`touchline ${argv.join(" ")} ended with ${exitCode}: ${stderr}`);
  return stdout;
}

async function importRows(kind: string, rows: readonly unknown[]): Promise<void> {
  const path = join(folder, `${kind}.ndjson`);
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  await run(["import", kind, path, "--data", data]);
}

const many = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

/** What finance reads, without the run and the moment of writing. */
async function reportOf(dataFolder: string, env: Env): Promise<string> {
  const out = join(folder, "report.csv");
  const range = ["--from", MONTH.from, "--to", MONTH.to];
  await run(["report", "roi", ...range, "--format", "csv", "--out", out, "--data", dataFolder], env);
  return readFileSync(out, "utf8").replaceAll(RUN_ID, "run").replace(WRITTEN, "");
}

/** A closed month as its files hold it: to the byte. */
async function closedFilesOf(dataFolder: string, env: Env): Promise<string[]> {
  const files: string[] = [];
  for (const format of ["csv", "xlsx", "pdf"]) {
    const out = join(folder, `closed.${format}`);
    await run(["report", "closed", "2026-04", "--format", format, "--out", out, "--data", dataFolder], env);
    files.push(readFileSync(out).toString("base64"));
  }
  return files;
}

async function answersOf(dataFolder: string, env: Env): Promise<unknown[]> {
  const answers: unknown[] = [await reportOf(dataFolder, env), await closedFilesOf(dataFolder, env)];
  for (const model of ["linear", "markov", "incremental"]) {
    const { run: _, ...answer } = JSON.parse(
      await run(["attribute", "--model", model, "--json", "--data", dataFolder], env),
    ) as Record<string, unknown>;
    answers.push(answer);
  }
  return answers;
}

let before: unknown[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "touchline-moved-"));
  data = join(folder, "data");
  [node, postgres] = await Promise.all([startNode(), startPostgres()]);
  servers = { CLICKHOUSE_URL: await node.createDatabase("moved"), DATABASE_URL: postgres.url };
  await importRows(
    "touchpoints",
    many(3_000, (n) => touch(`touch ${n}`, n)),
  );
  await importRows(
    "conversions",
    many(400, (n) => conversion(`sold ${n}`, n)),
  );
  await importRows(
    "spend",
    many(60, (n) => cost(`campaign ${n}`, n)),
  );
  await importRows(
    "identities",
    many(40, (n) => link(`visitor ${n}`, `person ${n % 13}`)),
  );
  const server = await startServer(["serve", "--data", data]);
  const olga = await ownerOf(server);
  await olga.ask("annotations.add", { from: "2026-04-02", to: "2026-04-02", text: "Spring sale" });
  await olga.ask("reports.close", { month: "2026-04" });
  await server.stop();
});

afterAll(async () => {
  await node?.stop();
  await postgres?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Rows of a question to the PostgreSQL server itself. */
async function inPostgres(text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  try {
    return (await client.query(text)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

/** A database more on the PostgreSQL server. @returns its address */
async function databaseOf(name: string): Promise<string> {
  await inPostgres(`CREATE DATABASE ${name}`);
  return postgres.url.replace(/[^/]*$/, name);
}

const migrate = () => [
  ...["migrate", "--to", servers.CLICKHOUSE_URL, "--store-to", servers.DATABASE_URL, "--data", data],
];

/** Starts the move, ends it the hard way as soon as something is true, and says whether it was still at work. */
async function killedWhen(isTrue: () => Promise<boolean> | boolean): Promise<boolean> {
  const child = startTouchline(migrate());
  const ended = new Promise((done) => child.on("close", done));
  await expect
    .poll(async () => child.exitCode !== null || (await isTrue()), { interval: 5, timeout: 120_000 })
    .toBe(true);
  const isKilled = child.exitCode === null && child.kill("SIGKILL");
  await ended;
  return isKilled;
}

const isInEngine = (table: string) => async () =>
  (await node.rows(`SELECT 1 FROM system.tables WHERE database = 'moved' AND name = '${table}'`)).length > 0;
const isInStore = (table: string) => async () =>
  (await inPostgres(`SELECT to_regclass('public.${table}')::text AS name`))[0]?.name !== null;

test.each<[string, () => Promise<boolean> | boolean]>([
  ["while it copies the folder", () => existsSync(join(data, "moving", "parts"))],
  ["when the server is marked", isInEngine("restore_unfinished")],
  ["when the last table of events is there", isInEngine("touchpoints")],
  ["when the accounts are prepared", isInStore("store_migrations")],
  ["when the accounts are there", isInStore("restore_unfinished")],
])(
  "a move that is killed %s leaves the folder as it was, and a half-filled server is served to nobody",
  async (_, when) => {
    expect(await killedWhen(when)).toBe(true);
    expect(await run(["imports", "--json", "--data", data])).toContain("touchpoints");
    if (!(await isInEngine("restore_unfinished")())) return;
    const half = await runTouchline(["imports", "--data", join(folder, "half")], { env: servers });
    expect(half).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/did not come to its end/) });
  },
);

test("what came into the folder after a move that was killed goes along, and the servers give the same answers and reports", async () => {
  await importRows(
    "touchpoints",
    many(50, (n) => touch(`late ${n}`, n)),
  );
  const server = await startServer(["serve", "--data", data]);
  const olga = await signedIn(server.url, { workspace: "default" });
  await olga.ask("annotations.add", { from: "2026-04-09", to: "2026-04-09", text: "Between two moves" });
  await server.stop();
  before = await answersOf(data, {});
  const { rows, tables } = JSON.parse(await run([...migrate(), "--json"])) as {
    rows: number;
    tables: { table: string; rows: number }[];
  };
  expect(tables).toContainEqual({ table: "touchpoints", rows: 3_050 });
  expect(rows).toBe(tables.reduce((sum, each) => sum + each.rows, 0));
  expect(await answersOf(data, servers)).toEqual(before);
});

test("a move that was stopped before its last step serves nobody, and is finished by the same command", async () => {
  const { backup } = JSON.parse(readFileSync(join(data, "moved"), "utf8")) as { backup: string };
  const mark = `CREATE TABLE moved.restore_unfinished (one UInt8) ENGINE = MergeTree ORDER BY one COMMENT '${backup}'`;
  await node.query(mark);
  await inPostgres("CREATE TABLE restore_unfinished ()");
  const half = await runTouchline(["imports", "--data", data], { env: servers });
  expect(half).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/did not come to its end/) });
  expect(await run(migrate())).toContain("has now come to its end");
  await inPostgres("CREATE TABLE restore_unfinished ()");
  const accounts = await runTouchline(["audit", "verify", "--data", data], { env: servers });
  expect(accounts).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/did not come to its end/) });
  expect(await run(migrate())).toContain("has now come to its end");
  expect(existsSync(join(data, "moving"))).toBe(false);
});

test("who had an account signs in on the servers, and the audit is unbroken", async () => {
  const server = await startServer(["serve", "--data", data], { env: servers });
  try {
    const olga = await signedIn(server.url, { workspace: "default" });
    const notes = JSON.stringify(await olga.ask("annotations.list", { range: MONTH }));
    expect(notes).toContain("Spring sale");
    expect(notes).toContain("Between two moves");
  } finally {
    await server.stop();
  }
  await run(["audit", "verify", "--data", data], servers);
});

test("nobody goes on with the folder by accident", async () => {
  const alone = await runTouchline(["imports", "--data", data]);
  expect(alone).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/were moved to .* set CLICKHOUSE_URL/) });
  const { CLICKHOUSE_URL } = servers;
  const half = await runTouchline(["imports", "--data", data], { env: { CLICKHOUSE_URL } });
  expect(half).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/set DATABASE_URL/) });
  const again = await runTouchline(migrate());
  expect(again).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/were moved to/) });
});

test("a folder that holds nothing is not moved", async () => {
  const refused = await runTouchline(["migrate", "--to", servers.CLICKHOUSE_URL, "--data", join(folder, "mistyped")]);
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/holds no data/) });
  expect(existsSync(join(folder, "mistyped"))).toBe(false);
});

test("a server that holds something else is not written into", async () => {
  const other = join(folder, "other");
  await run(["settings", "--time-zone", "Europe/Paris", "--data", other]);
  const refused = await runTouchline(["migrate", "--to", servers.CLICKHOUSE_URL, "--data", other]);
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/is not empty/) });
  await run(["settings", "--json", "--data", other]);
});

test("accounts that stayed in the folder follow later by the same command", async () => {
  const later = join(folder, "later");
  const to = ["--to", await node.createDatabase("later"), "--data", later];
  await run(["settings", "--time-zone", "Europe/Paris", "--data", later]);
  const first = await startServer(["serve", "--data", later]);
  await ownerOf(first, { email: "lea@shop.example", name: "Lea" });
  await first.stop();
  expect(await run(["migrate", ...to])).toContain(`stay in ${later}`);
  const env = { CLICKHOUSE_URL: to[1]!, DATABASE_URL: await databaseOf("later") };
  expect(await run(["migrate", ...to, "--store-to", env.DATABASE_URL])).toMatch(
    /rows of accounts, plans and audit moved/,
  );
  const server = await startServer(["serve", "--data", later], { env });
  try {
    await signedIn(server.url, { email: "lea@shop.example", workspace: "default" });
  } finally {
    await server.stop();
  }
  await run(["audit", "verify", "--data", later], env);
});

test("a backup of the servers comes back in a folder with the same answers, reports and accounts", async () => {
  const backups = join(folder, "backups");
  await run(["backup", "--to", backups, "--data", data], servers);
  const restored = join(folder, "restored");
  await run(["restore", "--from", backups, "--data", restored]);
  expect(await answersOf(restored, {})).toEqual(before);
  const server = await startServer(["serve", "--data", restored]);
  try {
    await signedIn(server.url, { workspace: "default" });
  } finally {
    await server.stop();
  }
  await run(["audit", "verify", "--data", restored]);
});
