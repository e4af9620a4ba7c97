import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeSimulatedShop } from "@touchline/server/demo";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEntries, openStore, proposals, rebalancingRuns, type Store } from "../../server/src/store/index.ts";
import { type ClickHouseNode, startNode } from "../support/clickhouse/node.ts";
import { type RunningServer, runTouchline, startServer } from "../support/process.ts";
import { type PostgresServer, startPostgres } from "./postgres-server.ts";

const PROCESS = fileURLToPath(new URL("../support/rebalance-process.ts", import.meta.url));
const SECRET = "the same on every machine";
/** Of the shop's last days, so that nothing of it is stale; the servers go by the clock, and take what is left to them. */
const NOW = "2026-11-01T06:10:00Z";

let folder: string;
let events: ClickHouseNode;
let accounts: PostgresServer;
let env: Record<string, string>;
let store: Store;

/** A data folder of a process's own: what they share is on the servers. */
function ownFolder(name: string): string {
  mkdirSync(join(folder, name), { recursive: true });
  return join(folder, name);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "touchline-weekly-"));
  [events, accounts] = await Promise.all([startNode(), startPostgres()]);
  env = {
    CLICKHOUSE_URL: await events.createDatabase("weekly"),
    ...{ DATABASE_URL: accounts.url, TOUCHLINE_SECRET: SECRET, TOUCHLINE_LOG_LEVEL: "error" },
  };
  const shop = await writeSimulatedShop(join(folder, "shop"), { people: 600, days: 60, seed: 9 });
  for (const kind of ["touchpoints", "spend", "conversions"] as const) {
    const done = await runTouchline(["import", kind, shop[kind], "--data", ownFolder("import")], { env });
    if (done.exitCode !== 0) throw new Error(done.stderr);
  }
  store = await openStore({ url: accounts.url }, Buffer.alloc(32));
}, 180_000);
afterAll(async () => {
  await store?.close();
  await Promise.all([events?.stop(), accounts?.close()]);
  rmSync(folder, { recursive: true, force: true });
});

const rebalance = (name: string, moment = "never") =>
  runTouchline([ownFolder(name), NOW, moment, "rebalance", "--json"], { env, program: ["--import", "tsx", PROCESS] });

async function left() {
  const own = store.in("default");
  const entries = await own.select(auditEntries);
  const ended = entries.filter(({ action }) => /^rebalancing\.(proposed|nothing|blocked|failed)$/.test(action));
  return { runs: await own.select(rebalancingRuns), proposals: await own.select(proposals), ended: ended.length };
}

test("two servers and a command that look at the same moment do one run", async () => {
  // The run stands in the store before anybody looks: killed in its first step, by a process that is gone.
  expect((await rebalance("killed", "after 1")).exitCode).toBe(-1);
  expect((await left()).runs).toHaveLength(1);
  const servers: RunningServer[] = [];
  const serving = (name: string) => startServer(["serve", "--data", ownFolder(name)], { env });
  const [one, other, command] = await Promise.all([serving("one"), serving("other"), rebalance("command")]);
  servers.push(one, other);
  expect([0, 4]).toContain(command.exitCode);
  await expect.poll(async () => (await left()).runs[0]?.state, { timeout: 90_000, interval: 500 }).not.toBe("underway");
  const { runs, proposals: put, ended } = await left();
  expect(runs).toHaveLength(1);
  expect([runs[0]!.attempts, runs[0]!.steps.filter(({ state }) => state === "failed")]).toEqual([2, []]);
  expect(ended).toBe(1);
  expect(put.map(({ id }) => id)).toEqual(runs[0]!.proposalId === null ? [] : [runs[0]!.proposalId]);
  await Promise.all(servers.map((server) => server.stop()));
}, 180_000);

test("three commands that start at the same moment do one run", async () => {
  const own = store.in("default");
  for (const table of [rebalancingRuns, proposals]) await own.remove(table, sql`true`);
  const done = await Promise.all(["a", "b", "c"].map((name) => rebalance(name)));
  const runs = done.map(({ stdout }) => JSON.parse(stdout) as { id: string; state: string });
  expect(new Set(runs.map(({ id }) => id)).size).toBe(1);
  // One did it; the others were told that it is under way, or that it stands.
  for (const { exitCode } of done) expect([0, 4]).toContain(exitCode);
  expect(done.filter(({ exitCode }) => exitCode === 0).length).toBeGreaterThan(0);
  const now = await left();
  expect([now.runs.length, now.proposals.length, now.runs[0]!.attempts]).toEqual([1, 1, 1]);
}, 180_000);
