import { Random } from "../../../server/src/random.ts";
import { drawBudgets } from "./budgets.ts";
import { EventColumns } from "./columns.ts";
import { addTouches } from "./deliver.ts";
import { sum } from "./draws.ts";
import { Episodes } from "./episodes.ts";
import { drawExperiments } from "./experiments.ts";
import { History } from "./history.ts";
import type { MarketKind } from "./kinds.ts";
import { liveMarket } from "./life.ts";
import { drawSetting, type MarketSetting } from "./market-setting.ts";
import { conversionsOf, describeChannel, seeTouches } from "./observe.ts";
import { addOrganic } from "./organic.ts";
import { drawPeople } from "./people.ts";
import { drawSeason } from "./season.ts";
import type { SimulatedMarket } from "./simulated-market.ts";
import { prepareSpendRows } from "./spend-rows.ts";
import { measureWorth, prepareWorth } from "./worth.ts";

const RECENT_DAYS = 28;

/**
 * Draws a market of a kind, all parameters anew from the seed, and lives it through.
 * Law: the same kind, seed and size give the same market.
 * @param options.size 1: 10,000 to 25,000 conversions; people, touches and conversions grow with it
 */
export function drawMarket(kind: MarketKind, seed: number, options: { size?: number } = {}): SimulatedMarket {
  const setting = drawSetting(kind, seed, options.size ?? 1);
  const season = drawSeason(new Random(seed, 2), setting.days, setting.demandShock);
  const people = drawPeople(new Random(seed, 3), setting);
  const budgets = drawBudgets(new Random(seed, 4), setting, season);
  const random = new Random(seed, 5);
  const episodes = new Episodes(random, setting, people, season);
  const expected = sum(setting.channels.map(({ volume }) => volume)) * setting.days;
  const events = new EventColumns(1.5 * expected + 8 * setting.baseline);
  addOrganic({ random, setting, people, season }, episodes, events);
  const aims = addTouches(random, { setting, people, season, budgets, episodes, events });
  const history = new History(setting, events.length);
  liveMarket({ random: new Random(seed, 6), setting, season, episodes, events, spend: budgets.spend, history });
  const conversions = conversionsOf(setting, people, history);
  const sight = new Random(seed, 7);
  const { touches, clicks } = seeTouches((clickRate) => sight.chance(clickRate), setting, people, history);
  const reports = new Random(seed, 8);
  const worthFacts = measureWorth(setting, season, aims, history);
  return {
    ...{ kind, seed, people: setting.people, days: setting.days, firstDay: setting.firstDay },
    channels: setting.channels.map((channel) => describeChannel(setting, channel)),
    ...{ touches, conversions },
    spend: prepareSpendRows(() => reports, setting, budgets, history, clicks),
    experiments: drawExperiments(new Random(seed, 9), setting, budgets, history),
    truth: { ...countTruth(setting, conversions), today: Float64Array.from(budgets.spend, meanOfLast) },
    ...{ worthFacts, worth: prepareWorth(worthFacts) },
  };
}

const meanOfLast = (daily: Float64Array): number => sum(daily.subarray(-RECENT_DAYS)) / RECENT_DAYS;

function countTruth(setting: MarketSetting, conversions: SimulatedMarket["conversions"]) {
  const incremental = new Float64Array(setting.channels.length);
  const incrementalRevenue = new Float64Array(setting.channels.length);
  let baseline = 0;
  for (let i = 0; i < conversions.cause.length; i++) {
    const cause = conversions.cause[i]!;
    const enabler = conversions.enabler[i]!;
    if (cause < 0) baseline++;
    for (const channel of [cause, enabler]) {
      if (channel < 0) continue;
      incremental[channel]!++;
      incrementalRevenue[channel]! += conversions.revenueMinor[i]! / 100;
    }
  }
  return { incremental, incrementalRevenue, baseline };
}
