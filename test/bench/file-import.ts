import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@clickhouse/client";
import { createChdbConnection } from "chdb/connection";
import { measureTouchline } from "./measure.ts";

const ROWS = 5_000_000;
const ROUNDS = 3;
const AIM_OF_PLAIN = 0.8;
const AIM_OF_BARE = 0.4;

type Format = "Parquet" | "CSVWithNames";
const ENDINGS: Readonly<Record<Format, string>> = { Parquet: "parquet", CSVWithNames: "csv" };
const COLUMNS = "event_id, occurred_at, visitor_id, channel, campaign, interaction";
const TEXTS =
  "event_id String, occurred_at String, visitor_id String, channel String, campaign String, interaction String";

/** Statements on an engine of their own, each timed. */
async function withEngine(
  folder: string,
  work: (run: (sql: string) => Promise<number>) => Promise<void>,
): Promise<void> {
  const connection = createChdbConnection({ path: folder });
  const client = createClient({
    connection: connection as unknown as NonNullable<NonNullable<Parameters<typeof createClient>[0]>["connection"]>,
  });
  try {
    await work(async (query) => {
      const began = performance.now();
      await client.command({ query });
      return (performance.now() - began) / 1000;
    });
  } finally {
    await client.close();
  }
}

function writeFile(path: string, format: Format): string {
  const at =
    "formatDateTime(toDateTime('2025-06-01 00:00:00', 'UTC') + sipHash64(number, 1) % 31536000, '%FT%TZ', 'UTC')";
  return `INSERT INTO FUNCTION file('${path}', '${format}')
    SELECT concat('e', toString(number)) AS event_id, ${at} AS occurred_at, concat('v', toString(sipHash64(number, 2) % 600000)) AS visitor_id,
      concat('Channel ', toString(sipHash64(number, 3) % 20)) AS channel, concat('campaign ', toString(sipHash64(number, 4) % 50)) AS campaign,
      ['impression', 'click'][1 + sipHash64(number, 5) % 2] AS interaction
    FROM numbers(${ROWS})`;
}

/** The file as it is, into a table that is not even sorted. */
function bare(path: string, format: Format): string[] {
  return [
    `CREATE OR REPLACE TABLE bare (${TEXTS}) ENGINE = MergeTree ORDER BY tuple()`,
    `INSERT INTO bare SELECT ${COLUMNS} FROM file('${path}', '${format}', '${TEXTS}')`,
  ];
}

/**
 * What an import does to a touchpoint, in one statement as one would write it by hand: texts trimmed, times parsed and checked, the
 * visitor hashed with a key, words checked, rows that fail left out, sorted as the product's table is. It finds no duplicates, keeps no
 * refused row, and half of it stays when it is stopped.
 */
function plain(path: string, format: Format): string[] {
  const text = (name: string) => `trimBoth(source.${name})`;
  return [
    `CREATE OR REPLACE TABLE plain (workspace_id LowCardinality(String), visitor_id UInt64, occurred_at DateTime64(3, 'UTC'), event_id String,
       channel LowCardinality(String), campaign LowCardinality(String), interaction LowCardinality(String), creative LowCardinality(String),
       device LowCardinality(String), country LowCardinality(String), region LowCardinality(String), consent LowCardinality(String),
       source LowCardinality(String), medium LowCardinality(String), extra Map(LowCardinality(String), String), import_id UInt32, expires_on Date)
     ENGINE = MergeTree PARTITION BY toYear(occurred_at) ORDER BY (workspace_id, visitor_id, occurred_at, event_id)`,
    `INSERT INTO plain
     SELECT 'default', sipHash64Keyed((toUInt64(1234), toUInt64(5678)), visitor), assumeNotNull(at), event, channel_text, campaign_text, word,
       '', '', '', '', '', '', '', map(), 1, toDate('2028-01-01')
     FROM (
       SELECT ${text("event_id")} AS event, ${text("visitor_id")} AS visitor, ${text("channel")} AS channel_text, ${text("campaign")} AS campaign_text,
         lower(${text("interaction")}) AS word, ${text("occurred_at")} AS time_text,
         if(substring(time_text, 5, 1) IN ('-', '/') AND NOT match(time_text, '^[0-9]{4}[-/](00|[0-9]+[-/]00)|[Tt ] *(2[4-9]|[3-9][0-9])|:[6-9][0-9]'),
           parseDateTime64BestEffortOrNull(time_text, 3, 'UTC'), NULL) AS at
       FROM file('${path}', '${format}', '${TEXTS}') AS source)
     WHERE event != '' AND visitor != '' AND channel_text != '' AND word IN ('impression', 'click', 'visit', 'open', 'call')
       AND at >= toDateTime64('2000-01-01 00:00:00', 3, 'UTC') AND at < now64(3) + toIntervalHour(23)`,
  ];
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** A file import beside the same transformations in plain SQL and beside the engine's bare insert, taken in turns in one run. */
export async function benchFileImport(print: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "touchline-bench-"));
  try {
    print(`${ROWS.toLocaleString("en-US")} touchpoints from a file, median of ${ROUNDS} rounds`);
    for (const format of ["Parquet", "CSVWithNames"] as const) {
      const path = join(folder, `touchpoints.${ENDINGS[format]}`);
      const times: Record<"bare" | "plain" | "ours", number[]> = { bare: [], plain: [], ours: [] };
      await withEngine(join(folder, "files"), async (run) => void (await run(writeFile(path, format))));
      for (let round = 0; round < ROUNDS; round++) {
        await withEngine(join(folder, "plain"), async (run) => {
          for (const [name, statements] of [
            ["bare", bare(path, format)] as const,
            ["plain", plain(path, format)] as const,
          ]) {
            await run(statements[0]!);
            times[name].push(await run(statements[1]!));
          }
        });
        const data = join(folder, `data-${format}-${round}`);
        // The folder is made beforehand: a new one is not part of an import.
        await measureTouchline(["settings", "--data", data]);
        const { seconds, stdout } = await measureTouchline(["import", "touchpoints", path, "--data", data, "--json"]);
        const [report] = (JSON.parse(stdout) as { imports: { stored: number }[] }).imports;
        if (report?.stored !== ROWS) throw new Error(`${report?.stored} rows were stored of ${ROWS}`);
        times.ours.push(seconds);
        rmSync(data, { recursive: true, force: true });
      }
      const [bareSeconds, plainSeconds, seconds] = [median(times.bare), median(times.plain), median(times.ours)];
      print(
        `  ${ENDINGS[format].padEnd(8)} import ${seconds.toFixed(2)} s   plain SQL ${plainSeconds.toFixed(2)} s   bare insert ${bareSeconds.toFixed(2)} s   ratio to plain SQL ${(plainSeconds / seconds).toFixed(2)} (aim ${AIM_OF_PLAIN})   to the bare insert ${(bareSeconds / seconds).toFixed(2)} (aim ${AIM_OF_BARE})`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
