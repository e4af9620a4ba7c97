import { WeightedChoice } from "../../../server/src/demo/weighted-choice.ts";
import type { Random } from "../../../server/src/random.ts";
import type { Budgets } from "./budgets.ts";
import { deliveredBy, paysFor } from "./channel-setting.ts";
import type { EventColumns } from "./columns.ts";
import { type Episodes, IntentPool } from "./episodes.ts";
import type { MarketSetting } from "./market-setting.ts";
import { FOLLOWS_VISIT, PLAIN } from "./organic.ts";
import type { People } from "./people.ts";
import type { Season } from "./season.ts";
import { VisitPool } from "./visit-pool.ts";

export interface Delivery {
  readonly setting: MarketSetting;
  readonly people: People;
  readonly season: Season;
  readonly budgets: Budgets;
  readonly episodes: Episodes;
  readonly events: EventColumns;
}

/** How often each person gets a touch of a channel, where neither an episode nor a visit aims it. */
export type Aim = Float64Array;

/** Adds every touch that money buys or that is sent; some are taken back later, when a purchase has come before them. */
export function addTouches(random: Random, delivery: Delivery): Aim[] {
  const { setting } = delivery;
  const prepare = prepareTouches(delivery);
  return setting.channels.map((channel, at) => {
    const aim = aimOf(random, delivery, at);
    if (channel.effect === 0) return aim;
    const addDay = prepare(at, aim);
    for (let day = 0; day < setting.days; day++) addDay(random, day);
    return aim;
  });
}

export function aimOf(random: Random, { setting, people }: Delivery, at: number): Aim {
  const channel = setting.channels[at]!;
  const power = setting.switches.eager === "no" ? 0 : channel.eagerness;
  const aim = new Float64Array(people.count);
  const isMail = channel.role === "newsletter";
  for (let person = 0; person < people.count; person++) {
    const isIn = isMail ? people.subscribes[person] === 1 : random.chance(channel.reach);
    if (isIn) aim[person] = (isMail ? 1 : people.activity[person]!) * people.wish[person]! ** power;
  }
  return aim;
}

/** What adds the touches of a channel's day. Visits that are followed are those that the events hold by now. */
export function prepareTouches(
  delivery: Delivery,
): (channel: number, aim: Aim) => (random: Random, day: number) => void {
  const { setting, events, episodes } = delivery;
  const visits = new VisitPool(events, setting);
  const pool = new IntentPool(episodes, setting.days);
  return (at, aim) => prepareChannel(delivery, at, aim, pool, visits);
}

function prepareChannel(delivery: Delivery, at: number, aim: Aim, pool: IntentPool, visits: VisitPool) {
  const { setting, season, episodes, events } = delivery;
  const channel = setting.channels[at]!;
  const whom = new WeightedChoice(aim);
  const follows = setting.switches.retargeting && channel.role === "retargeting" ? channel.intent : 0;
  const intent = setting.switches.rising ? channel.intent : 0;
  return (random: Random, day: number): void => {
    const campaigns = campaignReach(delivery, at, day);
    for (let left = random.poisson(expectedTouches(delivery, at, day)); left > 0; left--) {
      const campaign = drawCampaign(random, campaigns);
      let second = season.touchHours.draw(random, day);
      if (follows > 0 && random.chance(follows)) {
        const visitor = visits.draw(random, second);
        if (visitor >= 0) events.add(visitor, second, at, campaign, FOLLOWS_VISIT);
        continue;
      }
      const episode = intent > 0 && random.chance(intent) ? pool.draw(random, day) : -1;
      for (let tries = 0; episode >= 0 && tries < 4 && !isInside(episodes, episode, second); tries++)
        second = season.touchHours.draw(random, day);
      if (episode >= 0 && isInside(episodes, episode, second))
        events.add(episodes.person[episode]!, second, at, campaign, episode);
      else events.add(whom.draw(random), second, at, campaign, PLAIN);
    }
  };
}

function isInside(episodes: Episodes, episode: number, second: number): boolean {
  return second >= episodes.start[episode]! && second <= episodes.end[episode]!;
}

function expectedTouches({ setting, budgets }: Delivery, at: number, day: number): number {
  const channel = setting.channels[at]!;
  if (paysFor(channel.role)) return deliveredBy(channel.delivery, budgets.spend[at]![day]!);
  const { weekdays } = setting.mail;
  return weekdays.includes(day % 7) ? (channel.volume * 7) / weekdays.length : 0;
}

/** Running sums of the campaigns' shares of the day's money; of mails, of what they are sent at. */
function campaignReach({ setting, budgets }: Delivery, at: number, day: number): number[] {
  const { campaignShares, role } = setting.channels[at]!;
  let total = 0;
  return campaignShares.map((share, campaign) => {
    total += paysFor(role) ? budgets.cents[at]![campaign * setting.days + day]! : share;
    return total;
  });
}

function drawCampaign(random: Random, reach: readonly number[]): number {
  const aim = random.uniform() * reach.at(-1)!;
  return Math.max(
    0,
    reach.findIndex((until) => until > aim),
  );
}
