import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { command, openReader } from "../bench/dashboard/readers.ts";
import { recordPages } from "../bench/dashboard/walk-pages.ts";
import { highWaterGb, processorSecondsOf } from "../bench/measure.ts";
import { openChromium } from "../browser/chromium.ts";
import { type RunningServer, startServer } from "../support/process.ts";
import { checkTables } from "./check-tables.ts";
import { type LoadResult, printLoad } from "./print-load.ts";
import { sendEvents } from "./sender.ts";
import { planUntil, readUntil } from "./use-dashboard.ts";

interface LoadOptions {
  readonly minutes: number;
  readonly eventsPerSecond: number;
  readonly users: number;
}

/** Readers come from addresses of their own, as they would through a proxy. */
const BEHIND_A_PROXY = { TOUCHLINE_TRUST_PROXY: "1" };

async function openDashboard(server: RunningServer, data: string, users: number) {
  const { browser, close } = await openChromium();
  const pages = await recordPages(browser, server.url).finally(close);
  const readers = [];
  for (let place = 0; place <= users; place++) {
    const reader = await openReader(server.url, data, place);
    reader.from = `198.51.100.${place + 1}`;
    readers.push(reader);
  }
  const planner = readers.pop()!;
  return { pages, readers, planner };
}

async function createKey(data: string): Promise<string> {
  const said = await command(data, "keys", "create", "load", "--json");
  const key = /"key":"([^"]+)"/.exec(said)?.[1];
  if (key === undefined) throw new Error(`no key: ${said}`);
  return key;
}

/** The simulated shop's year behind a real server; events arrive, people read, somebody plans. */
async function load({ minutes, eventsPerSecond, users }: LoadOptions): Promise<LoadResult> {
  const folder = mkdtempSync(join(tmpdir(), "touchline-load-"));
  const data = join(folder, "data");
  const prepared = process.env.TOUCHLINE_BENCH_DATA;
  if (prepared !== undefined) cpSync(prepared, data, { recursive: true });
  const server = await startServer(["demo", "--no-open", "--data", data], { env: BEHIND_A_PROXY });
  try {
    const run = `${Date.now()}`;
    const key = await createKey(data);
    const { pages, readers, planner } = await openDashboard(server, data, users);
    const pid = server.child.pid!;
    const processorBefore = processorSecondsOf(pid) ?? 0;
    const seconds = minutes * 60;
    const deadline = performance.now() + seconds * 1_000;
    const [report, reading, plans] = await Promise.all([
      sendEvents({ url: server.url, key, run, eventsPerSecond, seconds }),
      readUntil(deadline, readers, pages),
      planUntil(deadline, planner),
    ]);
    const processorSeconds = (processorSecondsOf(pid) ?? 0) - processorBefore;
    const peakGb = highWaterGb(pid);
    for (const caller of [...readers, planner]) caller.close();
    await server.stop();
    return { report, reading, plans, processorSeconds, peakGb, ...(await checkTables(data, run, report)) };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * `npm run load -- [--minutes 10] [--rate 20000] [--users 20] [--json]`: events arrive at a rate while people read the dashboard, until
 * everything is acknowledged; then the tables are counted. The generator runs on the same machine and takes its share of it.
 * TOUCHLINE_BENCH_DATA names a folder that `touchline demo` has prepared, to begin with a copy of it.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    rate: { type: "string", default: "20000" },
    users: { type: "string", default: "20" },
    json: { type: "boolean", default: false },
  },
});
const [minutes, eventsPerSecond, users] = [values.minutes, values.rate, values.users].map(Number) as [
  ...[number, number, number],
];
if (!(minutes > 0) || !(eventsPerSecond >= 100) || !Number.isInteger(users) || users < 0 || users > 200) {
  process.stderr.write("load: --minutes above 0, --rate of at least 100 events a second, --users from 0 to 200\n");
  process.exitCode = 2;
} else {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  say(
    `Node ${process.versions.node}, ${cpus().length} cores; ${eventsPerSecond.toLocaleString("en-US")} events a second and ${users} people for ${minutes} minutes`,
  );
  const result = await load({ minutes, eventsPerSecond, users });
  const isKept = printLoad(values.json ? say : (line) => process.stdout.write(`${line}\n`), result);
  if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  if (!isKept) process.exitCode = 1;
}
