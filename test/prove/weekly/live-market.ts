import { rmSync } from "node:fs";
import { join } from "node:path";
import { type House, openHouse } from "@touchline/server/house";
import { commandsOn } from "../../support/commands.ts";
import { makeDataFolder } from "../../support/same-secret.ts";
import type { MarketKind } from "../market/kinds.ts";
import { prepareWorth } from "../market/worth.ts";
import { timed } from "../timed.ts";
import { makeWorkFolder, removeWorkFolder } from "../work-folder.ts";
import { writeMarketFiles } from "../write-files.ts";
import { type MarketTruths, prepareJudge } from "./judge-weeks.ts";
import { LivingMarket } from "./living-market.ts";
import { planByRebalancing, type RunCommand, type WeeklyPlanner } from "./planner.ts";
import type { Week, WeeklyResult } from "./weekly-result.ts";

const WEEK = 7;
const DAY_MS = 86_400_000;
/** Plans are made on Monday, six in the morning, when Sunday's rows are there. */
const MORNING_MS = 6 * 3_600_000;

export interface WeeklyOrder {
  readonly kind: MarketKind;
  readonly seed: number;
  readonly size: number;
  readonly weeks: number;
}

interface WeeklyMeans {
  readonly onWeek?: (week: Week) => void;
  /** Who decides; the product, unless a test says otherwise. */
  readonly preparePlanner?: (run: RunCommand, folder: string, market: LivingMarket) => WeeklyPlanner;
}

/** Lives a market week by week with what the product decides, and judges the whole of it. */
export async function proveWeekly(order: WeeklyOrder, means: WeeklyMeans = {}): Promise<WeeklyResult> {
  const folder = makeWorkFolder();
  const dataFolder = join(folder, "data");
  makeDataFolder(dataFolder);
  const house = await openHouse({ dataFolder });
  try {
    const market = new LivingMarket(order.kind, order.seed, order);
    return await liveOn(house, folder, market, order, means);
  } finally {
    await house.close();
    removeWorkFolder(folder);
  }
}

async function liveOn(
  house: House,
  folder: string,
  market: LivingMarket,
  { kind, seed, size, weeks: count }: WeeklyOrder,
  { onWeek, preparePlanner = planByRebalancing }: WeeklyMeans,
): Promise<WeeklyResult> {
  let now = new Date(0);
  const command = commandsOn(house, folder, () => now);
  const run: RunCommand = (at, ...argv) => {
    now = at;
    return command(...argv);
  };
  const planner = preparePlanner(run, folder, market);
  const judge = prepareJudge(truthsOf(market));
  const dueOf = (week: number) =>
    new Date(Date.parse(market.firstDay) + (market.historyDays + week * WEEK) * DAY_MS + MORNING_MS);
  await importRows(run, dueOf(0), market, folder, 0);
  const weeks: Week[] = [];
  let split = [...market.today];
  let best: readonly number[] = split;
  for (let week = 0; week < count; week++) {
    const at = dueOf(week);
    const largest = market.largestDays();
    const planned = await timed(() => planner.plan(at));
    const { split: decided, held, ...decision } = planned.value;
    split = market.channels.map(({ name }, i) => decided?.get(name) ?? split[i]!);
    const living = await timed(() => market.liveWeek(split));
    const from = market.historyDays + week * WEEK;
    const imported = await timed(() => importRows(run, dueOf(week + 1), market, folder, from));
    const { best: path, ...judged } = judge({
      ...{ split, largest, season: market.seasonOf(week) },
      held: held === null ? null : market.channels.map(({ name }) => held.has(name)),
    });
    best = path;
    weeks.push({
      ...{ date: at.toISOString().slice(0, 10), ...decision, split, ...judged, breaches: [...judged.breaches] },
      held: held === null ? null : Object.fromEntries(held),
      seconds: { live: living.seconds, import: imported.seconds, plan: planned.seconds },
    });
    onWeek?.(weeks.at(-1)!);
  }
  const channels = market.channels.map(({ name, isPaid, isDemandCapture }, i) => ({
    ...{ name, isPaid, isDemandCapture, today: market.today[i]!, allowed: best[i]! },
  }));
  return { kind, seed, size, channels, weeks };
}

function truthsOf({ channels, worthFacts, orders, today }: LivingMarket): MarketTruths {
  return {
    channels: channels.map(({ name }) => name),
    isPaid: channels.map(({ isPaid }) => isPaid),
    ...{ today: [...today], orders, worth: prepareWorth(worthFacts) },
  };
}

async function importRows(run: RunCommand, now: Date, market: LivingMarket, folder: string, from: number) {
  const files = writeMarketFiles(market.rows(from), folder, `${from}-`);
  for (const what of ["touchpoints", "conversions", "spend", "experiments"] as const) {
    const file = files[what];
    if (file === null) continue;
    const { exitCode, stderr } = await run(now, "import", what, file);
    if (exitCode !== 0) throw new Error(`touchline import ${what} ended with ${exitCode}: ${stderr.trim()}`);
    rmSync(file);
  }
}
