import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

async function answersOf(dataFolder: string, env: Env): Promise<unknown[]> {
  const answers: unknown[] = [await reportOf(dataFolder, env)];
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
  await server.stop();
  before = await answersOf(data, {});
});

afterAll(async () => {
  await node?.stop();
  await postgres?.close();
  rmSync(folder, { recursive: true, force: true });
});

const migrate = () => [
  ...["migrate", "--to", servers.CLICKHOUSE_URL, "--store-to", servers.DATABASE_URL, "--data", data],
];

test("a move that is killed leaves the folder as it was, and a half-filled server is served to nobody", async () => {
  const child = startTouchline(migrate());
  const ended = new Promise((done) => child.on("close", done));
  const marked = () =>
    node.rows("SELECT 1 FROM system.tables WHERE database = 'moved' AND name = 'restore_unfinished'");
  await expect.poll(async () => (await marked()).length, { interval: 20, timeout: 120_000 }).toBe(1);
  child.kill("SIGKILL");
  await ended;
  expect(await run(["imports", "--json", "--data", data])).toContain("touchpoints");
  const half = await runTouchline(["imports", "--data", join(folder, "half")], { env: servers });
  expect(half).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/did not come to its end/) });
});

test("the same command goes on, and the servers give the same answers and the same report", async () => {
  const { rows, tables } = JSON.parse(await run([...migrate(), "--json"])) as {
    rows: number;
    tables: { table: string; rows: number }[];
  };
  expect(tables).toContainEqual({ table: "touchpoints", rows: 3_000 });
  expect(rows).toBe(tables.reduce((sum, each) => sum + each.rows, 0));
  expect(await answersOf(data, servers)).toEqual(before);
});

test("a move that was stopped between its last steps is finished by the same command", async () => {
  const mark = join(data, "moved");
  const said = readFileSync(mark, "utf8");
  rmSync(mark);
  await run(migrate());
  const { at: _then, ...before } = JSON.parse(said) as Record<string, unknown>;
  expect(JSON.parse(readFileSync(mark, "utf8"))).toMatchObject(before);
  expect(existsSync(join(data, "moving"))).toBe(false);
});

test("who had an account signs in on the servers, and the audit is unbroken", async () => {
  const server = await startServer(["serve", "--data", data], { env: servers });
  try {
    const olga = await signedIn(server.url, { workspace: "default" });
    const notes = JSON.stringify(await olga.ask("annotations.list", { range: MONTH }));
    expect(notes).toContain("Spring sale");
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

test("a backup of the servers comes back in a folder with the same answers and accounts", async () => {
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
