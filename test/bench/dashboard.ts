import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openChromium } from "../browser/chromium.ts";
import { startServer } from "../support/process.ts";
import { percentile, printLatencies, printVerdicts, type Verdict } from "./dashboard/figures.ts";
import { askPage, command, type Latencies, noLatencies, openReader, readTogether } from "./dashboard/readers.ts";
import { type PageTimes, recordPages, timeFirstLoads, timeNavigations } from "./dashboard/walk-pages.ts";

const READERS = 20;
const ROUNDS = 2;
const TARGETS = { firstLoadMs: 1_500, navigationMs: 300, queryMs: 200 };

type Print = (line: string) => void;

function printPages(print: Print, first: readonly PageTimes[], later: readonly PageTimes[]): void {
  print(`${"page".padEnd(34)}${"first load".padStart(11)}${"JS KB".padStart(8)}${"then".padStart(8)}`);
  for (const { name, ms, scriptBytes } of first) {
    const then = later.find((each) => each.name === name);
    print(
      `  ${name.padEnd(32)}${`${Math.round(ms)} ms`.padStart(11)}${String(Math.round(scriptBytes / 1000)).padStart(8)}${(then === undefined ? "" : `${Math.round(then.ms)} ms`).padStart(8)}`,
    );
  }
}

function printAnswers(print: Print, title: string, { byProcedure, byPage, failures }: Latencies): void {
  print(`\n${title}`);
  printLatencies(print, "procedure", byProcedure.values);
  printLatencies(print, "page", byPage.values);
  for (const failure of new Set(failures)) print(`  refused: ${failure}`);
}

const slowest = (times: readonly PageTimes[]) => times.reduce((a, b) => (b.ms > a.ms ? b : a));

function verdictsOf(first: readonly PageTimes[], later: readonly PageTimes[], together: Latencies): Verdict[] {
  const [slowFirst, slowLater] = [slowest(first), slowest(later)];
  const procedures = [...together.byProcedure.values].map(([name, values]) => ({
    name,
    p95: percentile(values, 0.95),
  }));
  const slowProcedure = procedures.reduce((a, b) => (b.p95 > a.p95 ? b : a));
  return [
    { name: `first load, slowest page (${slowFirst.name})`, ms: slowFirst.ms, target: TARGETS.firstLoadMs },
    { name: `then, slowest page (${slowLater.name})`, ms: slowLater.ms, target: TARGETS.navigationMs },
    { name: `p95 of the slowest question (${slowProcedure.name})`, ms: slowProcedure.p95, target: TARGETS.queryMs },
  ];
}

/** One booking that was not there: whatever stands on the data is old. */
async function changeData(folder: string, data: string): Promise<void> {
  const file = join(folder, "one-conversion.csv");
  writeFileSync(
    file,
    `conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency\nbench-${Date.now()},2026-06-01T10:00:00Z,bench,purchase,1.00,EUR\n`,
  );
  await command(data, "import", "conversions", file);
}

/**
 * The dashboard on the simulated year: how long its pages take in a browser, and how long its questions take while 20 people read.
 * Readers are signed in each with a session of their own, walk through all pages from different ones, and read each for 2 to 6 seconds;
 * they ask what a browser was seen to ask on the same pages, for the range that pages begin with. A question counts as answered when the
 * request that it went in with others is. TOUCHLINE_BENCH_DATA names a folder that `touchline demo` has prepared, to begin with a copy of it.
 */
export async function benchDashboard(print: Print): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "touchline-bench-"));
  const data = join(folder, "data");
  const prepared = process.env.TOUCHLINE_BENCH_DATA;
  if (prepared !== undefined) cpSync(prepared, data, { recursive: true });
  const server = await startServer(["demo", "--no-open", "--data", data]);
  const { browser, close } = await openChromium();
  try {
    const readers = [];
    for (let place = 0; place < READERS; place++) readers.push(await openReader(server.url, data, place));
    const pages = await recordPages(browser, server.url);
    const cookies = [...readers[0]!.cookies].map(([name, value]) => ({ name, value, url: server.url }));
    const first = await timeFirstLoads(browser, pages, cookies);
    const later = await timeNavigations(browser, pages, cookies);
    print(
      `Dashboard, 2 million touchpoints: ${pages.length} pages in a browser, until headline and first chart stand and it is idle`,
    );
    printPages(print, first, later);
    const together = await readTogether(readers, pages, ROUNDS);
    printAnswers(print, `${READERS} people at once, ${ROUNDS} rounds, 2 to 6 s a page`, together);
    await changeData(folder, data);
    const cold = noLatencies();
    for (const page of pages) await askPage(readers[0]!, page, cold);
    printAnswers(print, "Whoever asks first after an import (no target: everybody after them has it at once)", cold);
    print("");
    const isKept = printVerdicts(print, verdictsOf(first, later, together));
    if (!isKept || together.failures.length > 0) process.exitCode = 1;
  } finally {
    await close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
