import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { openHouse } from "@touchline/server/house";
import { commandsOn } from "../support/commands.ts";
import { makeDataFolder } from "../support/same-secret.ts";
import { besideTruth } from "./beside-truth.ts";
import { drawMarket } from "./market/draw-market.ts";
import { sum } from "./market/draws.ts";
import type { MarketKind } from "./market/kinds.ts";
import { type KnownMarket, knowMarket } from "./market/known-market.ts";
import { prepareWorth } from "./market/worth.ts";
import { Attribution, Plan } from "./product.ts";
import type { Result } from "./result.ts";
import { type MarketFiles, writeMarketFiles } from "./write-files.ts";

/** Markets stay here from one run to the next: importing takes longer than planning. */
const KEPT = join(tmpdir(), "pm");

export interface PreparedMarket {
  readonly dataFolder: string;
  readonly market: KnownMarket;
}

/**
 * A market with its data imported by the product's own commands, kept for the next time. It is whole or not there, whatever stops
 * this process; one process at a time may plan on it.
 */
export async function prepareMarket(
  kind: MarketKind,
  seed: number,
  size = 1,
  kept: string = KEPT,
): Promise<PreparedMarket> {
  const folder = join(kept, `${kind}-${seed}${size === 1 ? "" : `-${size}`}`);
  if (!existsSync(folder)) await keepMarket(folder, kind, seed, size);
  const market = JSON.parse(readFileSync(join(folder, "market.json"), "utf8")) as KnownMarket;
  return { dataFolder: join(folder, "data"), market };
}

async function keepMarket(folder: string, kind: MarketKind, seed: number, size: number): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  const draft = mkdtempSync(`${folder}.draft-`);
  try {
    const market = drawMarket(kind, seed, { size });
    await importInto(join(draft, "data"), writeMarketFiles(market, draft));
    for (const file of ["touchpoints.csv", "touchpoints.ndjson", "conversions.csv"])
      rmSync(join(draft, file), { force: true });
    writeFileSync(join(draft, "market.json"), JSON.stringify(knowMarket(market, size)));
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function importInto(dataFolder: string, files: MarketFiles): Promise<void> {
  makeDataFolder(dataFolder);
  await withCommands(dataFolder, async (run) => {
    for (const kind of ["touchpoints", "conversions", "spend", "experiments"] as const)
      if (files[kind] !== null) await run("import", kind, files[kind]);
  });
}

type Run = (...argv: string[]) => Promise<string>;

async function withCommands<T>(dataFolder: string, work: (run: Run) => Promise<T>): Promise<T> {
  const house = await openHouse({ dataFolder });
  const command = commandsOn(house, dataFolder);
  try {
    return await work(async (...argv) => {
      const { exitCode, stdout, stderr } = await command(...argv);
      if (exitCode !== 0) throw new Error(`touchline ${argv.join(" ")} ended with ${exitCode}: ${stderr.trim()}`);
      return stdout;
    });
  } finally {
    await house.close();
  }
}

export interface PlannedMarket {
  readonly result: Omit<Result, "seconds">;
  /** Revenue that the next unit of money a day brings, by channel and at today's spend: by the fitted curves, and in truth. */
  readonly marginal: readonly { readonly channel: string; readonly fitted: number | null; readonly truth: number }[];
  /** The answers of `optimise --json` and `curves --json` as they came. */
  readonly plan: unknown;
  readonly curves: unknown;
}

/**
 * Attributes and plans in this process, through the commands.
 * Law: the same code on the same market gives the same digits.
 * @param options more options of `optimise`, such as --max-change 20
 */
export async function planMarket({ dataFolder, market }: PreparedMarket, ...options: string[]): Promise<PlannedMarket> {
  const budget = sum(market.channels.map(({ today }) => today)).toFixed(2);
  return withCommands(dataFolder, async (run) => {
    // By touch date, as plans credit: one fit serves both.
    const attribute = await run("attribute", "--model", "incremental", "--date-basis", "touch", "--json");
    const plan: unknown = JSON.parse(
      await run("optimise", "--budget", budget, "--period", "day", "--json", ...options),
    );
    const curves: unknown = JSON.parse(await run("curves", "--json"));
    const result = besideTruth(market, Attribution.parse(JSON.parse(attribute)), Plan.parse(plan));
    return { result, marginal: marginalsOf(market, curves), plan, curves };
  });
}

/** Of today's spend, or of a unit of money where there is none. */
const STEP = 1e-4;

function marginalsOf(market: KnownMarket, curves: unknown): PlannedMarket["marginal"] {
  const worth = prepareWorth(market.worthFacts);
  const today = market.channels.map((channel) => channel.today);
  const fitted = new Map(readMarginals(curves));
  return market.channels.map(({ name }, i) => {
    const step = STEP * Math.max(1, today[i]!);
    const at = (spend: number) => worth(today.map((each, c) => (c === i ? spend : each)));
    const below = Math.max(0, today[i]! - step);
    const truth = (at(today[i]! + step) - at(below)) / (today[i]! + step - below);
    return { channel: name, fitted: fitted.get(name) ?? null, truth };
  });
}

function readMarginals(curves: unknown): [string, number][] {
  const { channels } = curves as { channels: { channel: string; current: { marginalRoas: number } }[] };
  return channels.map(({ channel, current }) => [channel, current.marginalRoas]);
}
