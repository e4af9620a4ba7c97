import { closeSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { DAY } from "./market/season.ts";
import type { SimulatedMarket } from "./market/simulated-market.ts";

export interface MarketFiles {
  readonly touchpoints: string;
  readonly conversions: string;
  readonly spend: string;
  /** Null in markets without lift tests. */
  readonly experiments: string | null;
}

const CURRENCY = "EUR";
const CHUNK = 1 << 20;

/** What can be written of a market: all of its rows, or those of some days. */
export type MarketRows = Pick<
  SimulatedMarket,
  "seed" | "firstDay" | "days" | "channels" | "touches" | "conversions" | "spend" | "experiments"
>;

/**
 * Writes what this market's systems would export. What nobody saw is not in the files, nor is any truth.
 * @param part stands in every id, so that files of other days have others
 */
export function writeMarketFiles(market: MarketRows, folder: string, part = ""): MarketFiles {
  // Both layouts are read everywhere: half of the markets come in each.
  const asJson = market.seed % 2 === 1;
  const touchpoints = join(folder, asJson ? "touchpoints.ndjson" : "touchpoints.csv");
  writeRows(
    touchpoints,
    asJson ? [] : ["event_id,occurred_at,visitor_id,channel,campaign,interaction"],
    touchRows(market, asJson, part),
  );
  const conversions = join(folder, "conversions.csv");
  const conversionHead = "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency,order_id";
  writeRows(conversions, [conversionHead], conversionRows(market, part));
  const spend = join(folder, "spend.csv");
  writeRows(spend, ["date,channel,campaign,cost,currency,impressions,clicks"], spendRows(market));
  if (market.experiments.length === 0) return { touchpoints, conversions, spend, experiments: null };
  const experiments = join(folder, "experiments.csv");
  writeFileSync(experiments, `${experimentRows(market).join("\n")}\n`);
  return { touchpoints, conversions, spend, experiments };
}

/** Names that tell nothing of what a person is like. */
function visitorId({ seed }: MarketRows, person: number): string {
  return `v${(Math.imul(person + 1, 0x9e3779b1) ^ seed) >>> 0}`;
}

function* touchRows(market: MarketRows, asJson: boolean, part: string): Generator<string> {
  const { touches, channels } = market;
  const at = prepareTimes(market);
  for (let i = 0; i < touches.person.length; i++) {
    if (touches.seen[i] === 0) continue;
    const { name, campaigns, interaction } = channels[touches.channel[i]!]!;
    const campaign = campaigns[touches.campaign[i]!]!;
    const visitor = visitorId(market, touches.person[i]!);
    const time = at(touches.second[i]!);
    yield asJson
      ? `{"event_id":"t${part}${i}","occurred_at":"${time}","visitor_id":"${visitor}","channel":"${name}","campaign":"${campaign}","interaction":"${interaction}"}`
      : `t${part}${i},${time},${visitor},${name},${campaign},${interaction}`;
  }
}

function* conversionRows(market: MarketRows, part: string): Generator<string> {
  const { conversions } = market;
  const at = prepareTimes(market);
  for (let i = 0; i < conversions.person.length; i++) {
    const visitor = conversions.seen[i] === 1 ? visitorId(market, conversions.person[i]!) : "";
    const revenue = (conversions.revenueMinor[i]! / 100).toFixed(2);
    yield `c${part}${i},${at(conversions.second[i]!)},${visitor},purchase,${revenue},${CURRENCY},o${part}${i}`;
  }
}

function* spendRows(market: MarketRows): Generator<string> {
  const { spend, channels } = market;
  const dates = prepareDates(market);
  for (let i = 0; i < spend.day.length; i++) {
    const { name, campaigns } = channels[spend.channel[i]!]!;
    const cost = (spend.costMinor[i]! / 100).toFixed(2);
    const where = `${dates[spend.day[i]!]},${name},${campaigns[spend.campaign[i]!]}`;
    yield `${where},${cost},${CURRENCY},${spend.impressions[i]},${spend.clicks[i]}`;
  }
}

function experimentRows(market: MarketRows): string[] {
  const dates = prepareDates(market);
  const head =
    "experiment_id,channel,method,start_date,end_date,spend,incremental_conversions,standard_error,conversion_type";
  const rows = market.experiments.map((test, i) => {
    const figures = [test.spend, test.incrementalConversions, test.standardError].map((figure) => figure.toFixed(2));
    const what = `x${i + 1},${market.channels[test.channel]!.name},${test.method}`;
    return `${what},${dates[test.startDay]},${dates[test.endDay]},${figures.join(",")},purchase`;
  });
  return [head, ...rows];
}

function prepareDates({ firstDay, days }: MarketRows): string[] {
  const start = Date.parse(`${firstDay}T00:00:00Z`);
  return Array.from({ length: days }, (_, day) => new Date(start + day * DAY * 1000).toISOString().slice(0, 10));
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, "0"));

/** A Date for each of a million rows is slow. */
function prepareTimes(market: MarketRows): (second: number) => string {
  const dates = prepareDates(market);
  return (second) => {
    const rest = second % DAY;
    const clock = [rest / 3600, (rest / 60) % 60, rest % 60].map((part) => TWO_DIGITS[Math.floor(part)]!);
    return `${dates[Math.floor(second / DAY)]}T${clock.join(":")}Z`;
  };
}

function writeRows(path: string, head: readonly string[], rows: Iterable<string>): void {
  const file = openSync(path, "w");
  try {
    let chunk = head.map((line) => `${line}\n`).join("");
    for (const row of rows) {
      chunk += `${row}\n`;
      if (chunk.length < CHUNK) continue;
      writeSync(file, chunk);
      chunk = "";
    }
    writeSync(file, chunk);
  } finally {
    closeSync(file);
  }
}
