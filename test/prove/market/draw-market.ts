import { Random } from "../../../server/src/random.ts";
import { drawBudgets } from "./budgets.ts";
import { ROLES } from "./channel-pool.ts";
import { paysFor } from "./channel-setting.ts";
import { EventColumns, orderByPerson } from "./columns.ts";
import { addTouches } from "./deliver.ts";
import { sum } from "./draws.ts";
import { Episodes } from "./episodes.ts";
import { drawExperiments } from "./experiments.ts";
import { History } from "./history.ts";
import type { MarketKind } from "./kinds.ts";
import { liveMarket } from "./life.ts";
import { drawSetting, type MarketSetting } from "./market-setting.ts";
import { addOrganic } from "./organic.ts";
import { drawPeople, type People } from "./people.ts";
import { DAY, drawSeason } from "./season.ts";
import type { SimulatedChannel, SimulatedMarket } from "./simulated-market.ts";
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
  const aims = addTouches({ random, setting, people, season, budgets, episodes, events });
  const history = new History(setting, events.length);
  liveMarket({ random: new Random(seed, 6), setting, season, episodes, events, spend: budgets.spend, history });
  const conversions = conversionsOf(setting, people, history);
  const { touches, clicks } = seeTouches(new Random(seed, 7), setting, people, history);
  const worthFacts = measureWorth(setting, season, aims, history);
  return {
    ...{ kind, seed, people: setting.people, days: setting.days, firstDay: setting.firstDay },
    channels: setting.channels.map((channel) => describeChannel(setting, channel)),
    ...{ touches, conversions },
    spend: prepareSpendRows(new Random(seed, 8), setting, budgets, history, clicks),
    experiments: drawExperiments(new Random(seed, 9), setting, budgets, history),
    truth: { ...countTruth(setting, conversions), today: Float64Array.from(budgets.spend, meanOfLast) },
    ...{ worthFacts, worth: prepareWorth(worthFacts) },
  };
}

const meanOfLast = (daily: Float64Array): number => sum(daily.subarray(-RECENT_DAYS)) / RECENT_DAYS;

function describeChannel(setting: MarketSetting, channel: MarketSetting["channels"][number]): SimulatedChannel {
  const { role, name, campaigns, seenByClicksOnly } = channel;
  const isMail = role === "newsletter" && setting.switches.purchaseMails;
  return {
    name,
    campaigns: isMail ? [...campaigns, "After purchase"] : campaigns,
    interaction: seenByClicksOnly ? "click" : ROLES[role].interaction,
    ...{ isPaid: paysFor(role), isOwned: role === "direct", isDemandCapture: role === "brand" },
    coverage: (1 - setting.refusing) * (seenByClicksOnly ? channel.clickRate : 1),
  };
}

function conversionsOf(
  setting: MarketSetting,
  people: People,
  { conversions }: History,
): SimulatedMarket["conversions"] {
  const person = Uint32Array.from(conversions.person);
  const second = Float64Array.from(conversions.second);
  const { order } = orderByPerson({ person, second, length: person.length }, setting.people);
  return {
    person: gather(order, person, Uint32Array),
    second: gather(order, second, Float64Array),
    revenueMinor: gather(order, conversions.revenueMinor, Int32Array),
    cause: gather(order, conversions.cause, Int16Array),
    enabler: gather(order, conversions.enabler, Int16Array),
    seen: Uint8Array.from(order, (row) => 1 - people.refuses[person[row]!]!),
  };
}

/** Which touches end up in the file; and of channels seen by their clicks, how many clicks there were by campaign and day. */
function seeTouches(random: Random, setting: MarketSetting, people: People, { touches }: History) {
  const { order } = orderByPerson(touches, setting.people);
  const clicks = setting.channels.map(({ seenByClicksOnly, campaigns }) =>
    seenByClicksOnly ? new Float64Array((campaigns.length + 1) * setting.days) : null,
  );
  const seen = Uint8Array.from(order, (row) => {
    const channel = touches.channel[row]!;
    const counts = clicks[channel];
    if (counts) {
      if (!random.chance(setting.channels[channel]!.clickRate)) return 0;
      counts[touches.campaign[row]! * setting.days + Math.floor(touches.second[row]! / DAY)]!++;
    }
    return 1 - people.refuses[touches.person[row]!]!;
  });
  return {
    clicks,
    touches: {
      person: gather(order, touches.person, Uint32Array),
      second: gather(order, touches.second, Float64Array),
      channel: gather(order, touches.channel, Uint8Array),
      campaign: gather(order, touches.campaign, Uint16Array),
      seen,
    },
  };
}

function gather<T>(
  order: Uint32Array,
  values: ArrayLike<number>,
  Column: { from(source: Uint32Array, map: (row: number) => number): T },
): T {
  return Column.from(order, (row) => values[row]!);
}

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
