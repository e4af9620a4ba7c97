import { WeightedChoice } from "../../../server/src/demo/weighted-choice.ts";
import type { Random } from "../../../server/src/random.ts";
import type { EventColumns } from "./columns.ts";
import type { Episodes } from "./episodes.ts";
import type { MarketSetting } from "./market-setting.ts";
import type { People } from "./people.ts";
import { DAY, type Season } from "./season.ts";

/** Stands where a channel would: a purchase out of the baseline. */
export const PURCHASE = 255;
/** Tags below zero. From zero on a tag is the episode that an event belongs to, and ends with. */
export const PLAIN = -1;
export const FOLLOWS_VISIT = -2;

interface World {
  readonly random: Random;
  readonly setting: MarketSetting;
  readonly people: People;
  readonly season: Season;
}

/** What people do of their own accord: purchases, and visits and searches that lead to none. */
export function addOrganic(world: World, episodes: Episodes, events: EventColumns): void {
  const { random, setting } = world;
  const steady = setting.switches.rising ? 1 - setting.episodes.share : 1;
  const direct = setting.channels.findIndex(({ role }) => role === "direct");
  const brand = setting.channels.findIndex(({ role }) => role === "brand");
  const draw = momentDrawer(world);
  for (let left = random.poisson(setting.baseline * steady); left > 0; left--) {
    const { person, second } = draw();
    events.add(person, second, PURCHASE, 0, PLAIN);
    if (setting.switches.retargeting) addResearch(world, person, second, direct, events);
  }
  addEpisodeEvents(world, episodes, direct, brand, events);
  const { idleVisits, idleSearches } = setting.closing;
  addIdle(random.poisson(direct < 0 ? 0 : idleVisits * setting.baseline), direct, draw, events);
  addIdle(random.poisson(brand < 0 ? 0 : idleSearches * setting.baseline), brand, draw, events);
}

/** A person by how often they buy, a day by demand, an hour that people buy in. */
function momentDrawer({ random, people, season }: World): () => { person: number; second: number } {
  const whom = new WeightedChoice(people.wish);
  const when = new WeightedChoice(season.demand);
  return () => ({ person: whom.draw(random), second: season.purchaseHours.draw(random, when.draw(random)) });
}

function addIdle(
  count: number,
  channel: number,
  draw: () => { person: number; second: number },
  events: EventColumns,
): void {
  for (let left = count; left > 0; left--) {
    const { person, second } = draw();
    events.add(person, second, channel, 0, PLAIN);
  }
}

/** Visits in the days before a purchase: ads that follow them come before the purchase without causing it. */
function addResearch(
  { random, setting }: World,
  person: number,
  second: number,
  direct: number,
  events: EventColumns,
): void {
  const { visits, meanDays } = setting.research;
  for (let left = random.poisson(visits); left > 0; left--) {
    const at = second - 600 - random.exponential(meanDays * DAY);
    if (at >= 0) events.add(person, Math.floor(at), direct, 0, PLAIN);
  }
}

/** Visits and searches thicken as intent rises; an episode that ends in a purchase has it at its end. */
function addEpisodeEvents(
  { random, setting }: World,
  episodes: Episodes,
  direct: number,
  brand: number,
  events: EventColumns,
): void {
  const horizon = setting.days * DAY;
  for (let episode = 0; episode < episodes.count; episode++) {
    const person = episodes.person[episode]!;
    for (let left = random.poisson(setting.episodes.visits); left > 0; left--) {
      const second = Math.floor(episodes.drawMoment(random, episode));
      const channel = brand >= 0 && random.chance(0.25) ? brand : direct;
      if (second >= 0 && second < horizon) events.add(person, second, channel, 0, episode);
    }
    const end = Math.floor(episodes.end[episode]!);
    if (episodes.buys[episode] === 1 && end < horizon) events.add(person, end, PURCHASE, 0, episode);
  }
}
