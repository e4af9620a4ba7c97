import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@clickhouse/client";
import { createChdbConnection } from "chdb/connection";
import { type Measured, measureTouchline } from "./measure.ts";

const SIZES = [1_000_000, 3_000_000, 10_000_000, 30_000_000];
/** The size that the aim speaks of. */
const AIMED_AT = 10_000_000;
const TOUCHES_A_VISITOR = 4;
const TOUCHES_A_BASELINE_CONVERSION = 66;
const SECONDS = 365 * 86_400;

/** What a touch of each channel does: conversions, and the half-life of the effect in hours. The last one is own visits. */
const CHANNELS = [
  ...[2, 12, 48, 120].map((hours, i) => ({ name: `Search ${i + 1}`, effect: 0.012, hours })),
  ...[24, 72, 240].map((hours, i) => ({ name: `Social ${i + 1}`, effect: 0.006, hours })),
  ...[48, 168].map((hours, i) => ({ name: `Display ${i + 1}`, effect: 0.001, hours })),
  { name: "Direct", effect: 0, hours: 1 },
];

interface MarketFiles {
  readonly touchpoints: string;
  readonly conversions: string;
  readonly spend: string;
}

/** A year of touches, most people with few; each touch brings a conversion with its channel's chance, others come anyway. */
export async function writeMarket(folder: string, touches: number): Promise<MarketFiles> {
  const [touchpoints, conversions, spend] = ["touchpoints", "conversions", "spend"].map((kind) =>
    join(folder, `${kind}-${touches}.parquet`),
  ) as [string, string, string];
  const connection = createChdbConnection({ path: ":memory:" });
  const client = createClient({
    connection: connection as unknown as NonNullable<NonNullable<Parameters<typeof createClient>[0]>["connection"]>,
  });
  const uniform = (stream: number) => `((sipHash64(number, ${stream}) % 1000003 + 0.5) / 1000003)`;
  const visitor = `concat('v', toString(toUInt32(pow(${uniform(2)}, 2) * ${touches / TOUCHES_A_VISITOR})))`;
  const second = `toUInt32(sipHash64(number, 1) % ${SECONDS})`;
  const moment = (seconds: string) =>
    `toDateTime64('2025-01-01 00:00:00', 3, 'UTC') + toIntervalSecond(toUInt32(${seconds}))`;
  const channel = `toUInt8(1 + sipHash64(number, 3) % ${CHANNELS.length})`;
  const of = (values: readonly (string | number)[]) => `[${values.join(", ")}][${channel}]`;
  const write = (path: string, sql: string) =>
    client.command({ query: `INSERT INTO FUNCTION file('${path}', 'Parquet') ${sql}` });
  await write(
    touchpoints,
    `SELECT concat('e', toString(number)) AS event_id, ${moment(second)} AS occurred_at, ${visitor} AS visitor_id,
        ${of(CHANNELS.map(({ name }) => `'${name}'`))} AS channel, concat('campaign ', toString(sipHash64(number, 4) % 50)) AS campaign,
        if(channel = 'Direct', 'visit', 'click') AS interaction
      FROM numbers(${touches})`,
  );
  await write(
    conversions,
    `SELECT concat('k', toString(rowNumberInAllBlocks())) AS conversion_id, ${moment("seconds")} AS occurred_at, visitor_id,
        'purchase' AS conversion_type, toDecimal64(10 + (cityHash64(visitor_id, seconds) % 10000) / 100, 2) AS revenue, 'EUR' AS currency
      FROM (
        SELECT ${visitor} AS visitor_id, ${second} - log(${uniform(9)}) / log(2) * 3600 * ${of(CHANNELS.map(({ hours }) => hours))} AS seconds
        FROM numbers(${touches})
        WHERE ${uniform(8)} < ${of(CHANNELS.map(({ effect }) => effect))}
        UNION ALL
        SELECT ${visitor} AS visitor_id, sipHash64(number, 6) % ${SECONDS} AS seconds
        FROM numbers(${touches}, ${Math.round(touches / TOUCHES_A_BASELINE_CONVERSION)}))
      WHERE seconds < ${SECONDS}`,
  );
  await write(
    spend,
    `SELECT toDate('2025-01-01') + number % 365 AS date, ${of(CHANNELS.map(({ name }) => `'${name}'`))} AS channel, '' AS campaign,
        toDecimal64(100, 2) AS cost, 'EUR' AS currency
      FROM numbers(${365 * 200}) WHERE channel != 'Direct' LIMIT 1 BY date, channel`,
  );
  await client.close();
  return { touchpoints, conversions, spend };
}

interface Answer {
  readonly totals: { readonly conversions: number };
  readonly channels: readonly { readonly channel: string; readonly conversions: number }[];
}

/** The incremental model end to end by the public command, on markets of 1 to 30 million touchpoints with 2 conversions for 100. */
export async function benchIncrementalModel(print: (line: string) => void): Promise<void> {
  const points: { touches: number; measured: Measured }[] = [];
  for (const touches of SIZES) {
    const folder = mkdtempSync(join(tmpdir(), "touchline-bench-"));
    try {
      const measured = await benchMarket(folder, touches, print);
      points.push({ touches, measured });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const slope = (seconds: (measured: Measured) => number | null) =>
    slopeOf(points.map(({ touches, measured }) => [Math.log(touches), Math.log(seconds(measured) ?? Number.NaN)]));
  print(
    `  time grows with the touchpoints to the power of ${slope(({ processorSeconds }) => processorSeconds).toFixed(2)} (processor), ${slope(({ seconds }) => seconds).toFixed(2)} (clock)   (1 is linear)`,
  );
}

async function benchMarket(folder: string, touches: number, print: (line: string) => void): Promise<Measured> {
  const data = join(folder, "data");
  const files = await writeMarket(folder, touches);
  for (const [kind, path] of Object.entries(files)) {
    await measureTouchline(["import", kind, path, "--data", data]);
    rmSync(path);
  }
  const measured = await measureTouchline(["attribute", "--model", "incremental", "--json", "--data", data]);
  const { totals, channels } = JSON.parse(measured.stdout) as Answer;
  print(
    `${touches.toLocaleString("en-US")} touchpoints, ${totals.conversions.toLocaleString("en-US")} conversions, ${CHANNELS.length} channels`,
  );
  print(
    `  ${"incremental, end to end".padEnd(46)} ${measured.seconds.toFixed(1).padStart(6)} s   ${(measured.processorSeconds ?? Number.NaN).toFixed(1).padStart(6)} s of processor   peak ${measured.peakGb?.toFixed(2) ?? "?"} GB${touches === AIMED_AT ? "   (aim: 30 s, 2 GB on 2 cores)" : ""}`,
  );
  const caused = channels.reduce((sum, { conversions }) => sum + conversions, 0);
  const error =
    channels.reduce((sum, each) => sum + Math.abs(each.conversions / caused - shareOf(each.channel)), 0) / 2;
  print(`  ${"share error of the channels".padEnd(46)} ${error.toFixed(3).padStart(6)}`);
  return measured;
}

/** Channels have as many touches each. */
function shareOf(channel: string): number {
  const all = CHANNELS.reduce((sum, { effect }) => sum + effect, 0);
  return (CHANNELS.find(({ name }) => name === channel)?.effect ?? 0) / all;
}

/** Of the line of least squares. */
function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (i: 0 | 1) => points.reduce((sum, point) => sum + point[i], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const across = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return across / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}
