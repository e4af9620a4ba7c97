import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@clickhouse/client";
import { createChdbConnection } from "chdb/connection";
import { type Measured, measureTouchline } from "./measure.ts";

const TOUCHES = 10_000_000;
const VISITORS = 2_500_000;
const CONVERSIONS = 142_000;
const CHANNELS = 20;

/** Touches of a year spread over visitors like real ones: most have few, some have many, and buyers have more than others. */
async function writeFiles(folder: string): Promise<{ touchpoints: string; conversions: string }> {
  const touchpoints = join(folder, "touchpoints.parquet");
  const conversions = join(folder, "conversions.parquet");
  const connection = createChdbConnection({ path: ":memory:" });
  const client = createClient({
    connection: connection as unknown as NonNullable<NonNullable<Parameters<typeof createClient>[0]>["connection"]>,
  });
  const uniform = (stream: number) => `(sipHash64(number, ${stream}) % 1000003 / 1000003)`;
  const visitor = (stream: number) => `concat('v', toString(toUInt32(pow(${uniform(stream)}, 2) * ${VISITORS})))`;
  const moment = (stream: number) =>
    `toDateTime64('2025-01-01 00:00:00', 3, 'UTC') + toIntervalSecond(sipHash64(number, ${stream}) % 31536000)`;
  await client.command({
    query: `INSERT INTO FUNCTION file('${touchpoints}', 'Parquet')
      SELECT concat('e', toString(number)) AS event_id, ${moment(1)} AS occurred_at, ${visitor(2)} AS visitor_id,
        concat('Channel ', toString(sipHash64(number, 3) % ${CHANNELS})) AS channel, concat('campaign ', toString(sipHash64(number, 4) % 50)) AS campaign,
        ['impression', 'click'][1 + sipHash64(number, 5) % 2] AS interaction
      FROM numbers(${TOUCHES})`,
  });
  await client.command({
    query: `INSERT INTO FUNCTION file('${conversions}', 'Parquet')
      SELECT concat('k', toString(number)) AS conversion_id, ${moment(6)} AS occurred_at, ${visitor(7)} AS visitor_id, 'purchase' AS conversion_type,
        toDecimal64(10 + (sipHash64(number, 8) % 10000) / 100, 2) AS revenue, 'EUR' AS currency
      FROM numbers(${CONVERSIONS})`,
  });
  await client.close();
  return { touchpoints, conversions };
}

/** 10 million touchpoints from a Parquet file: imported, journeys built, Markov credit written, each by the public command. */
export async function benchTenMillion(print: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "touchline-bench-"));
  const data = join(folder, "data");
  try {
    const files = await writeFiles(folder);
    const steps: [string, Measured][] = [];
    const step = async (name: string, ...argv: string[]) => {
      const measured = await measureTouchline([...argv, "--data", data]);
      steps.push([name, measured]);
      print(
        `  ${name.padEnd(46)} ${measured.seconds.toFixed(1).padStart(6)} s   peak ${measured.peakGb === null ? "?" : measured.peakGb.toFixed(2)} GB`,
      );
      return measured;
    };
    print(
      `${TOUCHES.toLocaleString("en-US")} touchpoints, ${CONVERSIONS.toLocaleString("en-US")} conversions, ${CHANNELS} channels, from Parquet`,
    );
    await step("import touchpoints", "import", "touchpoints", files.touchpoints);
    await step("import conversions", "import", "conversions", files.conversions);
    const markov = await step("journeys built and Markov credit written", "attribute", "--model", "markov", "--json");
    const seconds = steps.reduce((sum, [, measured]) => sum + measured.seconds, 0);
    const peaks = steps.flatMap(([, { peakGb }]) => (peakGb === null ? [] : [peakGb]));
    const { totals } = JSON.parse(markov.stdout) as { totals: { conversions: number } };
    if (totals.conversions !== CONVERSIONS)
      throw new Error(`${totals.conversions} conversions are booked where ${CONVERSIONS} were imported`);
    print(
      `  ${"together".padEnd(46)} ${seconds.toFixed(1).padStart(6)} s   peak ${peaks.length === 0 ? "?" : Math.max(...peaks).toFixed(2)} GB   (aim: 60 s, 4 GB on 2 cores)`,
    );
    await step("again, for the same data (the run is found)", "attribute", "--model", "markov", "--json");
    await step("linear, on the journeys that are there", "attribute", "--model", "linear", "--json");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
