import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createClient } from "@clickhouse/client";
import { openHouse } from "@touchline/server/house";
import { createChdbConnection } from "chdb/connection";
import { commandsOn } from "../../support/commands.ts";
import type { QueryPeak, StageFigures } from "./figures.ts";

const LOOK_MS = 200;

/** A connection of its own: what it asks of the engine does not wait for the command. */
function watchEngine(dataFolder: string) {
  const client = createClient({
    connection: createChdbConnection({ path: join(dataFolder, "clickhouse") }) as unknown as NonNullable<
      NonNullable<Parameters<typeof createClient>[0]>["connection"]
    >,
  });
  const rows = async <T>(query: string): Promise<T[]> =>
    (await client.query({ query, format: "JSONEachRow" })).json<T>();
  return { rows, close: () => client.close() };
}

type Watch = ReturnType<typeof watchEngine>;

/** Commands of the product carry their names as comments. What ends within one look may be missed. */
async function lookAtQueries({ rows }: Watch, peaks: Map<string, QueryPeak>): Promise<void> {
  const seen = await rows<{ name: string; peak: string; seconds: number; read: string }>(
    `SELECT extract(query, '/\\\\* touchline ([a-z0-9-]+)') AS name, toString(peak_memory_usage) AS peak, elapsed AS seconds, toString(read_rows) AS read
     FROM system.processes WHERE name != ''`,
  );
  for (const { name, peak, seconds, read } of seen) {
    const known = peaks.get(name) ?? { name, peakGb: 0, seconds: 0, readRows: 0 };
    peaks.set(name, {
      name,
      peakGb: Math.max(known.peakGb, Number(peak) / 1e9),
      seconds: Math.max(known.seconds, Number(seconds)),
      readRows: Math.max(known.readRows, Number(read)),
    });
  }
}

/** What the engine has read in this process so far. */
async function readSoFar({ rows }: Watch): Promise<{ rows: number; bytes: number }> {
  const events = await rows<{ event: string; n: string }>(
    "SELECT event, toString(value) AS n FROM system.events WHERE event IN ('SelectedRows', 'SelectedBytes')",
  );
  const of = (name: string) => Number(events.find(({ event }) => event === name)?.n ?? 0);
  return { rows: of("SelectedRows"), bytes: of("SelectedBytes") };
}

/**
 * One command in this process, which then ends: `stage.ts FIGURES DATA COMMAND…` writes into the file FIGURES what it has cost. The
 * system keeps processor time and the high-water mark of memory; the engine counts what it reads.
 */
async function main([file, dataFolder, ...argv]: readonly string[]): Promise<void> {
  const began = performance.now();
  const house = await openHouse({ dataFolder: dataFolder! });
  const watch = watchEngine(dataFolder!);
  const peaks = new Map<string, QueryPeak>();
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(() => lookAtQueries(watch, peaks)).catch(() => undefined);
  }, LOOK_MS);
  const { exitCode, stdout, stderr } = await commandsOn(house, process.cwd())(...argv);
  clearInterval(timer);
  await looking;
  if (exitCode !== 0) throw new Error(`touchline ${argv.join(" ")} ended with ${exitCode}: ${stderr.trim()}`);
  const read = await readSoFar(watch);
  await watch.close();
  await house.close();
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const figures: StageFigures = {
    seconds: (performance.now() - began) / 1000,
    processorSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakGb: maxRSS / 1e6,
    readRows: read.rows,
    readBytes: read.bytes,
    queries: [...peaks.values()].sort((a, b) => b.peakGb - a.peakGb),
  };
  writeFileSync(file!, JSON.stringify({ figures, stdout }));
}

await main(process.argv.slice(2));
