/**
 * A simulated French online shop: what its tools would export, and beside it the truth that no tool can know.
 *
 * The rate at which person i buys at time t is a sum of terms that are never negative:
 *
 *     propensity   p_i x season(t) x a                     p_i gamma distributed with mean 1, constant
 *     interest     a jump at the end of an episode         episodes start at a rate p_i x season, and end in a purchase
 *                                                          with a fixed probability, whatever was advertised;
 *                                                          ends gather on days of high season
 *     marketing    sum over earlier touches k of i:        e[c] purchases a touch of channel c in a season of index 1,
 *                  e[c] x season(t_k) x decay[c](t - t_k)  decay exponential with the channel's half-life
 *
 * (Brand Search: its searches follow the season, so its effect does not. Beyond a day of lag the day of a purchase is
 * drawn from the decay and its hour from the hours that people are awake.)
 *
 * So every purchase has one origin, drawn with it: that is the truth, and it adds up.
 *
 * Delivery. A channel that spends s on a day delivers cap x s / (half + s) touches in expectation, Poisson distributed,
 * to its campaigns in proportion to their spend. Only a share of them reaches the market (people who may ever buy here
 * and can be recognised); the files show those as touchpoints, and all of them as delivered. Of Video only clicks show.
 *
 * What makes it hard, on purpose. Paid Search meets people inside an interest episode, Paid Social and Email lean to
 * eager people, Retargeting follows last week's visitors: their touches go with purchases that they did not cause.
 * Whoever is about to buy, for whatever reason, comes in directly or by searching the shop's name within hours before:
 * Direct and Brand Search stand before most purchases and cause (nearly) none. Spend follows the season and its own
 * noise, flights, ramps and steps.
 *
 * The market runs six weeks before the first day, so that the first day is like any other.
 */

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Random } from "../random.ts";
import { type Budgets, CAMPAIGNS, drawBudgets } from "./budgets.ts";
import { type Calendar, prepareCalendar, prepareSeason, type Season } from "./calendar.ts";
import { describeTruth } from "./describe-truth.ts";
import { prepareIsoTimes } from "./iso-time.ts";
import { Ledger } from "./ledger.ts";
import { campaignOf, interactionOf, Market, type MarketDay } from "./market.ts";
import { drawOrder } from "./orders.ts";
import { drawPopulation, type Population } from "./population.ts";
import { RowFile } from "./row-file.ts";
import { COUNTRY, CURRENCY, DEVICES, REFERENCE_PEOPLE, REGIONS } from "./shop.ts";

/** Four half-lives of the slowest channel and more: the first day carries over what any other day does. */
const BURN_IN_DAYS = 42;
const RECENT_DAYS = 28;

const DEFAULTS = { seed: 20_261_031, people: REFERENCE_PEOPLE, days: 365, lastDay: "2026-10-31" } as const;

const COLUMNS = {
  touchpoints: [
    "event_id",
    "occurred_at",
    "visitor_id",
    "channel",
    "campaign",
    "interaction",
    "device",
    "country",
    "region",
  ],
  spend: ["date", "channel", "campaign", "cost", "currency", "source", "impressions", "clicks"],
  conversions: [
    "conversion_id",
    "occurred_at",
    "visitor_id",
    "conversion_type",
    "revenue",
    "currency",
    "margin",
    "order_id",
    "product_group",
    "customer_type",
  ],
} as const;

/** One stream of random numbers a purpose: a change to one leaves the others as they were. */
const STREAM = { people: 1, budgets: 2, market: 3, orders: 4, devices: 5 } as const;

export interface SimulatedShopOptions {
  seed?: number;
  /** Size of the market; money and volume grow with it. */
  people?: number;
  days?: number;
  /** A day of Europe/Paris, YYYY-MM-DD. */
  lastDay?: string;
}

export interface SimulatedShopFiles {
  /** Paths of the files. */
  touchpoints: string;
  spend: string;
  conversions: string;
  truth: string;
  counts: { people: number; touchpoints: number; spend: number; conversions: number };
}

/**
 * Writes touchpoints.csv, spend.csv, conversions.csv and truth.json into `directory`, which is made if missing;
 * files of these names are replaced.
 * Law: the same options give the same bytes.
 * @param onProgress share of the days written, in (0, 1]
 * @throws RangeError for options that make no shop; errors of the disk as they come
 */
export async function writeSimulatedShop(
  directory: string,
  options: SimulatedShopOptions = {},
  onProgress?: (share: number) => void,
): Promise<SimulatedShopFiles> {
  const { seed, people, days, lastDay } = { ...DEFAULTS, ...options };
  requireCount("people", people, 1_000_000);
  requireCount("days", days, 3660);
  const calendar = prepareCalendar(lastDay, BURN_IN_DAYS + days);
  const season = prepareSeason(calendar);
  const scale = people / REFERENCE_PEOPLE;
  const population = drawPopulation(new Random(seed, STREAM.people), people);
  const budgets = drawBudgets(new Random(seed, STREAM.budgets), season, scale);
  const market = new Market({
    calendar,
    season,
    budgets,
    propensity: population.propensity,
    scale,
    random: new Random(seed, STREAM.market),
    firstCountedDay: BURN_IN_DAYS,
  });

  await mkdir(directory, { recursive: true });
  const files = {
    touchpoints: new RowFile(join(directory, "touchpoints.csv"), COLUMNS.touchpoints),
    spend: new RowFile(join(directory, "spend.csv"), COLUMNS.spend),
    conversions: new RowFile(join(directory, "conversions.csv"), COLUMNS.conversions),
  };
  try {
    const year = new Ledger();
    const recent = new Ledger();
    const orders = new Random(seed, STREAM.orders);
    const devices = new Random(seed, STREAM.devices);
    const firstRecentDay = calendar.dates.length - RECENT_DAYS;
    for (let day = 0; day < calendar.dates.length; day++) {
      const brought = market.play(day);
      if (day < BURN_IN_DAYS) {
        for (const person of brought.purchases.people) population.hasBought[person] = 1;
        continue;
      }
      const ledgers = day >= firstRecentDay ? [year, recent] : [year];
      await writeTouchpoints(files.touchpoints, brought, calendar.starts[day]!, population, devices);
      await writeConversions(files.conversions, brought, { day, calendar, season, population, orders, ledgers });
      await writeSpend(files.spend, brought, budgets, day, calendar);
      onProgress?.((day + 1 - BURN_IN_DAYS) / days);
    }
    for (const file of Object.values(files)) await file.close();

    const truth = describeTruth({
      seed,
      people,
      dates: calendar.dates.slice(BURN_IN_DAYS),
      recentDays: Math.min(RECENT_DAYS, days),
      budgets,
      scale,
      brandDemand: market.brandDemand,
      year,
      recent,
    });
    const truthPath = join(directory, "truth.json");
    await writeFile(truthPath, `${JSON.stringify(truth, null, 2)}\n`);
    return {
      touchpoints: files.touchpoints.path,
      spend: files.spend.path,
      conversions: files.conversions.path,
      truth: truthPath,
      counts: {
        people,
        touchpoints: files.touchpoints.rows,
        spend: files.spend.rows,
        conversions: files.conversions.rows,
      },
    };
  } finally {
    for (const file of Object.values(files)) file.abandon();
  }
}

function requireCount(name: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= most) return;
  throw new RangeError(`${name} must be a whole number from 1 to ${most}, not ${value}`);
}

async function writeTouchpoints(
  file: RowFile,
  { touches }: MarketDay,
  dayStart: number,
  population: Population,
  random: Random,
): Promise<void> {
  const isoTime = prepareIsoTimes(dayStart);
  let block = "";
  let number = file.rows;
  for (const at of touches.timeOrder(dayStart)) {
    const person = touches.people[at]!;
    const tag = touches.tags[at]!;
    const { channel, name } = CAMPAIGNS[campaignOf(tag)]!;
    const device = DEVICES[population.drawDevice(random, person)]!.name;
    const region = REGIONS[population.region[person]!]!.name;
    block += `t${padded(++number, 8)},${isoTime(touches.seconds[at]!)},${visitorId(person)},${channel},${name},${interactionOf(tag)},${device},${COUNTRY},${region}\n`;
  }
  await file.write(block, touches.length);
}

async function writeConversions(
  file: RowFile,
  { purchases }: MarketDay,
  context: {
    day: number;
    calendar: Calendar;
    season: Season;
    population: Population;
    orders: Random;
    ledgers: Ledger[];
  },
): Promise<void> {
  const { day, population } = context;
  const dayStart = context.calendar.starts[day]!;
  const isoTime = prepareIsoTimes(dayStart);
  let block = "";
  let number = file.rows;
  for (const at of purchases.timeOrder(dayStart)) {
    const person = purchases.people[at]!;
    const order = drawOrder(context.orders, context.season.orderValue[day]!);
    const customer = population.hasBought[person] === 1 ? "returning" : "new";
    population.hasBought[person] = 1;
    for (const ledger of context.ledgers) ledger.book(purchases.tags[at]!, order.revenueMinor);
    const id = padded(++number, 7);
    block += `c${id},${isoTime(purchases.seconds[at]!)},${visitorId(person)},purchase,${money(order.revenueMinor)},${CURRENCY},${money(order.marginMinor)},order-${id},${order.productGroup},${customer}\n`;
  }
  await file.write(block, purchases.length);
}

/** A campaign that spends nothing on a day has no row. */
async function writeSpend(
  file: RowFile,
  delivered: MarketDay,
  budgets: Budgets,
  day: number,
  calendar: Calendar,
): Promise<void> {
  const rows: string[] = [];
  CAMPAIGNS.forEach(({ name, channel, model }, campaign) => {
    const cents = budgets.cents[campaign * budgets.days + day]!;
    if (!model || cents === 0) return;
    const { impressions, clicks } = delivered;
    rows.push(
      `${calendar.dates[day]},${channel},${name},${money(cents)},${CURRENCY},${model.source},${impressions[campaign]},${clicks[campaign]}\n`,
    );
  });
  await file.write(rows.join(""), rows.length);
}

function visitorId(person: number): string {
  return `v${padded(person, 6)}`;
}

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, "0");
}

/** Cents as a decimal text with two decimals. */
function money(minor: number): string {
  return `${Math.floor(minor / 100)}.${padded(minor % 100, 2)}`;
}
