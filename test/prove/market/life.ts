import { WeightedChoice } from "../../../server/src/demo/weighted-choice.ts";
import type { Random } from "../../../server/src/random.ts";
import { type EventColumns, orderByPerson } from "./columns.ts";
import type { Episodes } from "./episodes.ts";
import type { History } from "./history.ts";
import type { MarketSetting } from "./market-setting.ts";
import { FOLLOWS_VISIT, PURCHASE } from "./organic.ts";
import { Reaction } from "./reaction.ts";
import { DAY, type Season } from "./season.ts";

const NOBODY = -1;

/** What an earlier event leads to. */
interface Coming {
  readonly second: number;
  readonly what: "purchase" | "mail" | "search" | "visit";
  readonly cause: number;
  readonly enabler: number;
  /** When the touch was that caused it. */
  readonly since: number;
  /** Of its stream; 0 where all of life draws from one. */
  readonly key: number;
}

/**
 * Streams of random numbers by event, for markets that are lived again with other touches: what happens to somebody for another
 * reason then draws what it drew before.
 */
export interface LifeStreams {
  /** Of an event that was planned. */
  of(person: number, second: number, channel: number, campaign: number): Random;
  /** Of an event that another leads to. */
  from(key: number): Random;
}

export interface LifeSetting {
  readonly random: Random;
  readonly streams?: LifeStreams;
  /** The first day that is not lived any more; by default all are. */
  readonly until?: number;
  readonly setting: MarketSetting;
  readonly season: Season;
  readonly episodes: Episodes;
  readonly events: EventColumns;
  /** Spend by channel and day, for brand search. */
  readonly spend: readonly Float64Array[];
  readonly history: History;
}

/** Lives every person's events in order of time; touches that a purchase made pointless do not happen. */
export function liveMarket(given: LifeSetting): void {
  const { events, setting } = given;
  const { order, starts } = orderByPerson(events, setting.people);
  const life = new Life(given);
  for (let person = 0; person < setting.people; person++) {
    if (starts[person] === starts[person + 1]) continue;
    life.live(person, order.subarray(starts[person], starts[person + 1]));
  }
}

class Life {
  private readonly given: LifeSetting;
  private random: Random;
  private readonly reaction: Reaction;
  private readonly horizon: number;
  private readonly direct: number;
  private readonly brand: number;
  private readonly newsletter: number;
  private readonly brandCampaigns: WeightedChoice;
  private readonly over: Uint8Array;
  private readonly episodesOf: Map<number, number[]>;
  private own: readonly number[] = [];
  private person = 0;
  private lastPurchase = Number.NEGATIVE_INFINITY;
  private readonly coming: Coming[] = [];

  constructor(given: LifeSetting) {
    this.given = given;
    this.random = given.random;
    const { setting, episodes } = given;
    const find = (role: string) => setting.channels.findIndex((channel) => channel.role === role);
    this.reaction = new Reaction(given);
    this.horizon = (given.until ?? setting.days) * DAY;
    this.direct = find("direct");
    this.brand = find("brand");
    this.newsletter = setting.switches.purchaseMails ? find("newsletter") : NOBODY;
    this.brandCampaigns = new WeightedChoice(setting.channels[this.brand]?.campaignShares ?? [1]);
    this.over = new Uint8Array(episodes.count);
    this.episodesOf = new Map();
    for (let i = 0; i < episodes.count; i++) {
      const person = episodes.person[i]!;
      const own = this.episodesOf.get(person);
      if (own) own.push(i);
      else this.episodesOf.set(person, [i]);
    }
  }

  live(person: number, rows: Uint32Array): void {
    const { events } = this.given;
    this.person = person;
    this.own = this.episodesOf.get(person) ?? [];
    this.lastPurchase = Number.NEGATIVE_INFINITY;
    this.reaction.begin();
    let at = 0;
    while (at < rows.length || this.coming.length > 0) {
      const next = this.earliest();
      if (at < rows.length && (next < 0 || events.second[rows[at]!]! <= this.coming[next]!.second)) {
        this.happen(rows[at]!);
        at++;
      } else this.follow(this.coming.splice(next, 1)[0]!);
    }
  }

  private earliest(): number {
    let first = -1;
    for (let i = 0; i < this.coming.length; i++)
      if (first < 0 || this.coming[i]!.second < this.coming[first]!.second) first = i;
    return first;
  }

  /** An event that was planned for this person. */
  private happen(row: number): void {
    const { events, history, setting, streams } = this.given;
    const second = events.second[row]!;
    const channel = events.channel[row]!;
    if (second >= this.horizon) return;
    if (streams !== undefined) this.random = streams.of(this.person, second, channel, events.campaign[row]!);
    const tag = events.tag[row]!;
    const isOver = tag >= 0 && this.over[tag] === 1;
    if (channel === PURCHASE) {
      if (!isOver) this.buy(second, NOBODY, NOBODY, second, tag);
      return;
    }
    const isMarketing = setting.channels[channel]!.effect > 0;
    if (isMarketing) history.planned[channel]!++;
    if (isOver || (tag === FOLLOWS_VISIT && second - this.lastPurchase < setting.pauseDays * DAY)) return;
    if (isMarketing) this.touch(second, channel, events.campaign[row]!, 1);
    else if (channel === this.brand) this.search(second);
    else history.touch(this.person, second, channel, 0);
  }

  private follow({ second, what, cause, enabler, since, key }: Coming): void {
    const { history, setting, streams } = this.given;
    if (streams !== undefined) this.random = streams.from(key);
    if (what === "purchase") this.buy(second, cause, enabler, since, NOBODY);
    else if (what === "mail") {
      const { campaigns } = setting.channels[this.newsletter]!;
      this.touch(second, this.newsletter, campaigns.length, setting.mail.afterEffect);
    } else if (what === "search") this.search(second);
    else history.touch(this.person, second, this.direct, 0);
  }

  private touch(second: number, channel: number, campaign: number, factor: number): void {
    const { history, episodes, setting } = this.given;
    const { random } = this;
    history.touch(this.person, second, channel, campaign);
    // What a purchase triggers is not bought: it stays out of what a budget brings.
    if (factor === 1) history.delivered[channel]!++;
    const { lag, role } = setting.channels[channel]!;
    const { expected, boost, enabler } = this.reaction.to(channel, second);
    for (const episode of this.own) {
      if (episodes.buys[episode] === 0 || this.over[episode] === 1 || episodes.end[episode]! <= second) continue;
      const inside = lag.within(episodes.end[episode]! - second) - lag.within(episodes.start[episode]! - second);
      history.pulledForward[channel]! += inside;
    }
    for (let left = random.poisson(expected * factor); left > 0; left--) {
      const needsEnabler = boost > 0 && random.chance(boost / (1 + boost));
      const at = this.reaction.drawTime(random, channel, second);
      this.expect(at, "purchase", channel, needsEnabler ? enabler : NOBODY, second);
    }
    if (role !== "video" || setting.videoSearches === 0) return;
    for (let left = random.poisson(expected * setting.videoSearches); left > 0; left--)
      this.expect(
        this.reaction.drawTime(random, channel, second),
        random.chance(0.5) ? "search" : "visit",
        channel,
        NOBODY,
        0,
      );
  }

  private expect(second: number, what: Coming["what"], cause: number, enabler: number, since: number): void {
    const key = this.given.streams === undefined ? 0 : this.random.uint32();
    if (second < this.horizon) this.coming.push({ second, what, cause, enabler, since, key });
  }

  /** @param ownEpisode the episode that this purchase is the planned end of, or -1 */
  private buy(second: number, causedBy: number, enabledBy: number, since: number, ownEpisode: number): void {
    const { setting, history, episodes } = this.given;
    let cause = causedBy;
    const episode = ownEpisode >= 0 ? ownEpisode : this.openEpisode(second);
    if (episode >= 0) {
      this.over[episode] = 1;
      // It would have ended in a purchase anyway: this one only came sooner.
      if (episodes.buys[episode] === 1) cause = NOBODY;
    }
    const enabler = cause === NOBODY ? NOBODY : enabledBy;
    const { orderDeviation: deviation } = setting;
    const value = Math.exp(deviation * this.random.normal() - (deviation * deviation) / 2);
    const factor = cause === NOBODY ? 1 : setting.channels[cause]!.valueFactor;
    const revenueMinor = Math.max(1, Math.round(100 * setting.meanOrderValue * factor * value));
    history.convert(this.person, second, cause, enabler, revenueMinor);
    if (cause !== NOBODY) history.causedByTouchDay[cause * setting.days + Math.floor(since / DAY)]!++;
    this.lastPurchase = second;
    this.comeIn(second, causedBy === NOBODY ? 0 : since);
    if (this.newsletter !== NOBODY) this.thank(second);
  }

  private openEpisode(second: number): number {
    const { episodes } = this.given;
    for (const episode of this.own) {
      const isOpen = episodes.start[episode]! <= second && second < episodes.end[episode]!;
      if (isOpen && this.over[episode] === 0) return episode;
    }
    return -1;
  }

  /** The visit and the search just before a purchase, whatever caused it, but not before what caused it. */
  private comeIn(second: number, since: number): void {
    const { history, setting, streams } = this.given;
    const { random } = this;
    const { visit, search, meanHours } = setting.closing;
    // Where days are lived one after the other, a purchase changes nothing on the days before its own.
    const earliest = streams === undefined ? Number.NEGATIVE_INFINITY : Math.floor(second / DAY) * DAY;
    const before = () => second - Math.max(20, Math.min(random.exponential(meanHours * 3600), 0.9 * (second - since)));
    if (this.direct >= 0 && random.chance(visit)) {
      const at = Math.max(earliest, Math.floor(before()));
      if (at >= 0) history.touch(this.person, at, this.direct, 0);
    }
    if (this.brand < 0 || !random.chance(search)) return;
    const at = Math.max(earliest, Math.floor(before()));
    if (at >= 0) this.search(at);
  }

  /** Somebody looks for the brand, and may click on its ad. */
  private search(second: number): void {
    if (this.random.chance(this.adShare(second)))
      this.given.history.touch(this.person, second, this.brand, this.brandCampaigns.draw(this.random));
  }

  /** Of searches for the brand, the share that ends on the ad and not on the free result: more spend, a little more. */
  private adShare(second: number): number {
    const { setting, spend } = this.given;
    const paid = spend[this.brand]![Math.floor(second / DAY)]!;
    const { half } = setting.channels[this.brand]!.delivery;
    const { spendMatters } = setting.closing;
    return 1 - spendMatters + (spendMatters * paid) / (paid + half);
  }

  private thank(second: number): void {
    const { random } = this;
    const { setting } = this.given;
    const { afterPurchase, afterDays } = setting.mail;
    for (let left = random.poisson(afterPurchase); left > 0; left--) {
      const at = second + 300 + Math.floor(random.exponential(afterDays * DAY));
      this.expect(at, "mail", this.newsletter, NOBODY, second);
    }
  }
}
